package pades

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrAltered tells that a file is not, byte for byte, what the key sealed.
var ErrAltered = errors.New("pades: file does not match its seal")

// Verify verifies a file made by [Seal] with a key of this chain. It leaves
// nothing open: the byte range covers all but the gap, the CMS is rebuilt from
// the chain and must be equal, the rest of the gap is zeros, and the signature
// verifies. Errors: [ErrLayout], [ErrAltered].
func Verify(file []byte, chain []*x509.Certificate) error {
	gap, err := findGap(file)
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
	signature, err := readSignature(file[gap.start+1 : gap.end-1])
	if err != nil {
		return err
	}
	if err := checkContents(file, gap, chain, attributes, signature); err != nil {
		return err
	}
	return verifyValue(chain[0].PublicKey, attributes, signature)
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

// readSignature takes the signature value out of the CMS at the start of the
// gap.
func readSignature(contents []byte) ([]byte, error) {
	der := make([]byte, hex.DecodedLen(len(contents)))
	if _, err := hex.Decode(der, contents); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	var info contentInfo
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if len(info.Content.Signers) != 1 {
		return nil, fmt.Errorf("%w: number of signers", ErrAltered)
	}
	return info.Content.Signers[0].Signature, nil
}

// checkContents compares the gap with what [Seal] writes there for these
// parts, so that no bit of it is free.
func checkContents(file []byte, g gap, chain []*x509.Certificate, attributes, signature []byte) error {
	der, err := encode(chain, attributes, signature)
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
