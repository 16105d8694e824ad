package web

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// bodyLimit is the most a form may weigh, in bytes. Two routes take a file: see
// uploadOf.
const bodyLimit = 1 << 20

// mostOf is the most that the body of a request may weigh, in bytes.
func mostOf(h *fasthttp.RequestHeader) int {
	if most, ok := uploadOf(h); ok {
		return most
	}
	return bodyLimit
}

// bound tells the server how much of a body to take, once it has read the
// headers. What declares more is answered then, its body never read.
func (s *Server) bound(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if isHeavy(h) && s.heavy.take(h, time.Now()) {
		return fasthttp.RequestConfig{MaxRequestBodySize: mostOf(h), ReadTimeout: uploadTime}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: bodyLimit}
}

// maxHeaders is far above what browsers send.
const maxHeaders = 100

// receive is the outermost layer: nothing it calls can end the process, leave
// an answer without its headers or a request without its line in the log.
func (s *Server) receive(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(f *fasthttp.RequestCtx) {
		start := time.Now()
		defer s.logRequest(f, start)
		defer s.heavy.release(&f.Request.Header)
		defer s.recover(f)
		s.prepare(f)
		if err := s.wireFault(f); err != nil {
			f.SetConnectionClose()
			s.answerWire(f, err)
			return
		}
		next(f)
	}
}

// recover answers for a handler that panicked. fasthttp would end the process.
func (s *Server) recover(f *fasthttp.RequestCtx) {
	fault := recover()
	if fault == nil {
		return
	}
	s.Logger.Error("panic", "id", f.UserValue(keyID), "fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
	f.Response.Reset() // a half-made answer could hold anything
	s.setHeaders(f)
	s.answerWire(f, fmt.Errorf("panic: %v", fault))
}

// answerWire renders an error outside the router.
func (s *Server) answerWire(f *fasthttp.RequestCtx, err error) {
	c := s.app.AcquireCtx(f)
	defer s.app.ReleaseCtx(c)
	_ = s.answerError(c, err) // it has no error of its own
}

// prepare gives the request its id, the answer its nonce and headers.
func (s *Server) prepare(f *fasthttp.RequestCtx) {
	if f.UserValue(keyID) == nil {
		f.SetUserValue(keyID, rand.Text())
		f.SetUserValue(keyNonce, rand.Text())
	}
	s.setHeaders(f)
}

// errBodyCoding refuses compressed bodies, which could grow without bound.
var errBodyCoding = &fiber.Error{Code: fiber.StatusUnsupportedMediaType}

// wireFault finds requests whose end two programs could read differently
// (RFC 9112 §6.1), and other shapes no browser sends. fasthttp lets them
// through.
func (s *Server) wireFault(f *fasthttp.RequestCtx) error {
	h := &f.Request.Header
	switch {
	case !wellFormed(h.RawHeaders()), h.ContentLength() == -1, len(h.Peek(fiber.HeaderTransferEncoding)) > 0:
		return fiber.ErrBadRequest
	case bytes.Count(h.RawHeaders(), []byte("\n")) > maxHeaders:
		return fiber.ErrRequestHeaderFieldsTooLarge
	case !knownMethod(string(h.Method())):
		return fiber.ErrMethodNotAllowed
	case len(h.Peek(fiber.HeaderContentEncoding)) > 0:
		return errBodyCoding
	}
	return nil
}

// wellFormed holds header lines to RFC 9110 §5.1 and RFC 9112 §5: a token, a
// colon right after it, no folding, no control character, CRLF at the end. No
// request of a browser needs Transfer-Encoding.
func wellFormed(raw []byte) bool {
	for line := range bytes.SplitSeq(bytes.TrimSuffix(raw, []byte("\r\n")), []byte("\r\n")) {
		name, value, found := bytes.Cut(line, []byte(":"))
		if len(line) == 0 {
			continue
		}
		if !found || len(name) == 0 || bytes.ContainsFunc(name, notToken) || bytes.ContainsFunc(value, isControl) ||
			bytes.EqualFold(name, []byte(fiber.HeaderTransferEncoding)) {
			return false
		}
	}
	return true
}

func notToken(r rune) bool {
	return r <= ' ' || r > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// knownMethod keeps from the router what it would answer in its own words.
func knownMethod(method string) bool {
	switch method {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete, fiber.MethodOptions:
		return true
	}
	return false
}

// logRequest writes one line: the route's pattern, never an address that may
// hold a token.
func (s *Server) logRequest(f *fasthttp.RequestCtx, start time.Time) {
	route, _ := f.UserValue(keyRoute).(string)
	attributes := []any{"id", f.UserValue(keyID), "method", string(f.Method()), "route", route,
		"status", f.Response.StatusCode(), "ms", time.Since(start).Milliseconds()}
	if key, ok := f.UserValue(keyRefusal).(string); ok {
		attributes = append(attributes, slog.String("refusal", key))
	}
	s.Logger.Info("request", attributes...)
}

// isFiber tells whether err carries a status of its own.
func isFiber(err error) (int, bool) {
	var e *fiber.Error
	if errors.As(err, &e) {
		return e.Code, true
	}
	return 0, false
}
