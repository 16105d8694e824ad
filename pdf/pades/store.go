package pades

import (
	"bytes"
	"crypto/x509"
	"fmt"

	"jachete/pdf/pades/revision"
)

// Extensions declares what of ETSI a file of PDF 1.7 uses (EN 319 142-1, 5.6):
// the encoding of the seal takes level 2, which includes that of security
// stores and timestamps of the document. It is the value in the catalog.
const Extensions = "<</ESIC <</BaseVersion /1.7 /ExtensionLevel 2>>>>"

// store is the DSS of a file: its object, what is in it and the references to
// that.
type store struct {
	Evidence
	number              int // 0 if the file has none
	certificates, lists [][]byte
}

// readStore reads the DSS of a file, which may have none.
func readStore(f *revision.File) (s store, err error) {
	catalog, _, err := f.Catalog()
	if err != nil || catalog.Get("DSS") == nil {
		return s, err
	}
	dss, number, err := f.Dict(catalog.Get("DSS"))
	if err != nil {
		return s, err
	}
	if s.number = number; number == 0 {
		return s, fmt.Errorf("%w: security store within the catalog", ErrLayout)
	}
	if s.certificates, err = revision.ParseArray(dss.Get("Certs")); err != nil {
		return s, err
	}
	if s.lists, err = revision.ParseArray(dss.Get("CRLs")); err != nil {
		return s, err
	}
	return s, s.read(f)
}

func (s *store) read(f *revision.File) error {
	for _, ref := range s.certificates {
		c, err := readItem(f, ref, x509.ParseCertificate)
		if err != nil {
			return err
		}
		s.Certificates = append(s.Certificates, c)
	}
	for _, ref := range s.lists {
		l, err := readItem(f, ref, x509.ParseRevocationList)
		if err != nil {
			return err
		}
		s.Lists = append(s.Lists, l)
	}
	return nil
}

func readItem[T any](f *revision.File, ref []byte, parse func([]byte) (T, error)) (item T, err error) {
	number, ok := revision.ParseRef(ref)
	if !ok {
		return item, fmt.Errorf("%w: security store", ErrLayout)
	}
	der, err := f.Stream(number)
	if err != nil {
		return item, err
	}
	if item, err = parse(der); err != nil {
		err = fmt.Errorf("%w: security store: %w", ErrLayout, err)
	}
	return item, err
}

// extend adds what is not there yet; it tells whether that was anything.
func (s *store) extend(e Evidence, add func([]byte) int) bool {
	before := len(s.Certificates) + len(s.Lists)
	for _, c := range e.Certificates {
		if s.addCertificate(c); len(s.Certificates) > len(s.certificates) {
			s.certificates = append(s.certificates, revision.Ref(add(stream(c.Raw))))
		}
	}
	for _, l := range e.Lists {
		if s.addList(l); len(s.Lists) > len(s.lists) {
			s.lists = append(s.lists, revision.Ref(add(stream(l.Raw))))
		}
	}
	return len(s.Certificates)+len(s.Lists) > before
}

func (s store) dict() []byte {
	d := revision.Dict{{Key: "Type", Value: []byte("/DSS")}, {Key: "Certs", Value: revision.Array(s.certificates)}}
	if len(s.lists) > 0 {
		d = d.With("CRLs", revision.Array(s.lists))
	}
	return d.Bytes()
}

// stream is not compressed: keys and signatures leave little to gain.
func stream(data []byte) []byte {
	return bytes.Join([][]byte{fmt.Appendf(nil, "<</Length %d>>\nstream", len(data)), data, []byte("endstream")}, []byte("\n"))
}
