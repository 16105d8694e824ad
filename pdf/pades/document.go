package pades

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"time"

	"jachete/pdf/pades/revision"
	"jachete/pdf/pades/tsa"
)

// document is a sealed file as read for archiving: every signature in it was
// verified.
type document struct {
	file  *revision.File
	data  []byte
	chain []*x509.Certificate // of the seal
	stamp *tsa.Token          // of the signature, nil without
	later []*tsa.Token        // of the document, oldest first
}

// FirstRevision is the file as it was sealed, without what archiving added.
// Error: [ErrLayout].
func FirstRevision(file []byte) ([]byte, error) {
	g, err := findGap(file, sealFilter)
	if err != nil {
		return nil, err
	}
	end := bytes.Index(file[g.end:], []byte("%%EOF\n"))
	if end < 0 {
		return nil, fmt.Errorf("%w: no end", ErrLayout)
	}
	return file[:g.end+end+len("%%EOF\n")], nil
}

// readDocument verifies the seal over the first revision and each document
// timestamp over all before it, so that nobody archives what is broken.
func readDocument(data []byte) (*document, error) {
	first, err := FirstRevision(data)
	if err != nil {
		return nil, err
	}
	g, err := findGap(first, sealFilter)
	if err != nil {
		return nil, err
	}
	m, err := readMessage(first[g.start+1 : g.end-1])
	if err != nil {
		return nil, err
	}
	d := &document{data: data}
	if d.chain, err = m.chain(); err != nil {
		return nil, err
	}
	if err := Verify(first, d.chain); err != nil {
		return nil, err
	}
	if m.token != nil {
		if d.stamp, err = tsa.Parse(m.token); err != nil {
			return nil, err
		}
	}
	if d.file, err = revision.Open(data); err != nil {
		return nil, err
	}
	return d, d.readLater()
}

// readLater reads the document timestamps through the fields of the form.
func (d *document) readLater() error {
	form, _, _, err := readForm(d.file)
	if err != nil {
		return err
	}
	fields, err := revision.ParseArray(form.Get("Fields"))
	if err != nil {
		return err
	}
	for _, ref := range fields {
		field, _, err := d.file.Dict(ref)
		if err != nil {
			return err
		}
		value, _, err := d.file.Dict(field.Get("V"))
		if err != nil {
			return err
		}
		if string(value.Get("Type")) != "/DocTimeStamp" {
			continue
		}
		token, err := d.readStamp(value)
		if err != nil {
			return err
		}
		d.later = append(d.later, token)
	}
	return nil
}

func (d *document) readStamp(value revision.Dict) (*tsa.Token, error) {
	var start, end, after int
	// Sscanf wants the same text that we write, a number where one is.
	if _, err := fmt.Sscanf(string(value.Get("ByteRange")), "[0 %d %d %d]", &start, &end, &after); err != nil ||
		start <= 0 || start >= end || after < 0 || end+after > len(d.data) {
		return nil, fmt.Errorf("%w: byte range of a timestamp", ErrLayout)
	}
	if !bytes.HasSuffix(d.data[:end+after], []byte("%%EOF\n")) {
		return nil, fmt.Errorf("%w: a timestamp that does not cover its revision", ErrLayout)
	}
	contents := d.data[start:end]
	if !bytes.Equal(contents, value.Get("Contents")) {
		return nil, fmt.Errorf("%w: contents of a timestamp", ErrLayout)
	}
	der := make([]byte, hex.DecodedLen(len(contents)-2))
	if _, err := hex.Decode(der, contents[1:len(contents)-1]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	token, err := tsa.Parse(der[:len(der)-padding(der)])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if sum := digest(d.data[:end+after], gap{start, end}); !token.Covers(sum[:]) {
		return nil, fmt.Errorf("%w: timestamp of the document", ErrAltered)
	}
	return token, nil
}

// used gives the chains of the file and when each must be good, see [Used].
func (d *document) used(roots []*x509.Certificate, now time.Time) ([]Used, error) {
	tokens := d.later
	if d.stamp != nil {
		tokens = append([]*tsa.Token{d.stamp}, tokens...)
	}
	out := []Used{{d.chain, now}}
	for i, t := range tokens {
		chain, err := t.Verify(roots, t.Time)
		if err != nil {
			return nil, err
		}
		out[i].At = t.Time
		out = append(out, Used{chain, now})
	}
	return out, nil
}

// hasStore tells whether evidence was ever added.
func (d *document) hasStore() bool {
	catalog, _, err := d.file.Catalog()
	return err == nil && catalog.Get("DSS") != nil
}

func (d *document) stamped() bool { return d.stamp != nil || len(d.later) > 0 }

// padding counts the zeros after a DER value in a gap. A value of ours never
// ends there by chance: its length tells.
func padding(der []byte) int {
	var v asn1.RawValue
	rest, err := asn1.Unmarshal(der, &v)
	if err != nil || len(bytes.Trim(rest, "\x00")) > 0 {
		return 0 // leave it to the parser to say what is wrong
	}
	return len(rest)
}
