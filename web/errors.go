package web

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// statuses says which status each kind of refusal has. It is the only place.
var statuses = map[workflow.ErrorKind]int{
	workflow.NotFound:        fiber.StatusNotFound,
	workflow.Invalid:         fiber.StatusUnprocessableEntity,
	workflow.Conflict:        fiber.StatusConflict,
	workflow.Gone:            fiber.StatusGone,
	workflow.Forbidden:       fiber.StatusForbidden,
	workflow.Unauthenticated: fiber.StatusUnauthorized,
	workflow.Limited:         fiber.StatusTooManyRequests,
	workflow.Unavailable:     fiber.StatusServiceUnavailable,
	workflow.Internal:        fiber.StatusInternalServerError,
}

// wireErrors are the refusals of the layers below the use cases, by status:
// only the status is kept, for their texts can hold bytes of the request.
var wireErrors = map[int]*workflow.Error{
	fiber.StatusBadRequest:                  {Kind: workflow.Invalid, Key: "request.malformed"},
	fiber.StatusForbidden:                   {Kind: workflow.Forbidden, Key: "request.cross-site"},
	fiber.StatusNotFound:                    {Kind: workflow.NotFound, Key: "request.not-found"},
	fiber.StatusMethodNotAllowed:            {Kind: workflow.Invalid, Key: "request.method"},
	fiber.StatusRequestTimeout:              {Kind: workflow.Invalid, Key: "request.timeout"},
	fiber.StatusRequestEntityTooLarge:       {Kind: workflow.Invalid, Key: "request.too-large"},
	fiber.StatusUnsupportedMediaType:        {Kind: workflow.Invalid, Key: "request.media-type"},
	fiber.StatusMisdirectedRequest:          {Kind: workflow.NotFound, Key: "request.host"},
	fiber.StatusRequestHeaderFieldsTooLarge: {Kind: workflow.Invalid, Key: "request.headers"},
}

var errCrossSite = fiber.ErrForbidden

// errFilter refuses an address whose query is not one of ours.
var errFilter = &workflow.Error{Kind: workflow.Invalid, Key: "request.filter"}

// statusOf gives the refusal to show for any error, and its status. What is
// not a refusal is a fault of ours, whose cause stays in the log.
func statusOf(err error) (*workflow.Error, int) {
	if code, ok := isFiber(err); ok {
		if known, ok := wireErrors[code]; ok {
			return known, code
		}
		return wireErrors[fiber.StatusBadRequest], fiber.StatusBadRequest
	}
	var refused *workflow.Error
	if errors.As(err, &refused) && refused.Key == "link.signed" {
		return refused, fiber.StatusConflict // the link did all it was for: nothing is gone
	}
	if refused != nil && refused.Kind != workflow.Internal {
		return refused, statuses[refused.Kind]
	}
	return &workflow.Error{Kind: workflow.Internal, Key: "error.internal", Err: err}, fiber.StatusInternalServerError
}

// answerError is the one place where an error becomes an answer.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	if refusedForWant(c, err) {
		err = errBusy
	}
	s.heavy.release(&c.Request().Header) // the parser's errors come here without passing receive
	s.prepare(c.Context())
	refused, status := statusOf(err)
	refused = tooHeavy(c, refused, status)
	s.noteError(c, refused, status)
	if refused.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds(refused.RetryAfter)))
	}
	keepPrivate(&c.Response().Header)
	c.Status(status)
	if openData(c.Path()) {
		return s.showProblem(c, refused, status)
	}
	if s.showError(c, refused, status) != nil {
		c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
		return c.SendString(strconv.Itoa(status) + "\n")
	}
	return nil
}

// showError picks the page: errors that have more to say have pages of their
// own.
func (s *Server) showError(c *fiber.Ctx, refused *workflow.Error, status int) error {
	if pole, ok := s.poleToAsk(refused); ok {
		return s.show(c, &templates.DeadLink{Frame: plain, Reason: strings.TrimPrefix(refused.Key, "link."), Pole: pole, Successor: successor(refused)})
	}
	if refused.Key == keySessionNone && onSigningPath(c) {
		return s.showSessionEnded(c)
	}
	page := &templates.ErrorPage{Kind: refused.Kind, Key: refused.Key, Args: refused.Args, Status: status,
		Wait: seconds(refused.RetryAfter), Review: refused.Key == "step.review"}
	if step, ok := refused.Args["step"]; ok {
		page.Resume = localPath(workflow.SigningStep(step))
	}
	if refused.Kind == workflow.Internal {
		page.Incident = incident(c)
	}
	page.Signed, page.Lost = signedIn(c).Staff.Name, s.lost(c, status)
	return s.show(c, page)
}

// poleToAsk finds the pôle that a dead link's refusal names. The request's own
// time is over by now, so this look-up has its own.
func (s *Server) poleToAsk(refused *workflow.Error) (workflow.Pole, bool) {
	slug := refused.Args["pole"]
	if refused.Kind != workflow.Gone || slug == "" {
		return workflow.Pole{}, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	pole, err := s.Service.Pole(ctx, slug)
	return pole, err == nil
}

// noteError keeps the cause for whoever runs the service.
func (s *Server) noteError(c *fiber.Ctx, refused *workflow.Error, status int) {
	c.Locals(keyRefusal, refused.Key)
	if refused.Err != nil && status >= fiber.StatusInternalServerError {
		s.Logger.Error("fault", "id", c.Locals(keyID), "incident", incident(c), "cause", refused.Err.Error())
	}
}

// incident is a short number for people to read aloud: the start of the
// request's id.
func incident(c *fiber.Ctx) string {
	id, _ := c.Locals(keyID).(string)
	return id[:min(8, len(id))]
}

// seconds rounds a wait up.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }
