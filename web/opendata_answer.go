package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jachete/workflow"
)

// dataLife is how long others may keep open data before they ask again.
const dataLife = "public, max-age=60"

// dataAnswer is what an answer of the open data says in its headers.
type dataAnswer struct {
	mediaType string
	name      string    // of the file it is saved as, or empty
	modified  time.Time // zero when nobody knows
	links     []string  // RFC 8288, beside the licence
}

// share lets pages of any site read an answer. Opened by itself it runs nothing.
func share(h *fasthttp.ResponseHeader) {
	h.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	h.Set(fiber.HeaderAccessControlExposeHeaders, "ETag, Link, Last-Modified, Retry-After")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set(fiber.HeaderContentSecurityPolicy, policyFile)
}

// preflight answers what a browser asks before a page of another site reads with
// a tag (Fetch §4.9): a header If-None-Match is no simple one.
func (s *Server) preflight(c *fiber.Ctx) error {
	share(&c.Response().Header)
	c.Set(fiber.HeaderAllow, "GET, HEAD, OPTIONS")
	c.Set(fiber.HeaderAccessControlAllowMethods, "GET, HEAD")
	c.Set(fiber.HeaderAccessControlAllowHeaders, "If-None-Match, If-Modified-Since")
	c.Set(fiber.HeaderAccessControlMaxAge, "86400")
	c.Status(fiber.StatusNoContent)
	return nil
}

// head writes the headers that an answer has in common with its 304, and tells
// whether that is the answer. The tag stands between quotes.
func (a dataAnswer) head(c *fiber.Ctx, tag string) (unchanged bool) {
	share(&c.Response().Header)
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, dataLife)
	c.Set(fiber.HeaderLink, strings.Join(append([]string{"<" + workflow.DataLicenceURL + `>; rel="license"`}, a.links...), ", "))
	if !a.modified.IsZero() {
		c.Set(fiber.HeaderLastModified, a.modified.UTC().Format(http.TimeFormat))
	}
	if !a.isKnown(c, tag) {
		c.Set(fiber.HeaderContentType, a.mediaType)
		if a.name != "" {
			c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+a.name+`"; filename*=UTF-8''`+a.name)
		}
		return false
	}
	c.Status(fiber.StatusNotModified)
	return true
}

// isKnown reads the preconditions; a tag counts before a date (RFC 9110 §13.2.2).
func (a dataAnswer) isKnown(c *fiber.Ctx, tag string) bool {
	if header := c.Get(fiber.HeaderIfNoneMatch); header != "" {
		return matchesTag(header, strings.TrimPrefix(tag, "W/"))
	}
	since, err := http.ParseTime(c.Get(fiber.HeaderIfModifiedSince))
	return err == nil && !a.modified.IsZero() && !a.modified.Truncate(time.Second).After(since)
}

// sendData sends open data with a tag that spares programs what they already
// have.
func sendData(c *fiber.Ctx, mediaType string, body []byte) error {
	return dataAnswer{mediaType: mediaType}.send(c, body)
}

func (a dataAnswer) send(c *fiber.Ctx, body []byte) error {
	if a.head(c, `"`+shortHash(body)+`"`) {
		return nil
	}
	return c.Send(body)
}

// matchesTag reads If-None-Match (RFC 9110 §13.1.2).
func matchesTag(header, tag string) bool {
	for item := range strings.SplitSeq(header, ",") {
		item = strings.TrimPrefix(strings.TrimSpace(item), "W/")
		if item == tag || item == "*" {
			return true
		}
	}
	return false
}
