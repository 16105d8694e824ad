package web

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jachete/workflow"
)

// requestTime bounds the work of one request; it is longer than the store's own
// patience. Sending a code has its own, mailTime.
const requestTime = 8 * time.Second

// Keys of what is kept with a request.
const (
	keyID      = "id"      // request id, also the incident number
	keyNonce   = "nonce"   // of the content security policy
	keyRoute   = "route"   // pattern, for the log
	keyRefusal = "refusal" // message key, for the log
	keyStaff   = "staff"   // who is signed in
)

// gates holds what each access rule asks before the handler runs. A rule that
// is not here lets nobody in.
var gates = map[Access]func(*Server, *fiber.Ctx) error{
	AccessPublic:   (*Server).letIn,
	AccessRegister: (*Server).limitVisits,
	AccessLink:     (*Server).letIn, // the handler's use case reads the link
	AccessOneClick: (*Server).letIn,
	AccessSigning:  (*Server).needSigning,
	AccessDemo:     (*Server).letIn,
	AccessSignIn:   (*Server).letIn,
	AccessSession:  (*Server).needSession,
	AccessTeam:     (*Server).needTeam,
	AccessWriter:   (*Server).needWriter,
	AccessManager:  (*Server).needManager,
}

// serve wraps a route's handler in its gate, with an end to its patience.
func (s *Server) serve(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Locals(keyRoute, r.Path)
		gate, ok := gates[r.Access]
		if !ok {
			return refusal(workflow.Forbidden, "role.insufficient")
		}
		ctx, cancel := context.WithTimeout(context.Background(), requestTime)
		defer cancel()
		c.SetUserContext(ctx)
		if err := gate(s, c); errors.Is(err, errLed) {
			return nil
		} else if err != nil {
			return err
		}
		if r.Access == AccessPublic || r.Access == AccessRegister {
			c.Set(fiber.HeaderCacheControl, "private, no-cache") // languages and nonces differ
		}
		return r.handle(s, c)
	}
}

func (s *Server) letIn(*fiber.Ctx) error { return nil }

// limitVisits slows down whoever copies the register page by page. A loopback
// address is a proxy on this machine that we were not told of: counting it
// would make all visitors share one limit.
func (s *Server) limitVisits(c *fiber.Ctx) error {
	from := s.clientIP(c)
	if from.IsLoopback() {
		return nil
	}
	if wait, ok := s.visits.take(from, time.Now()); !ok {
		return &workflow.Error{Kind: workflow.Limited, Key: "limit.pages", RetryAfter: wait}
	}
	return nil
}

// needSigning asks for the cookie; what it opens is the use case's to say.
func (s *Server) needSigning(c *fiber.Ctx) error {
	if s.cookie(c, cookieSigning) == "" {
		return refusal(workflow.Unauthenticated, keySessionNone)
	}
	return nil
}

// visit is what the request tells of the browser that made it.
func (s *Server) visit(c *fiber.Ctx) workflow.Visit {
	id, _ := c.Locals(keyID).(string)
	peer := c.Context().RemoteAddr().String()
	v := workflow.Visit{IP: s.clientIP(c).String(), Port: peer[strings.LastIndexByte(peer, ':')+1:],
		UserAgent: c.Get(fiber.HeaderUserAgent), AcceptLanguage: c.Get(fiber.HeaderAcceptLanguage), RequestID: id}
	if s.trusts(peerAddr(c)) { // what others write there proves nothing
		v.Forwarded = c.Get(fiber.HeaderXForwardedFor)
	}
	return v
}

// refusal makes an error of the kind that package workflow makes.
func refusal(kind workflow.ErrorKind, key string) error {
	return &workflow.Error{Kind: kind, Key: key}
}

// keepPrivate keeps an answer out of every cache.
func keepPrivate(h *fasthttp.ResponseHeader) { h.Set(fiber.HeaderCacheControl, "no-store") }
