package tsa

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// Bounds of one question to one authority.
const (
	patience = 10 * time.Second
	maxSkew  = 5 * time.Minute // between the authority's clock and ours
)

// Room is what a place for a token of an unknown authority should have, in
// bytes: public ones send between 2 and 7 KiB, chain included.
const Room = 8 << 10

// ErrAnswer tells that an authority gave no token for our question: a refusal,
// another question's answer, no answer to RFC 3161 at all.
var ErrAnswer = errors.New("tsa: answer")

// Client asks authorities over HTTP. It is safe for concurrent use.
type Client struct {
	addresses []string
	roots     []*x509.Certificate
	clock     func() time.Time
	patience  time.Duration
	http      *http.Client
	signers   atomic.Pointer[[]*x509.Certificate] // of the last token
}

// NewClient makes a client of authorities at these http or https addresses, in
// the order in which to ask them, whose certificates must lead to one of the
// roots.
func NewClient(addresses []string, roots []*x509.Certificate, clock func() time.Time) (*Client, error) {
	if len(addresses) == 0 || len(roots) == 0 {
		return nil, errors.New("tsa: no authority or no root")
	}
	for _, a := range addresses {
		u, err := url.Parse(a)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("tsa: %q is no http or https address", a)
		}
	}
	return &Client{addresses: addresses, roots: roots, clock: clock, patience: patience, http: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Room is the place to keep for a token, in bytes.
func (c *Client) Room() int { return Room }

// Roots are the pinned roots.
func (c *Client) Roots() []*x509.Certificate { return c.roots }

// Signers gives the chain of the authority that answered last, its own
// certificate first. Only a token tells: if there was none yet, one is asked
// for, of nothing.
func (c *Client) Signers(ctx context.Context) ([]*x509.Certificate, error) {
	if c.signers.Load() == nil {
		if _, err := c.Timestamp(ctx, sha256.Sum256(nil)); err != nil {
			return nil, err
		}
	}
	return *c.signers.Load(), nil
}

// Timestamp gets a token for a SHA-256 digest from the first authority whose
// answer holds. Errors: one per authority, joined, each with its address; ctx's
// own when it ends.
func (c *Client) Timestamp(ctx context.Context, digest [sha256.Size]byte) (*Token, error) {
	var errs []error
	for _, address := range c.addresses {
		token, err := c.ask(ctx, address, digest)
		if err == nil {
			return token, nil
		}
		errs = append(errs, fmt.Errorf("tsa: %s: %w", address, err))
		if ctx.Err() != nil {
			break
		}
	}
	return nil, errors.Join(errs...)
}

func (c *Client) ask(ctx context.Context, address string, digest [sha256.Size]byte) (*Token, error) {
	q, err := newQuestion(digest)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	body, err := c.post(ctx, address, q.der)
	if err != nil {
		return nil, err
	}
	token, err := q.read(body)
	if err != nil {
		return nil, err
	}
	if skew := token.Time.Sub(c.clock()); skew.Abs() > maxSkew {
		return nil, fmt.Errorf("%w: its time is %s away from ours", ErrAnswer, skew.Round(time.Second))
	}
	chain, err := token.Verify(c.roots, token.Time)
	if err == nil {
		c.signers.Store(&chain)
	}
	return token, err
}

// post sends a question (RFC 3161, 3.4) and reads at most [MaxToken] bytes.
func (c *Client) post(ctx context.Context, address string, question []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(question))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/timestamp-query")
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: HTTP status %d", ErrAnswer, answer.StatusCode)
	}
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if kind != "application/timestamp-reply" {
		return nil, fmt.Errorf("%w: content type %q", ErrAnswer, kind)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, MaxToken+1))
	if len(body) > MaxToken {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrAnswer, MaxToken)
	}
	return body, err
}
