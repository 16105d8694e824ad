package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// badgeLife is how long other sites may keep a badge: short, for it tells when
// the commitment ends.
const badgeLife = "public, max-age=300"

// badge reads what the badge of the address shows. What is unknown, or not
// public yet, is not found.
func (s *Server) badge(c *fiber.Ctx) (workflow.Badge, error) {
	number, err := url.PathUnescape(c.Params("number"))
	if err != nil || len(number) > maxNumberText {
		return workflow.Badge{}, refusal(workflow.NotFound, "certificate.not-found")
	}
	return s.Service.Badge(c.UserContext(), number)
}

// badgeSVG sends the badge for pages of other sites.
func (s *Server) badgeSVG(c *fiber.Ctx) error {
	b, err := s.badge(c)
	if err != nil {
		return err
	}
	return sendForOthers(c, "image/svg+xml", s.BadgeSVG(b))
}

// badgePNG is badgeSVG for programs that take no SVG.
func (s *Server) badgePNG(c *fiber.Ctx) error {
	b, err := s.badge(c)
	if err != nil {
		return err
	}
	picture, err := s.badges.get(c.UserContext(), b, func() ([]byte, error) { return s.BadgePNG(b) })
	if err != nil {
		return err
	}
	return sendForOthers(c, "image/png", picture)
}

// sendForOthers lets pictures of ours be shown elsewhere: they hold no more than the
// register does, and opened by themselves they run nothing.
func sendForOthers(c *fiber.Ctx, mediaType string, picture []byte) error {
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderContentSecurityPolicy, policyFile)
	return sendKept(c, mediaType, badgeLife, picture)
}
