package web

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// Cookies of the site. On https their names get the prefix that binds them to
// this host and to Secure.
const (
	cookieSigning  = "signature"
	cookieLanguage = "langue"
	cookieTeam     = "equipe"    // a member of staff's session
	cookieSignIn   = "connexion" // the browser that asked for a sign-in code
	// cookieCertificate is the browser that asked for the code of a certificate,
	// and then its session.
	cookieCertificate = "attestation"
)

// cookieUses are the cookies as the page about privacy tells of them: what each is
// for, and how long it may stay, 0 until the browser is closed. A test holds it
// to what the handlers set.
var cookieUses = []templates.Cookie{
	{Name: cookieLanguage, Use: "language", Lives: []time.Duration{languageLife, 0}},
	{Name: cookieSigning, Use: "signing", Lives: []time.Duration{0}},
	{Name: cookieCertificate, Use: "certificate", Lives: []time.Duration{0}},
	{Name: cookieSignIn, Use: "sign-in", Lives: []time.Duration{workflow.CodeLife}},
	{Name: cookieTeam, Use: "team", Lives: []time.Duration{0}},
}

// tellCookies gives them under the names they have here.
func (s *Server) tellCookies() []templates.Cookie {
	told := slices.Clone(cookieUses)
	for i := range told {
		told[i].Name = s.cookieName(told[i].Name)
	}
	return told
}

func (s *Server) cookieName(name string) string {
	if s.secure {
		return "__Host-" + name
	}
	return name
}

func (s *Server) cookie(c *fiber.Ctx, name string) string { return c.Cookies(s.cookieName(name)) }

// setCookie keeps a value in the browser; life 0 lasts until it is closed.
func (s *Server) setCookie(c *fiber.Ctx, name, value string, life time.Duration) {
	c.Cookie(&fiber.Cookie{Name: s.cookieName(name), Value: value, Path: "/", Secure: s.secure, HTTPOnly: true,
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int(life.Seconds()), SessionOnly: life == 0})
}

// dropCookie makes the browser forget a value.
func (s *Server) dropCookie(c *fiber.Ctx, name string) {
	c.Cookie(&fiber.Cookie{Name: s.cookieName(name), Path: "/", Secure: s.secure, HTTPOnly: true,
		SameSite: fiber.CookieSameSiteLaxMode, Expires: time.Unix(1, 0)})
}
