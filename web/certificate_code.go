package web

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// codePurposes are the pages that ask for a code, and where its right answer
// leads.
var codePurposes = map[string]string{"retrait": "/retrait", "publication": "/publication", "correction": "/correction", "donnees": "?fait=code"}

// codeFor is the query that names a page; nothing for any other text.
func codeFor(part string) string {
	if codePurposes[part] == "" {
		return "?pour=donnees"
	}
	return "?pour=" + part
}

// afterCode is where the right code leads.
func afterCode(c *fiber.Ctx, part string) string {
	if to := codePurposes[part]; to != "" {
		return certificatePath(c, to)
	}
	return certificatePath(c, "?fait=code")
}

// codeAsked is the page of the code once one was asked for.
func codeAsked(c *fiber.Ctx, part string) string {
	return certificatePath(c, "/code") + codeFor(part) + "&envoye=1"
}

func (s *Server) codePage(c *fiber.Ctx, part string) (*templates.CertificateCode, error) {
	page, err := s.certificatePage(c)
	if codePurposes[part] != "" {
		page.For = part
	}
	return &templates.CertificateCode{Certificate: page}, err
}

// showCertificateCode asks for the mailed code, once one was asked for.
func (s *Server) showCertificateCode(c *fiber.Ctx) error {
	page, err := s.codePage(c, c.Query("pour"))
	if err != nil {
		return err
	}
	page.Sent = c.Query("envoye") == "1" && s.cookie(c, cookieCertificate) != ""
	page.Asked = page.Sent
	return s.showIn(c, page.Found.Signature.Language, page)
}

// certificateCode sends a code or compares the one that was typed.
func (s *Server) certificateCode(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	switch f["do"] {
	case "send":
		return s.sendManageCode(c, f["pour"])
	case "confirm":
		return s.confirmManageCode(c, f["pour"], f["code"])
	}
	return fiber.ErrBadRequest
}

func (s *Server) sendManageCode(c *fiber.Ctx, part string) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), mailTime)
	defer cancel()
	browser := s.Service.Browser()
	if err := s.Service.SendManageCode(ctx, t, browser, s.visit(c)); err != nil {
		return s.codeAgain(c, part, "", err)
	}
	s.setCookie(c, cookieCertificate, browser, 0)
	return c.Redirect(codeAsked(c, part), fiber.StatusSeeOther)
}

func (s *Server) confirmManageCode(c *fiber.Ctx, part, typed string) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	secret, err := s.Service.ConfirmManageCode(c.UserContext(), t, s.cookie(c, cookieCertificate), typed, s.visit(c))
	if err != nil {
		return s.codeAgain(c, part, typed, err)
	}
	s.setCookie(c, cookieCertificate, secret, 0)
	return c.Redirect(afterCode(c, part), fiber.StatusSeeOther)
}

// codeAgain stays on the page for everything that another try can mend.
func (s *Server) codeAgain(c *fiber.Ctx, part, typed string, cause error) error {
	page, err := s.codePage(c, part)
	if err != nil {
		return err
	}
	page.Asked, page.Code = !workflow.IsKind(cause, workflow.Unavailable), typed
	return s.codeRefused(c, page.Found.Signature.Language, page, cause)
}
