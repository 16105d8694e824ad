package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
	"jachete/workflow/logo"
)

// logoField is the name of the form's field.
const logoField = "logo"

// logo sends the picture of a pôle: ours to the last byte, so that it may be
// shown in pages, and by browsers of other sites not at all.
func (s *Server) logo(c *fiber.Ctx) error {
	slug := c.Params("slug")
	if !slugShape.MatchString(slug) {
		return refusal(workflow.NotFound, "request.not-found")
	}
	picture, err := s.Service.PoleLogo(c.UserContext(), slug)
	if workflow.IsKind(err, workflow.NotFound) {
		return refusal(workflow.NotFound, "request.not-found")
	} else if err != nil {
		return err
	}
	return sendPicture(c, picture)
}

// sendPicture sends a picture of our own making, which browsers may keep for
// a while: its address changes with it.
func sendPicture(c *fiber.Ctx, picture workflow.Picture) error {
	tag := `"` + picture.SHA256 + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	c.Set(fiber.HeaderContentSecurityPolicy, policyFile)
	if c.Get(fiber.HeaderIfNoneMatch) == tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(picture.PNG)
}

// saveLogo takes a picture for a pôle.
func (s *Server) saveLogo(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	sent, _, err := readUpload(c, logoField, logo.MaxFile)
	if isTooLarge(err) {
		return s.again(c, "", polePage(c, pole), invalid(logoField, "logo.big"))
	} else if err != nil {
		return err
	}
	if len(sent.content) == 0 {
		return s.again(c, "", polePage(c, pole), invalid(logoField, "logo.none"))
	}
	if err := s.Service.SetPoleLogo(c.UserContext(), actor(c), pole.Slug, sent.content); err != nil {
		return s.again(c, "", polePage(c, pole), err)
	}
	return c.Redirect(polePath(pole.Slug)+"?fait=logo", fiber.StatusSeeOther)
}

// isTooLarge tells of a file over its bound.
func isTooLarge(err error) bool {
	code, ok := isFiber(err)
	return ok && code == fiber.StatusRequestEntityTooLarge
}

// dropLogo removes it.
func (s *Server) dropLogo(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	if err := s.Service.DropPoleLogo(c.UserContext(), actor(c), pole.Slug); err != nil {
		return err
	}
	return c.Redirect(polePath(pole.Slug)+"?fait=logo-retire", fiber.StatusSeeOther)
}
