package web

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"rsc.io/qr"

	"jachete/templates"
)

// showSecondFactor asks for the code of the authenticator, and offers a secret
// to whoever has none yet.
func (s *Server) showSecondFactor(c *fiber.Ctx) error {
	if signedIn(c).SecondFactor {
		return c.Redirect("/equipe", fiber.StatusSeeOther)
	}
	page, err := s.secondFactorPage(c, "")
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// passSecondFactor completes the session.
func (s *Server) passSecondFactor(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if signedIn(c).SecondFactor {
		return c.Redirect("/equipe", fiber.StatusSeeOther)
	}
	secret, passErr := s.Service.PassSecondFactor(c.UserContext(), s.cookie(c, cookieTeam), f["code"], s.visit(c))
	if passErr == nil {
		s.setCookie(c, cookieTeam, secret, 0)
		return c.Redirect("/equipe", fiber.StatusSeeOther)
	}
	page, err := s.secondFactorPage(c, f["code"])
	if err != nil {
		return err
	}
	return s.again(c, "", page, passErr)
}

func (s *Server) secondFactorPage(c *fiber.Ctx, typed string) (*templates.SecondFactor, error) {
	page := &templates.SecondFactor{Frame: plain, Code: typed}
	if signedIn(c).Enrolled {
		return page, nil
	}
	key, address, err := s.Service.EnrolSecondFactor(c.UserContext(), s.cookie(c, cookieTeam))
	if err != nil {
		return nil, err
	}
	page.Key = inGroups(key)
	page.QR, page.QRSize, err = qrPath(address)
	return page, err
}

// inGroups sets a secret in groups of four, which a person can copy by hand.
func inGroups(key string) (groups []string) {
	for len(key) > 4 {
		groups, key = append(groups, key[:4]), key[4:]
	}
	return append(groups, key)
}

// qrPath draws a QR code, level M, as the path of an SVG image of size × size
// modules with the quiet border of ISO/IEC 18004.
func qrPath(text string) (path string, size int, err error) {
	const quiet = 4
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0, fmt.Errorf("web: QR code: %w", err)
	}
	var b strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return b.String(), code.Size + 2*quiet, nil
}
