package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// embedPath is the start of the only addresses that other sites may show in a
// frame.
const embedPath = "/embed/"

// policyEmbed is that of a page in a frame of any site: our own style sheet, and
// nothing that runs or is sent.
const policyEmbed = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors *"

// embedLife is how long an embed may be kept: as short as a badge, for it tells
// of withdrawals.
const embedLife = badgeLife

// latestShown is how many signatories an embed names.
const latestShown = 5

// everywhere stands for all of Québec in the address of an embed.
const everywhere = "quebec"

// embed shows the register, or a pôle's part of it, for frames of other sites.
// It depends on the address only: whoever looks is not known there, and no
// cookie is set or read.
func (s *Server) embed(c *fiber.Ctx) error {
	page := &templates.Embed{Theme: knownTheme(c.Query("theme"))}
	page.Lang, page.Style = askedLanguage(c), embedAddress
	where := workflow.RegisterFilter{}
	if slug := c.Params("where"); slug != everywhere {
		pole, err := s.knownPole(c, slug)
		if page.Unknown = workflow.IsKind(err, workflow.NotFound); err != nil && !page.Unknown {
			return err
		}
		page.Pole, where.Pole = pole, slug
	}
	if page.Unknown {
		c.Status(fiber.StatusNotFound)
		return sendEmbed(c, page)
	}
	var err error
	if page.Glance, err = s.Service.Glance(c.UserContext(), where, latestShown); err != nil {
		return err
	}
	return sendEmbed(c, page)
}

// knownPole gives the pôle of an address. NotFound when there is none.
func (s *Server) knownPole(c *fiber.Ctx, slug string) (workflow.Pole, error) {
	if !slugShape.MatchString(slug) {
		return workflow.Pole{}, refusal(workflow.NotFound, "request.not-found")
	}
	return s.Service.Pole(c.UserContext(), slug)
}

func knownTheme(text string) string {
	if text == "light" || text == "dark" {
		return text
	}
	return ""
}

// askedLanguage is the one that the address asks for, French otherwise: for
// answers that are the same for everybody.
func askedLanguage(c *fiber.Ctx) workflow.Language {
	if knownLanguage(c.Query("lang")) == workflow.English {
		return workflow.English
	}
	return workflow.French
}

// sendEmbed lets any site frame the answer, and only such an answer.
func sendEmbed(c *fiber.Ctx, page *templates.Embed) error {
	body, err := templates.RenderEmbed(page)
	if err != nil {
		return err
	}
	h := &c.Response().Header
	h.Del(fiber.HeaderXFrameOptions)
	h.Set(fiber.HeaderContentSecurityPolicy, policyEmbed)
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Robots-Tag", "noindex")
	h.Set(fiber.HeaderContentLanguage, page.Tag())
	return sendKept(c, fiber.MIMETextHTMLCharsetUTF8, embedLife, body)
}

// sendKept sends what caches may keep for a while, with a tag that spares them
// what they already have.
func sendKept(c *fiber.Ctx, mediaType, life string, body []byte) error {
	tag := `"` + shortHash(body) + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, life)
	if c.Response().StatusCode() == fiber.StatusOK && matchesTag(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, mediaType)
	return c.Send(body)
}

// inFrame tells of answers that other sites show: nothing is remembered of who
// sees them, not even a language.
func inFrame(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), embedPath) }
