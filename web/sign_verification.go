package web

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// mailTime bounds a request that waits for the relay to take a code.
const mailTime = 12 * time.Second

// showVerification asks for the mailed code, once one was asked for.
func (s *Server) showVerification(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepVerification, func(p workflow.Signing) error {
		return s.showIn(c, p.Invitation.Language, &templates.SignVerification{Step: stepOf(p, workflow.StepVerification),
			Asked: c.Query("code") == "1" || c.Query("envoye") == "1", Sent: c.Query("envoye") == "1"})
	})
}

// verify sends a code or compares the one that was typed.
func (s *Server) verify(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	switch f["do"] {
	case "send":
		return s.sendCode(c)
	case "confirm":
		return s.confirmCode(c, f["code"])
	}
	return fiber.ErrBadRequest
}

func (s *Server) sendCode(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), mailTime)
	defer cancel()
	if err := s.Service.SendCode(ctx, s.cookie(c, cookieSigning), s.visit(c)); err != nil {
		return s.verifyAgain(c, "", err)
	}
	return c.Redirect("/signature/verification?envoye=1", fiber.StatusSeeOther)
}

func (s *Server) confirmCode(c *fiber.Ctx, typed string) error {
	if err := s.Service.ConfirmCode(c.UserContext(), s.cookie(c, cookieSigning), typed); err != nil {
		return s.verifyAgain(c, typed, err)
	}
	return s.goOn(c)
}

// verifyAgain stays on the page for everything that another try can mend.
func (s *Server) verifyAgain(c *fiber.Ctx, typed string, cause error) error {
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	page := &templates.SignVerification{Step: stepOf(p, workflow.StepVerification), Asked: !workflow.IsKind(cause, workflow.Unavailable), Code: typed}
	return s.codeRefused(c, p.Invitation.Language, page, cause)
}
