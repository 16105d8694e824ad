package web

import (
	"regexp"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// profile shows who is signed in, in which pôles and in which browsers.
func (s *Server) profile(c *fiber.Ctx) error {
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	browsers, err := s.Service.Browsers(c.UserContext(), s.cookie(c, cookieTeam))
	if err != nil {
		return err
	}
	who := signedIn(c)
	return s.show(c, &templates.TeamProfile{TeamFrame: teamFrame(c, "profile"), Staff: who.Staff, Enrolled: who.Enrolled, Poles: poles, Browsers: browsers,
		Done: doneOf(c, map[string]string{"fermee": "ended", "fermees": "others-ended", "inscrite": "set-up", "remplacee": "replaced"})})
}

var handleShape = regexp.MustCompile(`^[0-9a-f]{16}$`)

// endBrowser signs the person out of another browser.
func (s *Server) endBrowser(c *fiber.Ctx) error {
	handle := c.Params("session")
	if !handleShape.MatchString(handle) {
		return refusal(workflow.NotFound, "record.not-found")
	}
	if err := s.Service.EndBrowser(c.UserContext(), s.cookie(c, cookieTeam), handle); err != nil {
		return err
	}
	return c.Redirect("/equipe/profil?fait=fermee", fiber.StatusSeeOther)
}

// endOtherBrowsers signs the person out everywhere else.
func (s *Server) endOtherBrowsers(c *fiber.Ctx) error {
	if err := s.Service.EndOtherBrowsers(c.UserContext(), s.cookie(c, cookieTeam)); err != nil {
		return err
	}
	return c.Redirect("/equipe/profil?fait=fermees", fiber.StatusSeeOther)
}

// showAuthenticator offers an authenticator to whoever has none, and another
// one to whoever has.
func (s *Server) showAuthenticator(c *fiber.Ctx) error {
	page, err := s.authenticatorPage(c)
	if err != nil {
		return err
	}
	return s.show(c, page)
}

func (s *Server) authenticatorPage(c *fiber.Ctx) (*templates.TeamAuthenticator, error) {
	page := &templates.TeamAuthenticator{TeamFrame: teamFrame(c, "profile"), Replace: signedIn(c).Enrolled}
	offer := s.Service.EnrolSecondFactor
	if page.Replace {
		offer = s.Service.ReplacementKey
	}
	key, address, err := offer(c.UserContext(), s.cookie(c, cookieTeam))
	if err != nil {
		return nil, err
	}
	page.Key = inGroups(key)
	page.QR, page.QRSize, err = qrPath(address)
	return page, err
}

// saveAuthenticator takes it once its first code proves that it was set up.
func (s *Server) saveAuthenticator(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page, err := s.authenticatorPage(c)
	if err != nil {
		return err
	}
	page.Current, page.Code = f["current"], f["code"]
	secret, done := "", "remplacee"
	if page.Replace {
		secret, err = s.Service.ReplaceSecondFactor(c.UserContext(), s.cookie(c, cookieTeam), page.Current, page.Code, s.visit(c))
	} else {
		done = "inscrite"
		secret, err = s.Service.PassSecondFactor(c.UserContext(), s.cookie(c, cookieTeam), page.Code, s.visit(c))
	}
	if err != nil {
		return s.again(c, "", page, err)
	}
	s.setCookie(c, cookieTeam, secret, 0)
	if done == "inscrite" {
		return c.Redirect("/equipe/profil?fait=inscrite", fiber.StatusSeeOther)
	}
	return c.Redirect("/equipe/profil?fait=remplacee", fiber.StatusSeeOther)
}
