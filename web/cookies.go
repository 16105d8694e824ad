package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
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
