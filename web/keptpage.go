package web

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/singleflight"
)

// policyKept is the content security policy of pages that are made once for
// many readers: they cannot hold the nonce of one answer, and run no script.
const policyKept = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

// Bounds of what is kept, in bytes.
const (
	maxKept     = 8 << 20 // of all pages together
	maxKeptPage = 1 << 20 // of one
	minZipped   = 860     // smaller answers gain nothing
)

// keptPages holds public pages as they were made, all at one edition of what
// they are made of and within one minute: an embargo ends, and a commitment
// lapses, at full minutes. What is too much, or too old, is dropped together.
type keptPages struct {
	mu      sync.Mutex
	edition int64
	minute  int64
	size    int
	pages   map[string]*keptPage
	making  singleflight.Group // each page is made once, however many wait for it
}

// keptPage is an answer with everything that is sent.
type keptPage struct {
	header fasthttp.ResponseHeader
	tag    string
	body   []byte
	zipped []byte // the body for clients that take gzip; nil when it would not be smaller
}

// at gives the page of a key, or nil, and forgets all when time has moved on.
func (k *keptPages) at(edition, minute int64, key string) *keptPage {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pages == nil || k.edition != edition || k.minute != minute {
		k.edition, k.minute, k.size, k.pages = edition, minute, 0, map[string]*keptPage{}
	}
	return k.pages[key]
}

// keep takes a page, if it still belongs to what is kept.
func (k *keptPages) keep(edition, minute int64, key string, p *keptPage) {
	k.mu.Lock()
	defer k.mu.Unlock()
	size := len(key) + len(p.body) + len(p.zipped)
	if k.edition != edition || k.minute != minute || size > maxKeptPage {
		return
	}
	if k.size += size; k.size > maxKept {
		k.size, k.pages = size, map[string]*keptPage{}
	}
	k.pages[key] = p
}

// errNotKept tells that an answer is its reader's alone.
var errNotKept = errors.New("web: this answer is not kept")

// kept answers with a page made before, while nothing on it can have changed.
// The handler must depend on nothing but the address and the language.
func kept(handle func(*Server, *fiber.Ctx) error) func(*Server, *fiber.Ctx) error {
	return func(s *Server, c *fiber.Ctx) error {
		if _, now := s.chosen(c); now { // the answer remembers the choice
			return handle(s, c)
		}
		edition, err := s.Service.ShowcaseEdition(c.UserContext())
		if err != nil {
			return err
		}
		minute := s.Service.Clock.Now().Unix() / 60
		key := string(s.language(c, "")) + " " + string(c.Request().URI().RequestURI())
		held := c.Get(fiber.HeaderIfNoneMatch) // for the page, not for its handler
		c.Request().Header.Del(fiber.HeaderIfNoneMatch)
		page := s.pages.at(edition, minute, key)
		if page == nil {
			led := false
			made, err, _ := s.pages.making.Do(fmt.Sprint(edition, " ", minute, " ", key), func() (any, error) {
				led = true
				page, err := s.makePage(c, handle)
				if err == nil {
					s.pages.keep(edition, minute, key, page)
				}
				return page, err
			})
			switch {
			case err != nil && !led: // what another request met may not be this one's
				return handle(s, c)
			case errors.Is(err, errNotKept):
				return nil
			case err != nil:
				return err
			}
			page = made.(*keptPage)
		}
		return page.send(c, held)
	}
}

// makePage lets the handler answer this request, and copies what it answered.
func (s *Server) makePage(c *fiber.Ctx, handle func(*Server, *fiber.Ctx) error) (*keptPage, error) {
	if err := handle(s, c); err != nil {
		return nil, err
	}
	answer := c.Response()
	if answer.StatusCode() != fiber.StatusOK || len(answer.Header.Peek(fiber.HeaderSetCookie)) > 0 || answer.IsBodyStream() {
		return nil, errNotKept
	}
	if nonce, _ := c.Locals(keyNonce).(string); strings.Contains(string(answer.Header.Peek(fiber.HeaderContentSecurityPolicy)), nonce) {
		answer.Header.Set(fiber.HeaderContentSecurityPolicy, policyKept)
	}
	answer.Header.Set(fiber.HeaderVary, "Accept-Encoding, Accept-Language, Cookie")
	p := &keptPage{body: bytes.Clone(answer.Body())}
	p.tag = string(answer.Header.Peek(fiber.HeaderETag))
	if p.tag == "" {
		p.tag = `"` + shortHash(p.body) + `"`
		answer.Header.Set(fiber.HeaderETag, p.tag)
	}
	p.zipped = zipped(p.body)
	answer.Header.CopyTo(&p.header)
	p.header.ResetConnectionClose()
	return p, nil
}

// zipped compresses a body, or gives nil when that gains nothing.
func zipped(body []byte) []byte {
	if len(body) < minZipped {
		return nil
	}
	var out bytes.Buffer // writes to memory cannot fail
	w := gzip.NewWriter(&out)
	_, _ = w.Write(body)
	_ = w.Close()
	if out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}

// send answers with the page, or with the news that the reader holds it already.
func (p *keptPage) send(c *fiber.Ctx, held string) error {
	answer := c.Response()
	p.header.CopyTo(&answer.Header)
	if matchesTag(held, p.tag) {
		answer.ResetBody()
		return c.SendStatus(fiber.StatusNotModified)
	}
	if p.zipped != nil && c.Request().Header.HasAcceptEncoding("gzip") {
		answer.Header.Set(fiber.HeaderContentEncoding, "gzip")
		answer.SetBodyRaw(p.zipped)
		return nil
	}
	answer.SetBodyRaw(p.body)
	return nil
}
