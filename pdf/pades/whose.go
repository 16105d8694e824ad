package pades

import (
	"crypto/x509"
	"errors"

	"jachete/pdf/pades/tsa"
)

// StampedBy tells whether a file owes its time to an authority under one of
// these roots: its first timestamp is theirs. With the roots of the service's
// own authorities (tsa.Authority.Roots) it tells a page to say « horodaté par
// le service lui-même ». A file without timestamp is nobody's. Errors:
// [ErrLayout] and [ErrAltered] for a file that is not whole.
func StampedBy(file []byte, roots []*x509.Certificate) (bool, error) {
	d, err := readDocument(file)
	if err != nil || !d.stamped() {
		return false, err
	}
	first := d.stamp
	if first == nil {
		first = d.later[0]
	}
	_, err = first.Verify(roots, first.Time)
	if errors.Is(err, tsa.ErrAuthority) {
		return false, nil
	}
	return err == nil, err
}
