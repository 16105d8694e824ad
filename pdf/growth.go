package pdf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"

	"jachete/workflow"
)

// growers keep their tables from one file to the next.
var growers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(err) // a level that exists
	}
	return w
}}

// growth is what a file adds to the one it grew from, compressed: nearly all of
// it stands there already, within the window of 32 KB in most files.
func growth(before, after []byte) ([]byte, error) {
	w := growers.Get().(*flate.Writer)
	defer growers.Put(w)
	var out bytes.Buffer
	w.ResetDict(&out, before)
	if _, err := w.Write(after); err != nil {
		return nil, fmt.Errorf("pdf: growth: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pdf: growth: %w", err)
	}
	return out.Bytes(), nil
}

// maxGrown is far above any certificate, in bytes.
const maxGrown = 64 << 20

// grown is the file again.
func grown(before, growth []byte) ([]byte, error) {
	return io.ReadAll(io.LimitReader(flate.NewReaderDict(bytes.NewReader(growth), before), maxGrown))
}

// Remake implements workflow.Sealer, in the same turns as Seal.
func (s *Sealer) Remake(ctx context.Context, c workflow.CertificateContent, before []byte, sealed workflow.Sealed) ([]byte, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-s.turns }()
	if before == nil {
		file, err := render(c)
		if err != nil {
			return nil, err
		}
		if before, err = file.Bytes(); err != nil {
			return nil, err
		}
		if sum(before) != sealed.UnsealedSHA256 {
			return nil, fmt.Errorf("pdf: the pages of %s are drawn otherwise today", c.Number)
		}
	}
	file, err := grown(before, sealed.Growth)
	if err == nil && sum(file) != sealed.SHA256 {
		err = fmt.Errorf("pdf: %s does not come out as it was", c.Number)
	}
	return file, err
}
