package tsa

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"jachete/pdf/pades/issue"
)

// PEM writes an authority to be kept in one file, which is a secret: key,
// certificates, revocation list.
func (a *Authority) PEM() ([]byte, error) {
	out, err := issue.SignerPEM(a.Signer)
	for _, c := range a.Chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return append(out, issue.ListPEM(a.List)...), err
}

// ParseAuthority reads what [Authority.PEM] wrote. It refuses an authority
// whose parts do not belong together or which is not valid now.
func ParseAuthority(file []byte, clock func() time.Time) (*Authority, error) {
	a := &Authority{Clock: clock}
	for block, rest := pem.Decode(file); block != nil; block, rest = pem.Decode(rest) {
		if err := a.read(block); err != nil {
			return nil, fmt.Errorf("tsa: authority's file: %w", err)
		}
	}
	if a.Signer == nil || len(a.Chain) != 2 || a.List == nil {
		return nil, errors.New("tsa: authority's file: incomplete")
	}
	if err := a.List.CheckSignatureFrom(a.Chain[1]); err != nil {
		return nil, fmt.Errorf("tsa: authority's file: revocation list: %w", err)
	}
	return a, a.check()
}

func (a *Authority) read(block *pem.Block) (err error) {
	switch block.Type {
	case "PRIVATE KEY":
		a.Signer, err = issue.ParseSigner(pem.EncodeToMemory(block))
	case "CERTIFICATE":
		var c *x509.Certificate
		c, err = x509.ParseCertificate(block.Bytes)
		a.Chain = append(a.Chain, c)
	case "X509 CRL":
		a.List, err = issue.ParseList(block.Bytes)
	}
	return err
}

// check issues a token and judges it: key, certificates and dates fit.
func (a *Authority) check() error {
	der, err := a.issue(request{Imprint: sha256Imprint(make([]byte, 32)), CertReq: true})
	if err != nil {
		return err
	}
	token, err := Parse(der)
	if err != nil {
		return err
	}
	_, err = token.Verify(a.Roots(), token.Time)
	return err
}
