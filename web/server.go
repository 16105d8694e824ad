package web

import (
	"context"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// Bounds of a connection. Bodies have their own, see mostOf.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
	headerLimit  = 8192 // bytes of request line and headers
)

// Server is the site. Make one with New.
type Server struct {
	Config
	app     *fiber.App
	hosts   hostList
	visits  *visitLimit
	secure  bool // cookies are Secure and __Host-
	catalog []Route
	regions []territory.Region // by name
	// addresses is the sitemap with its parts, which read the whole register.
	addresses keptAnswer
	pages     keptPages
	checks    chan struct{} // a place for each file that may be checked now
	heavy     heavyBodies
	exports   chan struct{} // a place for each list that may be made now
	badges    *drawn[workflow.Badge]
	posters   *drawn[workflow.Poster]
	documents documents // of the open data
}

// New makes the server with every route. It does not listen yet.
func New(c Config) (*Server, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	s := &Server{Config: c, hosts: hostsOf(c.BaseURL), secure: c.BaseURL.Scheme == "https",
		visits: newVisitLimit(c.PagesPerMinute), catalog: Routes(), regions: byName(c.Service.Atlas.Regions()),
		checks: make(chan struct{}, maxChecks), exports: make(chan struct{}, maxExports),
		badges: newDrawn[workflow.Badge](), posters: newDrawn[workflow.Poster]()}
	s.app = fiber.New(fiber.Config{
		// Without Immutable, strings kept from one request change under the next.
		Immutable: true, CaseSensitive: true, StrictRouting: true,
		EnableTrustedProxyCheck: true, // and no proxy header: see clientip.go
		BodyLimit:               bodyLimit,
		ReadTimeout:             readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		ReadBufferSize: headerLimit, DisableStartupMessage: true,
		DisablePreParseMultipartForm: true,
		ErrorHandler:                 s.answerError,
	})
	server := s.app.Server()
	server.Handler = s.receive(server.Handler)
	server.HeaderReceived = s.bound
	server.ExpectHandler = s.expect
	s.app.Use(s.checkHost, s.checkSite)
	for _, r := range s.catalog {
		if r.Access != AccessDemo || c.Mailbox != nil {
			s.add(r)
		}
	}
	return s, nil
}

// add puts a route into the router; HEAD comes with GET, and with open data what
// browsers ask before a page of another site reads it.
func (s *Server) add(r Route) {
	s.app.Add(r.Method, r.Path, s.serve(r))
	if r.Method == get {
		s.app.Add(fiber.MethodHead, r.Path, s.serve(r))
	}
	if openData(r.Path) {
		s.app.Add(fiber.MethodOptions, r.Path, s.serve(Route{Path: r.Path, Access: AccessPublic, handle: (*Server).preflight}))
	}
}

// App gives the router, for tests of what it holds.
func (s *Server) App() *fiber.App { return s.app }

// Serve answers on a listener until ctx ends, then lets the requests under way
// finish for at most drain.
func (s *Server) Serve(ctx context.Context, l net.Listener, drain time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- s.app.Listener(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := s.app.ShutdownWithContext(end); err != nil {
		return err
	}
	return <-failed
}

// expect answers "Expect: 100-continue" before a body is sent.
func (s *Server) expect(f *fasthttp.RequestCtx) int {
	if h := &f.Request.Header; h.ContentLength() > mostOf(h) {
		s.prepare(f)
		return fasthttp.StatusRequestEntityTooLarge
	}
	return fasthttp.StatusContinue
}
