package web

import (
	"context"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// tokenShape is what a mailed link can look like: three parts of base64url.
var tokenShape = regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$`)

// token gives the link in the address; anything that cannot be one is unknown.
func token(c *fiber.Ctx) (string, error) {
	t := c.Params("token")
	if len(t) > 2000 || !tokenShape.MatchString(t) {
		return "", refusal(workflow.NotFound, "link.unknown")
	}
	return t, nil
}

// door is one kind of link that opens a declaration to sign.
type door struct {
	peek func(ctx context.Context, token string, v workflow.Visit) (workflow.LinkPage, error)
	open func(ctx context.Context, token string, v workflow.Visit) (secret string, err error)
}

// mailed is the door of the contact, beside that of whoever signs beside.
func (s *Server) mailed() door { return door{s.Service.PeekLink, s.Service.OpenLink} }
func (s *Server) beside() door { return door{s.Service.PeekCosignLink, s.Service.OpenCosignLink} }

func (s *Server) showLink(c *fiber.Ctx) error       { return s.showDoor(c, s.mailed()) }
func (s *Server) openLink(c *fiber.Ctx) error       { return s.openDoor(c, s.mailed()) }
func (s *Server) showCosignLink(c *fiber.Ctx) error { return s.showDoor(c, s.beside()) }
func (s *Server) openCosignLink(c *fiber.Ctx) error { return s.openDoor(c, s.beside()) }

// showDoor shows who invites whom to what. It changes nothing: mail scanners
// fetch links.
func (s *Server) showDoor(c *fiber.Ctx, d door) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	link, err := d.peek(c.UserContext(), t, s.visit(c))
	if workflow.IsKind(err, workflow.Gone) {
		return s.showDeadLink(c, link, err)
	} else if err != nil {
		return err
	}
	return s.showIn(c, link.Invitation.Language, &templates.Invited{Frame: plain, Link: link})
}

// plain is the frame of people at work on one thing.
var plain = templates.Frame{Plain: true}

// showDeadLink says why a link no longer opens, and whom to ask. That the
// declaration is signed is no fault.
func (s *Server) showDeadLink(c *fiber.Ctx, link workflow.LinkPage, err error) error {
	reason := strings.TrimPrefix(workflow.KeyOf(err), "link.")
	c.Locals(keyRefusal, workflow.KeyOf(err))
	c.Status(fiber.StatusGone)
	if reason == "signed" {
		c.Status(fiber.StatusOK)
	}
	return s.showIn(c, link.Invitation.Language, &templates.DeadLink{Frame: plain, Reason: reason, Pole: link.Pole, Successor: successor(err)})
}

// openDoor exchanges the link for a session: from here on the address holds
// nothing secret.
func (s *Server) openDoor(c *fiber.Ctx, d door) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	if _, err := readForm(c); err != nil {
		return err
	}
	secret, err := d.open(c.UserContext(), t, s.visit(c))
	if workflow.IsKind(err, workflow.Gone) {
		return s.explainDeadLink(c, d, t, err)
	} else if err != nil {
		return err
	}
	s.setCookie(c, cookieSigning, secret, 0)
	p, err := s.Service.Signing(c.UserContext(), secret)
	if err != nil {
		return err
	}
	return s.leadOn(c, p)
}

// explainDeadLink looks up whom to ask about a link that did not open.
func (s *Server) explainDeadLink(c *fiber.Ctx, d door, t string, gone error) error {
	link, err := d.peek(c.UserContext(), t, s.visit(c))
	if err != nil && !workflow.IsKind(err, workflow.Gone) {
		return err
	}
	if err := s.showDeadLink(c, link, gone); err != nil {
		return err
	}
	c.Status(fiber.StatusGone)
	return nil
}
