package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

func TestStatusOfEachKind(t *testing.T) {
	for kind, want := range map[workflow.ErrorKind]int{workflow.NotFound: 404, workflow.Invalid: 422, workflow.Conflict: 409, workflow.Gone: 410,
		workflow.Forbidden: 403, workflow.Unauthenticated: 401, workflow.Limited: 429, workflow.Unavailable: 503, workflow.Internal: 500} {
		if _, got := statusOf(fmt.Errorf("wrapped: %w", &workflow.Error{Kind: kind, Key: "a.b"})); got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
	for _, err := range []error{errors.New("sql: SQLSTATE 42P01"), context.DeadlineExceeded} {
		if refused, got := statusOf(err); got != 500 || refused.Key != "error.internal" {
			t.Errorf("%v: %d %s", err, got, refused.Key)
		}
	}
	if _, got := statusOf(fiber.NewError(502, "text")); got != 400 {
		t.Errorf("an unknown status of the router became %d", got)
	}
}

// failing is a site with a route whose handler does as it is told.
func failing(t *testing.T, log *bytes.Buffer, handle func(c *fiber.Ctx) error) *site {
	x := newSite(t, func(c *Config) { c.Logger = slog.New(slog.NewJSONHandler(log, nil)) })
	x.add(Route{get, "/fail/:token", AccessLink, func(_ *Server, c *fiber.Ctx) error { return handle(c) }})
	return x
}

// A fault of ours shows a number, keeps its cause and does not end the process.
func TestFaultsStayInside(t *testing.T) {
	for name, handle := range map[string]func(c *fiber.Ctx) error{
		"error": func(*fiber.Ctx) error { return errors.New("sql: no such table secret_table") },
		"panic": func(c *fiber.Ctx) error {
			c.Cookie(&fiber.Cookie{Name: "half", Value: "made"})
			_ = c.SendString("secret_table half")
			panic("runtime error: secret_table")
		},
		"bounds": func(c *fiber.Ctx) error { return c.SendString(strings.Split("secret_table", ",")[len(c.Path())]) },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			x := failing(t, &log, handle)
			a := x.get("/fail/eyTOKEN")
			if a.StatusCode != 500 || strings.Contains(a.body, "secret_table") || strings.Contains(a.body, ".go:") || strings.Contains(a.body, "goroutine") || len(a.Cookies()) > 0 {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
			checkHeaders(t, name, a.Header)
			_, rest, _ := strings.Cut(visible(a.body), "Numéro d’incident\u00a0: ")
			incident, _, _ := strings.Cut(rest, " ")
			if len(incident) != 8 || !strings.Contains(log.String(), incident) {
				t.Errorf("incident %q is not in the log:\n%s", incident, &log)
			}
			if strings.Contains(log.String(), "eyTOKEN") || !strings.Contains(log.String(), `"route":"/fail/:token"`) {
				t.Errorf("the log holds the address or not the pattern:\n%s", &log)
			}
			if x.get("/healthz").StatusCode != 200 {
				t.Error("the process did not survive")
			}
		})
	}
}

func TestWaitIsSaid(t *testing.T) {
	var log bytes.Buffer
	x := failing(t, &log, func(*fiber.Ctx) error {
		return &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable", RetryAfter: 1500 * time.Millisecond, Err: errors.New("disk full")}
	})
	a := x.get("/fail/a")
	if a.StatusCode != 503 || a.Header.Get("Retry-After") != "2" || strings.Contains(a.body, "disk full") || !strings.Contains(log.String(), "disk full") {
		t.Errorf("%d %v %s %s", a.StatusCode, a.Header, visible(a.body), &log)
	}
}

// No link, code or cookie enters the log.
func TestLogHoldsNoSecret(t *testing.T) {
	var log bytes.Buffer
	x := newSite(t, func(c *Config) { c.Logger = slog.New(slog.NewJSONHandler(&log, nil)) })
	_, link := x.invite()
	b := x.browser()
	b.headers["User-Agent"] = "x\n{\"level\":\"info\"}"
	b.headers["User-Agent"] = strings.ReplaceAll(b.headers["User-Agent"], "\n", " ")
	b.sign(link)
	for _, secret := range []string{strings.TrimPrefix(link, "/i/"), x.courier.Last(t), b.cookies["signature"], "camille@example.org"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
	if n := strings.Count(log.String(), "\n"); n < 8 {
		t.Errorf("%d lines", n)
	}
}

func TestClientAddress(t *testing.T) {
	for name, c := range map[string]struct {
		trusted, forwarded, want string
	}{
		"nobody trusted":      {"", "203.0.113.7", "0.0.0.0"},
		"one proxy":           {"0.0.0.0/32", "203.0.113.7", "203.0.113.7"},
		"written by client":   {"0.0.0.0/32", "6.6.6.6, 203.0.113.7", "203.0.113.7"},
		"two proxies":         {"0.0.0.0/32,10.0.0.0/8", "6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7"},
		"nonsense at the end": {"0.0.0.0/32", "203.0.113.7, unknown", "0.0.0.0"},
		"nothing forwarded":   {"0.0.0.0/32", "", "0.0.0.0"},
		"mapped":              {"0.0.0.0/32", "::ffff:203.0.113.7", "203.0.113.7"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newSite(t, func(config *Config) {
				for text := range strings.SplitSeq(c.trusted, ",") {
					if text != "" {
						config.TrustedProxies = append(config.TrustedProxies, netip.MustParsePrefix(text))
					}
				}
			})
			var got netip.Addr
			x.add(Route{get, "/address", AccessPublic, func(s *Server, ctx *fiber.Ctx) error { got = s.clientIP(ctx); return nil }})
			r := request(http.MethodGet, "/address", "")
			if c.forwarded != "" {
				r.Header.Set("X-Forwarded-For", c.forwarded)
			}
			for _, forged := range []string{"X-Real-IP", "Client-IP", "True-Client-IP", "CF-Connecting-IP", "Forwarded"} {
				r.Header.Set(forged, "6.6.6.6")
			}
			x.ask(r)
			if got.String() != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestPagesPerMinute(t *testing.T) {
	x := newSite(t, func(c *Config) { c.PagesPerMinute = 3 })
	for range 3 {
		x.get("/signataires").must(t, 200)
	}
	a := x.get("/api/v1/stats.json").must(t, http.StatusTooManyRequests)
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	x.get("/healthz").must(t, 200)
	l := newVisitLimit(1)
	now := startTime
	a1, a2 := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2")
	if _, ok := l.take(a1, now); !ok {
		t.Error("the first page is refused")
	}
	if _, ok := l.take(a2, now); ok {
		t.Error("one client's /64 counts as two")
	}
	if _, ok := l.take(netip.MustParseAddr("2001:db8:1::1"), now); !ok {
		t.Error("another client is refused")
	}
	if _, ok := l.take(a1, now.Add(visitWindow)); !ok {
		t.Error("the window never ends")
	}
}
