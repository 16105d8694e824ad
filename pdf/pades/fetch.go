package pades

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Bounds of fetching a revocation list. Those of big public authorities have a
// few hundred kilobytes.
const (
	listPatience = 10 * time.Second
	maxList      = 2 << 20 // bytes
)

// Published is a [Source] that fetches lists from the addresses in the
// certificates (RFC 5280, 4.2.1.13). Ask it only about chains that lead to a
// pinned root: the addresses are then that authority's, not anybody's. The
// zero value is ready.
type Published struct{ Client http.Client }

// List fetches the list and verifies that the issuer signed it. Errors: one per
// address, joined; [ErrEvidence] if the certificate has none.
func (p *Published) List(ctx context.Context, c, issuer *x509.Certificate) (*x509.RevocationList, error) {
	errs := []error{fmt.Errorf("%w: no revocation list published for %q", ErrEvidence, c.Subject.CommonName)}
	for _, address := range c.CRLDistributionPoints {
		list, err := p.fetch(ctx, address, issuer)
		if err == nil {
			return list, nil
		}
		errs = append(errs, fmt.Errorf("pades: %s: %w", address, err))
	}
	return nil, errors.Join(errs...)
}

func (p *Published) fetch(ctx context.Context, address string, issuer *x509.Certificate) (*x509.RevocationList, error) {
	if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("no http or https address")
	}
	der, err := p.get(ctx, address)
	if err != nil {
		return nil, err
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		return nil, err
	}
	return list, list.CheckSignatureFrom(issuer)
}

func (p *Published) get(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, listPatience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	answer, err := p.Client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP status %d", answer.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxList+1))
	if len(body) > maxList {
		return nil, fmt.Errorf("more than %d bytes", maxList)
	}
	return body, err
}
