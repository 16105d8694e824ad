package pdf

import (
	"context"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"jachete/workflow"
)

// growthID names the dictionary of a growth: what the file grew from. There is
// never more than one.
const growthID = 1

// growth is what a file adds to the one it grew from, compressed: nearly all of
// it stands there already.
func growth(before, after []byte) ([]byte, error) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDictRaw(growthID, before), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		return nil, fmt.Errorf("pdf: growth: %w", err)
	}
	return w.EncodeAll(after, nil), w.Close()
}

// grown is the file again.
func grown(before, growth []byte) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderDictRaw(growthID, before), zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxMemory(maxGrown))
	if err != nil {
		return nil, fmt.Errorf("pdf: growth: %w", err)
	}
	defer r.Close()
	return r.DecodeAll(growth, nil)
}

// maxGrown is far above any certificate, in bytes.
const maxGrown = 64 << 20

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
