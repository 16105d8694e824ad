package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"

	"jachete/workflow"
)

// growth is what a file adds to the one it grew from: how many bytes they begin
// with alike, then the rest, compressed. Seals and revisions change the end of a
// file, however long it is.
func growth(before, after []byte) ([]byte, error) {
	same := 0
	for same < min(len(before), len(after)) && before[same] == after[same] {
		same++
	}
	out := bytes.NewBuffer(binary.AppendUvarint(nil, uint64(same)))
	if err := flate.StatelessDeflate(out, after[same:], true, nil); err != nil {
		return nil, fmt.Errorf("pdf: growth: %w", err)
	}
	return out.Bytes(), nil
}

// maxGrown is far above any certificate, in bytes.
const maxGrown = 64 << 20

// grown is the file again.
func grown(before, growth []byte) ([]byte, error) {
	same, read := binary.Uvarint(growth)
	if read <= 0 || same > uint64(len(before)) {
		return nil, errors.New("pdf: growth of another file")
	}
	rest, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(growth[read:])), maxGrown))
	return append(bytes.Clone(before[:same]), rest...), err
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
