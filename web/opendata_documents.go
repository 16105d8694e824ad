package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"

	"jachete/workflow"
)

const (
	// documentRest is how long a document is given as it is although the register
	// has changed: while many sign, it is not made again for each.
	documentRest = 10 * time.Second
	// maxDocuments bounds how many are kept, each a few hundred bytes to a few MB.
	maxDocuments = 16
)

// document is a whole list, compressed, made once for many.
type document struct {
	packed  []byte // gzip
	size    int    // bytes of the text
	tag     string // weak: packed and plain bytes share it
	edition int64  // of the register
	madeAt  time.Time
}

// documents keeps those asked for last.
type documents struct {
	mu   sync.Mutex
	kept map[string]*keptDocument
	// making is held by whoever makes one: of all at once, one is made at a time.
	making sync.Mutex
}

type keptDocument struct {
	turn  chan struct{} // held by whoever looks at it, or makes it
	last  document
	askAt time.Time
}

// place finds the document of a name, or room for it instead of the one that
// nobody asked for longest.
func (d *documents) place(name string, now time.Time) *keptDocument {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.kept[name]
	if k == nil {
		if d.kept == nil {
			d.kept = map[string]*keptDocument{}
		}
		if len(d.kept) >= maxDocuments {
			delete(d.kept, d.oldest())
		}
		k = &keptDocument{turn: make(chan struct{}, 1)}
		d.kept[name] = k
	}
	k.askAt = now
	return k
}

func (d *documents) oldest() (name string) {
	for other, k := range d.kept {
		if name == "" || k.askAt.Before(d.kept[name].askAt) {
			name = other
		}
	}
	return name
}

// fresh tells whether a document is still to be given: within the minute in
// which it was made, for at full minutes embargoes end and commitments lapse.
func (k document) fresh(edition int64, now time.Time) bool {
	return k.packed != nil && k.madeAt.Unix()/60 == now.Unix()/60 && (k.edition == edition || now.Sub(k.madeAt) < documentRest)
}

// listed gives the document of a list, and makes it where it is not at hand. All
// who ask for it meanwhile wait for the one who makes it, as long as their
// requests may last.
func (s *Server) listed(ctx context.Context, kind string, f workflow.RegisterFilter, write func(context.Context, io.Writer) error) (document, error) {
	f.Limit, f.Offset = 0, 0
	edition, err := s.Service.ShowcaseEdition(ctx)
	if err != nil {
		return document{}, err
	}
	now := s.Service.Clock.Now()
	k := s.documents.place(fmt.Sprintf("%s %#v", kind, f), now)
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return document{}, errBusy
	}
	if k.last.fresh(edition, now) {
		return k.last, nil
	}
	made, err := s.documents.make(ctx, write)
	if err != nil {
		return document{}, err
	}
	made.edition, made.madeAt = edition, now
	k.last = made
	return made, nil
}

// make writes a document, within bounds of its own: the one who asked first may
// be gone, the others wait for it all the same.
func (d *documents) make(ctx context.Context, write func(context.Context, io.Writer) error) (document, error) {
	d.making.Lock()
	defer d.making.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), exportTime)
	defer cancel()
	var packed bytes.Buffer
	hash, size := sha256.New(), new(counter)
	w := gzip.NewWriter(&packed)
	if err := write(ctx, io.MultiWriter(w, hash, size)); err != nil {
		return document{}, err
	}
	if err := w.Close(); err != nil {
		return document{}, err
	}
	return document{packed: bytes.Clone(packed.Bytes()), size: int(*size), tag: `W/"` + hex.EncodeToString(hash.Sum(nil)[:8]) + `"`}, nil
}

// counter counts what is written to it.
type counter int

// Write implements io.Writer.
func (n *counter) Write(p []byte) (int, error) {
	*n += counter(len(p))
	return len(p), nil
}

// sendDocument sends a document as it is kept, or unpacks it on its way to
// whoever cannot read gzip: nowhere is it whole in memory.
func sendDocument(c *fiber.Ctx, d document, a dataAnswer) error {
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if a.head(c, d.tag) {
		return nil
	}
	if c.Request().Header.HasAcceptEncoding("gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(d.packed)
	}
	plain, err := gzip.NewReader(bytes.NewReader(d.packed))
	if err != nil {
		return err
	}
	c.Context().SetBodyStream(plain, d.size) // which closes it
	return nil
}
