package workflow

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"
	"sync"
	"time"

	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// Config is what a Service is made of. All fields but Upgrader are required.
type Config struct {
	Store   Store
	Sealer  Sealer
	Courier Courier
	Clock   Clock
	Atlas   *territory.Atlas
	Keys    Keys
	// BaseURL is the public address, without a slash at its end: the only
	// source of links.
	BaseURL string
	// Upgrader is nil when no timestamp authority is configured.
	Upgrader Upgrader
	// Alarm is called when somebody has to know at once: what happened, to which
	// record, and why.
	Alarm func(kind, record string, err error)
	// Build says which program signs, for the evidence.
	Build Build
	// ClockState tells how far the machine's clock is trusted, for the evidence.
	ClockState func() ClockState
	// Page writes what a certificate says as a page that stands alone.
	Page func(CertificateContent, Sealed) ([]byte, error)
	// Signer signs bytes with the key of the seal, at a time that is its own to
	// check: a detached CMS in DER.
	Signer func(ctx context.Context, content []byte, at time.Time) (cms []byte, err error)
	// TOTP gives the six digits of a secret (base 32) at a 30 s step, RFC 6238.
	TOTP func(secret string, step int64) (string, error)
}

// Keys are the secrets of the domain. They live outside the database.
type Keys struct {
	Links      []LinkKey
	Codes      []byte // HMAC of one-time codes, and of addresses in limits
	TOTP       []byte // AES-256 key that encrypts second-factor secrets
	Checkpoint string // signed-note secret key, see journal.GenerateKey
	// FormerCheckpoints are the public keys of those used before: what they
	// signed stays verifiable.
	FormerCheckpoints []string
}

// Service offers the use cases. It is safe for concurrent use.
type Service struct {
	Config
	links  *Links
	random io.Reader
	wake   chan struct{}
	// batchWake is signalled when a batch was confirmed.
	batchWake chan struct{}
	// directory is laid out when first searched.
	directory func() []listedPlace
	history   *journal.History
	// gazetteer is laid out when first asked.
	gazetteer func() gazetteer
}

// NewService checks the configuration and makes the service.
func NewService(c Config) (*Service, error) {
	links, err := NewLinks(c.Keys.Links, c.Clock)
	if err != nil {
		return nil, err
	}
	if err := c.Keys.check(); err != nil {
		return nil, err
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return &Service{Config: c, links: links, random: rand.Reader, wake: make(chan struct{}, 1), batchWake: make(chan struct{}, 1),
		history:   newHistory(c.Store),
		directory: sync.OnceValue(func() []listedPlace { return newDirectory(c.Atlas) }),
		gazetteer: sync.OnceValue(func() gazetteer { return newGazetteer(c.Atlas) })}, nil
}

// Visit is what a request tells of the browser that made it.
type Visit struct {
	IP             string // of the client, never of our own proxy
	Port           string // of whoever connected to us: the client or our proxy
	Forwarded      string // X-Forwarded-For as a proxy of ours gave it; empty without one
	UserAgent      string
	AcceptLanguage string
	RequestID      string
}

// Wake is signalled when mail was queued.
func (s *Service) Wake() <-chan struct{} { return s.wake }

func (s *Service) signalMail() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Service) now() time.Time { return s.Clock.Now() }

// newSecret makes a browser's secret and the hash that is stored of it.
func newSecret() (secret, hash string) {
	raw := make([]byte, 32)
	rand.Read(raw)
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return secret, hashSecret(secret)
}

func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// mac is a keyed hash for values that must not be read back from the database.
func (s *Service) mac(purpose string, values ...string) []byte {
	h := hmac.New(sha256.New, s.Keys.Codes)
	h.Write([]byte(purpose))
	for _, v := range values {
		h.Write([]byte{0})
		h.Write([]byte(v))
	}
	return h.Sum(nil)
}

// event starts a journal event of an actor at this moment.
func (s *Service) event(kind string, a Actor, pole, record string) journal.Event {
	return journal.Event{Type: kind, At: s.now(), Pole: pole, Record: record,
		Actor: journal.Actor{Kind: string(a.Kind), ID: a.Staff.ID}, Data: map[string]string{}}
}

// take spends one of a limit's uses, shared by every instance. It refuses when
// none is left, and also when the store cannot tell: limits fail closed.
func (s *Service) take(ctx context.Context, tx Tx, l limit, key string) error {
	ok, err := tx.Take(ctx, s.limitKey(l, key), l.uses, l.window, s.now())
	if err != nil {
		return err
	}
	if !ok {
		return &Error{Kind: Limited, Key: "limit." + l.name, RetryAfter: l.window}
	}
	return nil
}

// limitKey names a counter without what it counts: addresses stay unreadable.
func (s *Service) limitKey(l limit, key string) string {
	return l.name + ":" + hex.EncodeToString(s.mac("limit", key)[:16])
}

// limit is a number of uses per window of time.
type limit struct {
	name   string
	uses   int
	window time.Duration
}

// Limits, see docs/operations.md.
var (
	limitCodePause  = limit{"code-pause", 1, time.Minute}
	limitCodeHour   = limit{"code-hour", 3, time.Hour}
	limitCodeDay    = limit{"code-day", 6, 24 * time.Hour}
	limitSignIn     = limit{"sign-in", 10, 15 * time.Minute}
	limitSignInIP   = limit{"sign-in-address", 50, 15 * time.Minute}
	limitLink       = limit{"link", 300, time.Minute} // of mail scanners, which fetch by the hundred before the person does
	limitUnknown    = limit{"unknown-link", 20, time.Minute}
	limitNumber     = limit{"number", 60, time.Minute}
	limitUpload     = limit{"upload", 10, time.Minute}
	limitTOTP       = limit{"totp", 5, 5 * time.Minute}
	limitAskAgain   = limit{"ask-again", 3, 24 * time.Hour}
	limitSeatTries  = limit{"seat-tries", InvitationCodeTries, LongestLink} // of one link
	limitTransfer   = limit{"transfer", 5, 24 * time.Hour}
	limitSignInMail = limit{"sign-in-mail", 5, 15 * time.Minute}
)
