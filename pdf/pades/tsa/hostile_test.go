package tsa

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"io"
	"math/big"
	"net/http"
	"testing"
	"time"

	"jachete/pdf/pades/issue"
)

// hostile is an authority that does one thing wrong.
type hostile struct {
	*Authority
	statement func(*tstInfo)
	signed    func(*signedData)
	response  func(*response)
	bytes     func([]byte) []byte
}

func (h hostile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/timestamp-reply")
	w.Write(h.answer(body))
}

func (h hostile) answer(body []byte) []byte {
	var q request
	if err := decode(body, "question", &q, ""); err != nil {
		panic(err)
	}
	info := tstInfo{Version: 1, Policy: policy, Imprint: q.Imprint, Serial: big.NewInt(1), Nonce: q.Nonce,
		Time: asn1.RawValue{Tag: asn1.TagGeneralizedTime, Bytes: []byte("20261122120000Z")}}
	if h.statement != nil {
		h.statement(&info)
	}
	token, err := sign(h.Signer, h.Chain[0], mustMarshal(info), true)
	if err != nil {
		panic(err)
	}
	if h.signed != nil {
		var c contentInfo
		if err := decode(token, "token", &c, ""); err != nil {
			panic(err)
		}
		h.signed(&c.Content)
		token = mustMarshal(c)
	}
	answer := response{status{Code: granted}, asn1.RawValue{FullBytes: token}}
	if h.response != nil {
		h.response(&answer)
	}
	der := mustMarshal(answer)
	if h.bytes != nil {
		der = h.bytes(der)
	}
	return der
}

// certified is an authority whose certificate is changed.
func certified(t *testing.T, change func(*x509.Certificate)) *Authority {
	t.Helper()
	root, err := issue.Root(rand.Reader, x509.Certificate{Subject: pkix.Name{CommonName: "Racine"}, NotBefore: now.AddDate(-2, 0, 0), NotAfter: now.AddDate(2, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{Subject: pkix.Name{CommonName: "Feuille"}, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtraExtensions: []pkix.Extension{criticalUsage}}
	change(&template)
	signer, leaf, err := root.Leaf(rand.Reader, template)
	if err != nil {
		t.Fatal(err)
	}
	return &Authority{signer, []*x509.Certificate{leaf, root.Certificate}, nil, noon}
}

func usage(critical bool, purposes ...int) []pkix.Extension {
	var ids []asn1.ObjectIdentifier
	for _, p := range purposes {
		ids = append(ids, asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, p})
	}
	return []pkix.Extension{{Id: oidExtKeyUsage, Critical: critical, Value: mustMarshal(ids)}}
}

func at(text string) func(*tstInfo) {
	return func(i *tstInfo) { i.Time.Bytes = []byte(text) }
}

var oidSHA1 = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}

func TestCertifiedAloneIsNoFault(t *testing.T) {
	a := certified(t, func(*x509.Certificate) {})
	if _, err := client(t, a, serve(t, hostile{Authority: a})).Timestamp(t.Context(), digest); err != nil {
		t.Fatal(err)
	}
}

func TestHostileStatements(t *testing.T) {
	a := authority(t)
	for name, c := range map[string]struct {
		hostile hostile
		kind    error
		text    string
	}{
		"another nonce":      {hostile{statement: func(i *tstInfo) { i.Nonce = new(big.Int).Add(i.Nonce, big.NewInt(1)) }}, ErrAnswer, "nonce"},
		"no nonce":           {hostile{statement: func(i *tstInfo) { i.Nonce = nil }}, ErrAnswer, "nonce"},
		"another imprint":    {hostile{statement: func(i *tstInfo) { i.Imprint.Digest = make([]byte, 32) }}, ErrAnswer, "imprint"},
		"SHA-1 imprint":      {hostile{statement: func(i *tstInfo) { i.Imprint.Algorithm.Algorithm, i.Imprint.Digest = oidSHA1, make([]byte, 20) }}, ErrMalformed, "1.3.14.3.2.26"},
		"SHA-512 imprint":    {hostile{statement: func(i *tstInfo) { i.Imprint.Algorithm.Algorithm, i.Imprint.Digest = oidSHA512, make([]byte, 64) }}, ErrAnswer, "imprint"},
		"imprint parameters": {hostile{statement: func(i *tstInfo) { i.Imprint.Algorithm.Parameters = asn1.RawValue{FullBytes: []byte{2, 1, 0}} }}, ErrMalformed, "imprint with"},
		"imprint too short":  {hostile{statement: func(i *tstInfo) { i.Imprint.Digest = i.Imprint.Digest[:31] }}, ErrMalformed, "31 bytes"},
		"an hour late":       {hostile{statement: at("20261122110000Z")}, ErrAnswer, "1h0m0s away"},
		"an hour early":      {hostile{statement: at("20261122130000Z")}, ErrAnswer, "1h0m0s away"},
		"local time":         {hostile{statement: at("20261122120000-0500")}, ErrMalformed, "time"},
		"no seconds":         {hostile{statement: at("202611221200Z")}, ErrMalformed, "time"},
		"trailing zero":      {hostile{statement: at("20261122120000.50Z")}, ErrMalformed, "time"},
		"comma":              {hostile{statement: at("20261122120000,5Z")}, ErrMalformed, "time"},
		"version 2":          {hostile{statement: func(i *tstInfo) { i.Version = 2 }}, ErrMalformed, "version"},
		"status 2": {hostile{response: func(r *response) {
			*r = response{Status: status{Code: 2, Text: []asn1.RawValue{{Tag: asn1.TagUTF8String, Bytes: []byte("non\x1b[0m")}}}}
		}}, ErrAnswer, `status 2 "non\x1b[0m"`},
		"status 3, token": {hostile{response: func(r *response) { r.Status.Code = 3 }}, ErrAnswer, "status 3"},
		"no token":        {hostile{response: func(r *response) { r.Token = asn1.RawValue{} }}, ErrMalformed, "token"},
		"trailing bytes":  {hostile{bytes: func(b []byte) []byte { return append(b, 0) }}, ErrMalformed, "after its end"},
		"cut":             {hostile{bytes: func(b []byte) []byte { return b[:len(b)-1] }}, ErrMalformed, "answer"},
		"empty":           {hostile{bytes: func([]byte) []byte { return nil }}, ErrMalformed, "answer"},
	} {
		c.hostile.Authority = a
		refused(t, name, client(t, a, serve(t, c.hostile)), c.kind, c.text)
	}
}

func TestHostileSignatures(t *testing.T) {
	a, other := authority(t), authority(t)
	for name, c := range map[string]struct {
		signed func(*signedData)
		kind   error
		text   string
	}{
		"SHA-1 digest":         {func(s *signedData) { s.Digests[0].Algorithm, s.Signers[0].Digest.Algorithm = oidSHA1, oidSHA1 }, ErrSignature, "1.3.14.3.2.26"},
		"SHA-1 signature":      {func(s *signedData) { s.Signers[0].Algorithm.Algorithm = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1} }, ErrSignature, "1.2.840.10045.4.1"},
		"another value":        {func(s *signedData) { s.Signers[0].Signature[10] ^= 1 }, ErrSignature, "verify"},
		"another scheme":       {func(s *signedData) { s.Signers[0].Algorithm.Algorithm = oidRSASHA256 }, ErrSignature, "verify"},
		"another statement":    {func(s *signedData) { s.Encapsulated.Content[len(s.Encapsulated.Content)-1] ^= 1 }, ErrSignature, "digest"},
		"another content":      {func(s *signedData) { s.Encapsulated.Type = oidSignedData }, ErrMalformed, "not a timestamp"},
		"no certificate":       {func(s *signedData) { s.Certificates = asn1.RawValue{} }, ErrMalformed, "is not in it"},
		"a stranger's":         {func(s *signedData) { s.Certificates.FullBytes, s.Certificates.Bytes = nil, other.Chain[0].Raw }, ErrMalformed, "is not in it"},
		"no signer":            {func(s *signedData) { s.Signers = nil }, ErrMalformed, "0 signers"},
		"two signers":          {func(s *signedData) { s.Signers = append(s.Signers, s.Signers[0]) }, ErrMalformed, "2 signers"},
		"signer's version":     {func(s *signedData) { s.Signers[0].Version = 3 }, ErrMalformed, "version 3"},
		"version":              {func(s *signedData) { s.Version = 1 }, ErrMalformed, "not signed data"},
		"digests differ":       {func(s *signedData) { s.Digests[0].Algorithm = oidSHA512 }, ErrMalformed, "digest algorithms"},
		"digest parameters":    {func(s *signedData) { s.Digests[0].Parameters = asn1.RawValue{FullBytes: []byte{2, 1, 0}} }, ErrMalformed, "digest algorithms"},
		"signature parameters": {func(s *signedData) { s.Signers[0].Algorithm.Parameters = asn1.RawValue{FullBytes: []byte{2, 1, 0}} }, ErrSignature, "algorithm"},
		"no attribute":         {attributesOf(func(set []attribute) []attribute { return set[:0] }), ErrSignature, "content type"},
		"no digest":            {attributesOf(without(oidMessageDigest)), ErrSignature, "digest of the statement"},
		"names nobody":         {attributesOf(without(oidSigningCertV2)), ErrSignature, "names no certificate"},
		"names another":        {attributesOf(naming(other.Chain[0])), ErrSignature, "names another"},
		"an attribute twice":   {attributesOf(func(set []attribute) []attribute { return append(set, set[0]) }), ErrSignature, "more than once"},
		"not a certificate":    {func(s *signedData) { s.Certificates.FullBytes, s.Certificates.Bytes = nil, []byte{0x30, 0} }, ErrMalformed, "certificates"},
	} {
		refused(t, name, client(t, a, serve(t, hostile{Authority: a, signed: c.signed})), c.kind, c.text)
	}
}

func attributesOf(change func([]attribute) []attribute) func(*signedData) {
	return func(s *signedData) {
		var set []attribute
		der := append([]byte{0x31}, s.Signers[0].Attributes.FullBytes[1:]...)
		if err := decode(der, "attributes", &set, "set"); err != nil {
			panic(err)
		}
		again, _ := asn1.MarshalWithParams(change(set), "set")
		again[0] = 0xA0
		s.Signers[0].Attributes = asn1.RawValue{FullBytes: again}
	}
}

func without(id asn1.ObjectIdentifier) func([]attribute) []attribute {
	return func(set []attribute) (out []attribute) {
		for _, a := range set {
			if !a.Type.Equal(id) {
				out = append(out, a)
			}
		}
		return out
	}
}

func naming(c *x509.Certificate) func([]attribute) []attribute {
	return func(set []attribute) []attribute {
		hash := sum(hashes[oidSHA256.String()], c.Raw)
		value := asn1.RawValue{FullBytes: mustMarshal(signingCertificate{Certs: []certID{{Hash: hash}}})}
		return append(without(oidSigningCertV2)(set), attribute{oidSigningCertV2, []asn1.RawValue{value}})
	}
}

func TestHostileCertificates(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*x509.Certificate)
		text   string
	}{
		"no usage":      {func(c *x509.Certificate) { c.ExtraExtensions = nil }, "not for timestamps alone"},
		"not critical":  {func(c *x509.Certificate) { c.ExtraExtensions = usage(false, 8) }, "critically"},
		"two usages":    {func(c *x509.Certificate) { c.ExtraExtensions = usage(true, 8, 3) }, "not for timestamps alone"},
		"unknown usage": {func(c *x509.Certificate) { c.ExtraExtensions = usage(true, 8, 36) }, "not for timestamps alone"},
		"any usage":     {func(c *x509.Certificate) { c.ExtraExtensions = usage(true, 1) }, "not for timestamps alone"},
		"expired":       {func(c *x509.Certificate) { c.NotAfter = now.Add(-time.Hour) }, "expired"},
		"not yet valid": {func(c *x509.Certificate) { c.NotBefore = now.Add(time.Hour) }, "not yet valid"},
		"may not sign":  {func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyAgreement }, "may not sign"},
	} {
		a := certified(t, c.change)
		refused(t, name, client(t, a, serve(t, hostile{Authority: a})), ErrAuthority, c.text)
	}
	a := authority(t)
	refused(t, "another root", client(t, authority(t), serve(t, a)), ErrAuthority, "unknown authority")
}

// TestChainThroughAnIntermediate: the token brings it along, or there is no way
// to the root.
func TestChainThroughAnIntermediate(t *testing.T) {
	root := issuer(t, nil, "Racine")
	middle := issuer(t, &root, "Intermédiaire")
	signer, leaf, err := middle.Leaf(rand.Reader, x509.Certificate{Subject: pkix.Name{CommonName: "Feuille"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), ExtraExtensions: []pkix.Extension{criticalUsage}})
	if err != nil {
		t.Fatal(err)
	}
	a := &Authority{signer, []*x509.Certificate{leaf, root.Certificate}, nil, noon}
	refused(t, "without", client(t, a, serve(t, hostile{Authority: a})), ErrAuthority, "unknown authority")
	with := hostile{Authority: a, signed: func(s *signedData) {
		s.Certificates.FullBytes, s.Certificates.Bytes = nil, append(bytes.Clone(middle.Certificate.Raw), leaf.Raw...)
	}}
	token, err := client(t, a, serve(t, with)).Timestamp(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	if chain, err := token.Verify(a.Roots(), now); err != nil || len(chain) != 3 || !chain[2].Equal(root.Certificate) {
		t.Errorf("chain of %d, %v", len(chain), err)
	}
}

// issuer is a CA that may have CAs below it.
func issuer(t *testing.T, by *issue.Issuer, name string) issue.Issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(5), Subject: pkix.Name{CommonName: name}, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(9, 0, 0),
		KeyUsage: x509.KeyUsageCertSign, BasicConstraintsValid: true, IsCA: true}
	if by == nil {
		by = &issue.Issuer{Signer: key, Certificate: template}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.Certificate, key.Public(), by.Signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return issue.Issuer{Signer: key, Certificate: c}
}
