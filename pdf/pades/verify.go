package pades

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrAltered tells that a file is not, byte for byte, what the key sealed.
var ErrAltered = errors.New("pades: file does not match its seal")

// Verify verifies a file made by [Seal] with a key of this chain, with or
// without timestamp. It leaves nothing open: the byte range covers all but the
// gap, the CMS is rebuilt from the chain and must be equal, the rest of the gap
// is zeros, the signature verifies, and the timestamp is one authority's,
// about this signature; which authority is not asked. A file with later
// revisions is refused: give its [FirstRevision]. Errors: [ErrLayout],
// [ErrAltered].
func Verify(file []byte, chain []*x509.Certificate) error {
	gap, err := findGap(file, sealFilter)
	if err != nil {
		return err
	}
	if err := checkLayout(file, gap); err != nil {
		return err
	}
	attributes, err := signedAttributes(chain[0], digest(file, gap))
	if err != nil {
		return err
	}
	m, err := readMessage(file[gap.start+1 : gap.end-1])
	if err != nil {
		return err
	}
	if err := m.checkTimestamp(); err != nil {
		return err
	}
	if err := checkContents(file, gap, chain, attributes, m); err != nil {
		return err
	}
	return verifyValue(chain[0].PublicKey, attributes, m.signature)
}

// checkLayout holds the file to one revision and to the range that [Seal]
// writes.
func checkLayout(file []byte, g gap) error {
	want := fmt.Appendf(nil, rangeFormat, g.start, g.end, len(file)-g.end)
	if !bytes.Contains(file[:g.start], want) {
		return fmt.Errorf("%w: byte range", ErrLayout)
	}
	end := []byte("%%EOF")
	if bytes.Count(file, end) != 1 || !bytes.HasSuffix(file, append(end, '\n')) {
		return fmt.Errorf("%w: more than one revision", ErrLayout)
	}
	return nil
}

// checkContents compares the gap with what [Seal] writes there for these
// parts, so that no bit of it is free.
func checkContents(file []byte, g gap, chain []*x509.Certificate, attributes []byte, m message) error {
	der, err := encode(chain, attributes, m.signature, m.token)
	if err != nil {
		return err
	}
	want := bytes.Repeat([]byte("0"), g.end-g.start-2)
	if 2*len(der) > len(want) {
		return fmt.Errorf("%w: contents", ErrAltered)
	}
	hex.Encode(want, der)
	if !bytes.Equal(file[g.start+1:g.end-1], want) {
		return fmt.Errorf("%w: contents", ErrAltered)
	}
	return nil
}

func verifyValue(public crypto.PublicKey, attributes, signature []byte) error {
	hash := sha256.Sum256(attributes)
	ok := false
	switch p := public.(type) {
	case *ecdsa.PublicKey:
		ok = ecdsa.VerifyASN1(p, hash[:], signature)
	case *rsa.PublicKey:
		ok = rsa.VerifyPKCS1v15(p, crypto.SHA256, hash[:], signature) == nil
	}
	if !ok {
		return fmt.Errorf("%w: signature", ErrAltered)
	}
	return nil
}
