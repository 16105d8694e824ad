package check

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
)

// signature is one signature dictionary's bytes.
type signature struct {
	prefix   []byte // the file up to the end of its revision
	revision []byte // what that revision added
	signed   []byte // what the range names
	cms      []byte
}

var byteRange = regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)\]`)

// split finds the signatures in their order, and wants each to cover its whole
// revision but the contents, and the file to end with the last one or with a
// revision that is not signed.
func split(file []byte) ([]signature, error) {
	var out []signature
	for _, found := range byteRange.FindAllSubmatchIndex(file, -1) {
		s, err := readSignature(file, found)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, errors.New("no signature")
	}
	return out, nil
}

func readSignature(file []byte, found []int) (s signature, err error) {
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(string(file[found[2*i+2]:found[2*i+3]]))
	}
	start, end, whole := n[0], n[1], n[1]+n[2]
	if start < found[1] || start > end-2 || whole > len(file) || file[start] != '<' || file[end-1] != '>' || !bytes.HasSuffix(file[:start], []byte("/Contents ")) {
		return s, fmt.Errorf("the byte range %v does not leave out exactly the contents", n)
	}
	if !bytes.HasSuffix(file[:whole], []byte("%%EOF\n")) {
		return s, fmt.Errorf("the byte range %v does not reach the end of a revision", n)
	}
	if bytes.Contains(file[found[1]:whole-1], []byte("%%EOF\n")) {
		return s, errors.New("a signature over a later revision")
	}
	s.prefix, s.signed = file[:whole], append(bytes.Clone(file[:start]), file[end:whole]...)
	s.revision = s.prefix[bytes.LastIndex(file[:found[0]], []byte("%%EOF\n"))+1:]
	raw, err := hex.DecodeString(string(file[start+1 : end-1]))
	if err != nil {
		return s, err
	}
	var value asn1.RawValue
	rest, err := asn1.Unmarshal(raw, &value)
	if len(bytes.Trim(rest, "\x00")) > 0 {
		return s, errors.New("something in the padding")
	}
	s.cms = value.FullBytes
	return s, err
}

// seal is the first signature.
type seal struct {
	chain []*x509.Certificate
	token *tsa.Token // nil without timestamp
}

var tokenAttribute = []byte("\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e\x31") // id-aa-timeStampToken, then a SET

func readSeal(s signature, roots []*x509.Certificate) (out seal, err error) {
	for _, root := range roots {
		if out.chain, err = chainTo(s.cms, root); err == nil {
			break
		}
	}
	if err != nil {
		return out, err
	}
	if err := pades.Verify(s.prefix, out.chain); err != nil {
		return out, err
	}
	at := bytes.Index(s.cms, tokenAttribute)
	if at < 0 {
		return out, nil
	}
	var set, token asn1.RawValue
	if _, err := asn1.Unmarshal(s.cms[at+len(tokenAttribute)-1:], &set); err != nil {
		return out, err
	}
	if _, err := asn1.Unmarshal(set.Bytes, &token); err != nil {
		return out, err
	}
	out.token, err = tsa.Parse(token.FullBytes)
	return out, err
}

// chainTo finds the certificates in a CMS by their place: [0] of SignedData.
func chainTo(cms []byte, root *x509.Certificate) ([]*x509.Certificate, error) {
	var outer struct {
		Type    asn1.ObjectIdentifier
		Content struct {
			Version      int
			Digests      asn1.RawValue
			Content      asn1.RawValue
			Certificates asn1.RawValue `asn1:"tag:0"`
			Signers      asn1.RawValue
		} `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(cms, &outer); err != nil {
		return nil, err
	}
	chain, err := x509.ParseCertificates(outer.Content.Certificates.Bytes)
	if err != nil {
		return nil, err
	}
	if len(chain) == 0 || !chain[len(chain)-1].Equal(root) {
		return nil, errors.New("the seal's chain does not end with a root we know")
	}
	return chain, nil
}
