package web

import (
	"encoding/base64"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showSignIn asks for the e-mail address.
func (s *Server) showSignIn(c *fiber.Ctx) error {
	who, err := s.Service.StaffSession(c.UserContext(), s.cookie(c, cookieTeam))
	if err == nil && who.SecondFactor {
		return c.Redirect("/equipe", fiber.StatusSeeOther)
	}
	return s.show(c, &templates.SignIn{Frame: plain})
}

// startSignIn has a code mailed, and gives the browser the secret the code is
// tied to. It is a new one each time: one that was planted is worth nothing.
func (s *Server) startSignIn(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	browser := s.Service.Browser()
	if err := s.Service.StartSignIn(c.UserContext(), f["email"], browser, s.visit(c)); err != nil {
		return s.again(c, "", &templates.SignIn{Frame: plain, Email: f["email"]}, err)
	}
	value := browser + "." + base64.RawURLEncoding.EncodeToString([]byte(strings.TrimSpace(f["email"])))
	s.setCookie(c, cookieSignIn, value, workflow.CodeLife)
	return c.Redirect("/equipe/connexion/code", fiber.StatusSeeOther)
}

// pending gives the secret of a started sign-in and the address it is for.
func (s *Server) pending(c *fiber.Ctx) (browser, email string) {
	browser, encoded, _ := strings.Cut(s.cookie(c, cookieSignIn), ".")
	raw, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return "", ""
	}
	if _, problem := workflow.CleanEmail(string(raw)); problem != nil {
		return "", ""
	}
	return browser, string(raw)
}

// showSignInCode asks for the mailed code. It says the same whether or not the
// address is a member's.
func (s *Server) showSignInCode(c *fiber.Ctx) error {
	_, email := s.pending(c)
	if email == "" {
		return c.Redirect("/equipe/connexion", fiber.StatusSeeOther)
	}
	return s.show(c, &templates.SignInCode{Frame: plain, Email: email})
}

// finishSignIn exchanges the code for a session of its own; the one the
// browser had before, if any, ends.
func (s *Server) finishSignIn(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	browser, email := s.pending(c)
	secret, err := s.Service.FinishSignIn(c.UserContext(), email, browser, f["code"], s.visit(c))
	if err != nil {
		return s.again(c, "", &templates.SignInCode{Frame: plain, Email: email, Code: f["code"]}, err)
	}
	if before := s.cookie(c, cookieTeam); before != "" {
		if err := s.Service.SignOut(c.UserContext(), before); err != nil {
			return err
		}
	}
	s.dropCookie(c, cookieSignIn)
	s.setCookie(c, cookieTeam, secret, 0)
	return c.Redirect("/equipe", fiber.StatusSeeOther)
}

// signOut ends the session in the store and has the browser forget all of it.
func (s *Server) signOut(c *fiber.Ctx) error {
	if err := s.Service.SignOut(c.UserContext(), s.cookie(c, cookieTeam)); err != nil {
		return err
	}
	s.dropCookie(c, cookieTeam)
	c.Set("Clear-Site-Data", `"cache","cookies","storage"`)
	return c.Redirect("/equipe/connexion", fiber.StatusSeeOther)
}
