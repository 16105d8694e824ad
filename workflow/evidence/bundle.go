package evidence

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
)

// verifyText tells how to check a bundle; its commands fit every record, and
// only the list of files that the first one prints is each bundle's own.
//
//go:embed VERIFY.md
var verifyText []byte

// part is one file of a bundle.
type part struct {
	name string
	data []byte
}

// Build makes the zip. The same record gives the same bytes, whatever the
// version of the compressor: files are stored as they are. Errors: [ErrSeal].
func Build(r Record) ([]byte, error) {
	s, err := readSeal(r.File)
	if err != nil {
		return nil, err
	}
	if r.Timestamp, err = s.timestamp(); err != nil {
		return nil, err
	}
	if r.Deliveries == nil {
		r.Deliveries = []Delivery{}
	}
	facts, err := r.facts(s)
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	parts := []part{
		{"certificate.pdf", r.File},
		{"chain.pem", s.pem()},
		{"checkpoint.key", []byte(r.CheckpointKey + "\n")},
		{"checkpoint.txt", []byte(r.Checkpoint.Note)},
		{"declaration.txt", []byte(r.Declaration.Text)},
		{"events.jsonl", eventLines(r.Events)},
		{"evidence.json", facts},
		{"inclusion.json", r.inclusion()},
		{"page.html", r.Page},
		{"review.json", r.Shown},
		{"signature.der", s.CMS},
	}
	for _, joined := range []part{{"drawing.png", r.Drawn}, {"extract.pdf", r.Extract}} {
		if joined.data != nil {
			parts = append(parts, joined)
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	parts = append([]part{{"VERIFY.md", howToVerify(parts)}}, parts...)
	return pack(append(parts, part{"SHA256SUMS", sums(parts)}))
}

// howToVerify names the files of this bundle in what the first command prints.
func howToVerify(parts []part) []byte {
	var names bytes.Buffer
	for _, p := range parts {
		fmt.Fprintf(&names, "%s: OK\n", p.name)
	}
	return bytes.Replace(verifyText, []byte("{files}\n"), names.Bytes(), 1)
}

// sums lists the files as sha256sum does.
func sums(parts []part) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		fmt.Fprintf(&b, "%s  %s\n", sum(p.data), p.name)
	}
	return b.Bytes()
}

// epoch is the time of every file: the first a zip can hold.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func pack(parts []part) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store, Modified: epoch})
		if err == nil {
			_, err = f.Write(p.data)
		}
		if err != nil {
			return nil, fmt.Errorf("evidence: %s: %w", p.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	return b.Bytes(), nil
}
