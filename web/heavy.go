package web

import (
	"errors"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// maxHeavy is how many bodies heavier than a form may be in memory at once.
// Certificates are lighter and need no place here, so that nobody who sends a
// big file slowly keeps others from verifying theirs.
const maxHeavy = 4

// heavyBodies gives out the places. A place belongs to the request whose
// headers are at that address; it is free again when the request was answered,
// or at the latest when its time to arrive and be answered is over.
type heavyBodies struct {
	mu    sync.Mutex
	until map[*fasthttp.RequestHeader]time.Time
}

// take tells whether there was a place.
func (b *heavyBodies) take(h *fasthttp.RequestHeader, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until == nil {
		b.until = map[*fasthttp.RequestHeader]time.Time{}
	}
	for other, end := range b.until {
		if other == h || now.After(end) {
			delete(b.until, other)
		}
	}
	if len(b.until) >= maxHeavy {
		return false
	}
	b.until[h] = now.Add(uploadTime + requestTime)
	return true
}

func (b *heavyBodies) release(h *fasthttp.RequestHeader) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.until, h)
}

// isHeavy tells of a request that may be read and needs a place.
func isHeavy(h *fasthttp.RequestHeader) bool {
	most, ok := uploadOf(h)
	return ok && h.ContentLength() > bodyLimit && h.ContentLength() <= most
}

// refusedForWant tells of an upload that the server did not read because no
// place was free. What a handler finds too large has passed the router.
func refusedForWant(c *fiber.Ctx, err error) bool {
	return errors.Is(err, fiber.ErrRequestEntityTooLarge) && c.Locals(keyRoute) == nil && isHeavy(&c.Request().Header)
}
