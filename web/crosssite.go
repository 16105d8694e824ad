package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
)

// crossOrigin is the standard library's defence: it reads Sec-Fetch-Site, and
// Origin where a browser does not send that. It works under our referrer
// policy and needs no state.
var crossOrigin = http.NewCrossOriginProtection()

// checkSite refuses forms sent by pages of other sites. What a mail program
// posts under RFC 8058 has no page and is let through by its access rule.
func (s *Server) checkSite(c *fiber.Ctx) error {
	r := &http.Request{Method: c.Method(), Host: string(c.Request().Header.Host()), Header: http.Header{}}
	for _, name := range []string{"Sec-Fetch-Site", fiber.HeaderOrigin} {
		if value := c.Get(name); value != "" {
			r.Header.Set(name, value)
		}
	}
	if err := crossOrigin.Check(r); err != nil && !s.oneClick(c) {
		return errCrossSite
	}
	return c.Next()
}

// oneClick tells of the routes that mail programs post to.
func (s *Server) oneClick(c *fiber.Ctx) bool {
	for _, r := range s.catalog {
		if r.Access == AccessOneClick && r.Method == c.Method() && fiber.RoutePatternMatch(c.Path(), r.Path) {
			return true
		}
	}
	return false
}
