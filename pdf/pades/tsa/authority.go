package tsa

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"time"

	"jachete/pdf/pades/issue"
)

// years is how long an authority of one's own is valid. Nobody outside limits
// it, and what it stamped today should be judged decades later.
const years = 30

// skew lets a machine whose clock is a little late accept a fresh certificate.
const skew = time.Hour

// policy is that of an authority of one's own: the tokens promise no more than
// RFC 3161 does. The arc is that of examples (ITU-T X.660, 2.999).
var policy = asn1.ObjectIdentifier{2, 999, 3161, 1}

// Authority issues timestamps under its own root. It is an http.Handler, and
// answers direct calls as a [Client] does. It is safe for concurrent use if the
// signer is.
type Authority struct {
	Signer crypto.Signer
	Chain  []*x509.Certificate  // signer's certificate, root
	List   *x509.RevocationList // of the root
	Clock  func() time.Time
}

// ownName is what readers of PDF files show as the source of the time: nobody
// should take the service's word for that of a third party.
const ownName = "Autorité d’horodatage du service lui-même"

// NewAuthority makes keys and certificates of an authority of the service
// itself, which its name says, and a revocation list, empty, for the root's
// lifetime. The organisation is the one that runs the service. The root's key
// is then forgotten: nothing else is ever issued.
func NewAuthority(random io.Reader, clock func() time.Time, organisation string) (*Authority, error) {
	now := clock()
	name := pkix.Name{Organization: []string{organisation}, CommonName: ownName + " – racine"}
	dates := x509.Certificate{Subject: name, NotBefore: now.Add(-skew), NotAfter: now.AddDate(years, 0, 0)}
	root, err := issue.Root(random, dates)
	if err != nil {
		return nil, err
	}
	dates.Subject.CommonName = ownName
	dates.KeyUsage = x509.KeyUsageDigitalSignature
	dates.ExtraExtensions = []pkix.Extension{criticalUsage}
	signer, leaf, err := root.Leaf(random, dates)
	if err != nil {
		return nil, err
	}
	list, err := root.List(random, now, dates.NotAfter)
	return &Authority{signer, []*x509.Certificate{leaf, root.Certificate}, list, clock}, err
}

// criticalUsage is the extension as RFC 3161, 2.3 wants it: timestamps, nothing
// else, critical.
var criticalUsage = pkix.Extension{Id: oidExtKeyUsage, Critical: true, Value: mustMarshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})}

func mustMarshal(value any) []byte {
	der, err := asn1.Marshal(value)
	if err != nil {
		panic(err)
	}
	return der
}

// Room is the place to keep for a token, in bytes.
func (a *Authority) Room() int { return 512 + len(a.Chain[0].Raw) + 2*len(a.Chain[0].RawIssuer) }

// Roots is the one root.
func (a *Authority) Roots() []*x509.Certificate { return a.Chain[len(a.Chain)-1:] }

// Expires is when its tokens can no longer be judged without a newer timestamp
// over them. An authority that should vouch for twenty years more is replaced
// while it has that long; whoever archives keeps the old root beside the new.
func (a *Authority) Expires() time.Time { return a.Chain[0].NotAfter }

// Signers is the chain.
func (a *Authority) Signers(context.Context) ([]*x509.Certificate, error) { return a.Chain, nil }

// Timestamp issues a token for a SHA-256 digest.
func (a *Authority) Timestamp(_ context.Context, digest [sha256.Size]byte) (*Token, error) {
	der, err := a.issue(request{Imprint: sha256Imprint(digest[:]), CertReq: true})
	if err != nil {
		return nil, err
	}
	return Parse(der)
}

// issue makes a token for a question; its serial number is random.
func (a *Authority) issue(q request) ([]byte, error) {
	serial, err := issue.Serial(rand.Reader)
	if err != nil {
		return nil, err
	}
	text := a.Clock().UTC().Format("20060102150405Z")
	statement, err := asn1.Marshal(tstInfo{
		Version: 1, Policy: policy, Imprint: q.Imprint, Serial: serial, Nonce: q.Nonce,
		Time:     asn1.RawValue{Tag: asn1.TagGeneralizedTime, Bytes: []byte(text)},
		Accuracy: accuracy{Seconds: 1},
	})
	if err != nil {
		return nil, fmt.Errorf("tsa: statement: %w", err)
	}
	return sign(a.Signer, a.Chain[0], statement, q.CertReq)
}
