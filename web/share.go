package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// policyFrames is the policy of the one page that shows a frame of ours.
const policyFrames = policy + "; frame-src 'self'"

// share gives the lines of HTML that show the register, or one's badge, on other
// sites. What the address names is shown; what is not one of ours is refused.
func (s *Server) share(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	page := &templates.Share{Where: q["ou"], Look: knownTheme(q["apparence"]), Number: q["numero"], Showcase: s.showcase()}
	if page.Look != q["apparence"] || len(page.Number) > maxNumberText {
		return errFilter
	}
	if err := s.shareWhere(c, page); err != nil {
		return err
	}
	if err := s.shareBadge(c, page); err != nil {
		return err
	}
	if s.has(feedPath) {
		page.Feed = s.link(feedPath)
	}
	c.Set(fiber.HeaderContentSecurityPolicy, fmt.Sprintf(policyFrames, c.Locals(keyNonce)))
	return s.show(c, page)
}

// shareWhere finds what the frame is to show.
func (s *Server) shareWhere(c *fiber.Ctx, page *templates.Share) (err error) {
	if page.Poles, err = s.Service.Poles(c.UserContext()); err != nil {
		return err
	}
	if page.Where == "" || page.Where == everywhere {
		page.Where = everywhere
		return nil
	}
	page.Pole, err = s.knownPole(c, page.Where)
	if workflow.IsKind(err, workflow.NotFound) {
		return errFilter
	}
	return err
}

// shareBadge finds the badge of the number, or why there is none. A number may be
// tried as often as on the page that verifies one.
func (s *Server) shareBadge(c *fiber.Ctx, page *templates.Share) error {
	if page.Number == "" {
		return nil
	}
	v, err := s.Service.VerifyNumber(c.UserContext(), page.Number, s.visit(c))
	if page.Unknown = workflow.IsKind(err, workflow.NotFound); page.Unknown {
		return nil
	} else if err != nil {
		return err
	}
	if page.Embargo = v.Embargo; !v.Embargo.IsZero() {
		return nil
	}
	badge, err := s.Service.Badge(c.UserContext(), v.Commitment.Number)
	page.Badge = &badge
	return err
}
