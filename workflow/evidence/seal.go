package evidence

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// ErrSeal tells that no PAdES signature can be read in a certificate's file.
var ErrSeal = errors.New("evidence: the file has no readable seal")

// seal is the first signature of a PDF: later ones, if any, are of a
// timestamp authority and cover it.
type seal struct {
	Range [4]int // ISO 32000-1, 12.8.1
	CMS   []byte // DER
	Chain []*x509.Certificate

	signer []byte // SignerInfo
}

var byteRange = regexp.MustCompile(`/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]`)

func readSeal(file []byte) (seal, error) {
	found := byteRange.FindSubmatch(file)
	if found == nil {
		return seal{}, ErrSeal
	}
	var s seal
	for i := range found[1:] {
		s.Range[i+1], _ = strconv.Atoi(string(found[i+1])) // too large a number fails below
	}
	start, end := s.Range[1], s.Range[2]
	if start+2 > end || end > len(file) || s.Range[3] > len(file)-end {
		return seal{}, fmt.Errorf("%w: byte range", ErrSeal)
	}
	padded := make([]byte, (end-start-2)/2)
	if _, err := hex.Decode(padded, file[start+1:start+1+2*len(padded)]); err != nil {
		return seal{}, fmt.Errorf("%w: %w", ErrSeal, err)
	}
	return s, s.parse(padded)
}

// parse reads the parts of RFC 5652, 5.1 that are needed.
func (s *seal) parse(padded []byte) error {
	var info struct {
		Raw     asn1.RawContent
		Type    asn1.ObjectIdentifier
		Content struct {
			Version      int
			Digests      asn1.RawValue `asn1:"set"`
			Encapsulated asn1.RawValue
			Certificates asn1.RawValue `asn1:"optional,tag:0"`
			Revocations  asn1.RawValue `asn1:"optional,tag:1"`
			Signers      asn1.RawValue `asn1:"set"`
		} `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(padded, &info); err != nil {
		return fmt.Errorf("%w: %w", ErrSeal, err)
	}
	chain, err := x509.ParseCertificates(info.Content.Certificates.Bytes)
	if err == nil && len(chain) == 0 {
		err = errors.New("none")
	}
	if err != nil {
		return fmt.Errorf("%w: certificates: %w", ErrSeal, err)
	}
	s.CMS, s.Chain, s.signer = bytes.Clone(info.Raw), chain, info.Content.Signers.Bytes
	return nil
}

func (s seal) pem() []byte {
	var out []byte
	for _, c := range s.Chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out
}

// describe is the seal as evidence.json tells it.
func (s seal) describe() map[string]any {
	var list []any
	for _, c := range s.Chain {
		list = append(list, map[string]any{
			"subject": c.Subject.String(), "issuer": c.Issuer.String(), "serial": c.SerialNumber.Text(16), "sha256": sum(c.Raw),
			"not_before": Instant{c.NotBefore}, "not_after": Instant{c.NotAfter},
		})
	}
	return map[string]any{"byte_range": s.Range, "cms_sha256": sum(s.CMS), "chain": list, "chain_sha256": sum(s.pem())}
}

func sum(data []byte) string {
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}
