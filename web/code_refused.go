package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// codeRefused stays on a page that asks for a code for everything that another
// try can mend: a wrong code, a limit, a relay that is down. Other errors are
// left to answerError.
func (s *Server) codeRefused(c *fiber.Ctx, proposed workflow.Language, page templates.Page, cause error) error {
	refused, status := statusOf(cause)
	if refused.Kind != workflow.Limited && refused.Kind != workflow.Unavailable {
		return s.again(c, proposed, page, cause)
	}
	return s.stay(c, proposed, page, refused, status)
}

// stay shows a page once more with a refusal that is about no field above it.
func (s *Server) stay(c *fiber.Ctx, proposed workflow.Language, page templates.Page, refused *workflow.Error, status int) error {
	s.noteError(c, refused, status)
	c.Status(status)
	if refused.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds(refused.RetryAfter)))
	}
	page.Outline().Problems = []templates.Problem{{Text: templates.Sentence(s.language(c, proposed), refused.Key, refused.Args)}}
	return s.showIn(c, proposed, page)
}
