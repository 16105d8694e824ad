// Package workflowtest lets tests live the domain's stories: a service on a
// given store, with a clock that tests move, a courier that remembers codes
// and a sealer that seals nothing.
package workflowtest

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// Start is when every world begins: a Sunday morning in Québec.
var Start = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)

// BaseURL is the public address of every world.
const BaseURL = "https://esja.example.org"

// Clock stands still until it is moved.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock makes a clock that stands at that time.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now implements workflow.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Move lets time pass.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Courier remembers the codes it is given.
type Courier struct {
	mu    sync.Mutex
	mails []workflow.CodeMail
	down  bool
}

// SendCode implements workflow.Courier.
func (c *Courier) SendCode(_ context.Context, m workflow.CodeMail) (answer string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.down {
		return "", errors.New("the relay is down")
	}
	c.mails = append(c.mails, m)
	return "250 OK", nil
}

// Fail makes the relay refuse, or take again.
func (c *Courier) Fail(down bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = down
}

// Codes gives the mails so far.
func (c *Courier) Codes() []workflow.CodeMail {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]workflow.CodeMail(nil), c.mails...)
}

// Last gives the code mailed last.
func (c *Courier) Last(t testing.TB) string {
	t.Helper()
	mails := c.Codes()
	if len(mails) == 0 {
		t.Fatal("no code was mailed")
	}
	return mails[len(mails)-1].Code
}

// Sealer writes what a certificate says as text.
type Sealer struct{}

// Seal implements workflow.Sealer.
func (Sealer) Seal(_ context.Context, c workflow.CertificateContent, at time.Time) (workflow.Sealed, error) {
	file := fmt.Appendf(nil, "%%PDF-1.7\n%+v\n%%%%EOF\n", c)
	sum := sha256.Sum256(file)
	return workflow.Sealed{PDF: file, SHA256: hex.EncodeToString(sum[:]), UnsealedSHA256: hex.EncodeToString(sum[:]), Level: "B-B", SealedAt: at}, nil
}

// Remake implements workflow.Sealer; a later revision is the one before with
// its growth behind it.
func (x Sealer) Remake(ctx context.Context, c workflow.CertificateContent, before []byte, s workflow.Sealed) ([]byte, error) {
	file := append(before[:len(before):len(before)], s.Growth...)
	if before == nil {
		again, err := x.Seal(ctx, c, s.SealedAt)
		if err != nil {
			return nil, err
		}
		file = again.PDF
	}
	if sum := sha256.Sum256(file); hex.EncodeToString(sum[:]) != s.SHA256 {
		return nil, errors.New("another file")
	}
	return file, nil
}

// Draft implements workflow.Sealer.
func (Sealer) Draft(_ context.Context, c workflow.CertificateContent, _ time.Time) ([]byte, error) {
	return fmt.Appendf(nil, "%%PDF-1.7\nPROJET\n%+v\n%%%%EOF\n", c), nil
}

// Copies implements workflow.Sealer.
func (Sealer) Copies(_ context.Context, list []workflow.CertificateContent, _ time.Time) ([]byte, error) {
	file := []byte("%PDF-1.7\nCOPIES\n")
	for _, c := range list {
		file = fmt.Appendf(file, "%s %s\n", c.Number, c.Organisation.Name)
	}
	return append(file, "%%EOF\n"...), nil
}

// Report implements workflow.Sealer.
func (Sealer) Report(_ context.Context, r workflow.CampaignReport) ([]byte, error) {
	return fmt.Appendf(nil, "%%PDF-1.7\nBILAN\n%+v\n%%%%EOF\n", r), nil
}

// Sign implements the signer of workflow.Config: the signature is the hash.
func (Sealer) Sign(_ context.Context, content []byte, _ time.Time) ([]byte, error) {
	sum := sha256.Sum256(content)
	return sum[:], nil
}

// World is a service and what it stands on.
type World struct {
	*workflow.Service
	Clock   *Clock
	Courier *Courier
}

// DeclarationFR and DeclarationEN are a small declaration with every
// placeholder.
const (
	DeclarationFR = "# Déclaration\n\nNous, **{organisation}**, achetons. Signée par **{prénom nom}**, {fonction}[ par la résolution no {numéro} adoptée le {date}].\n"
	DeclarationEN = "# Declaration\n\nWe, **{organization}**, buy.\n"
)

// New makes a world on a migrated store. Worlds on the same store share its
// keys, as instances do.
func New(t testing.TB, s workflow.Store) *World {
	t.Helper()
	w := &World{Clock: NewClock(Start), Courier: &Courier{}}
	w.Service = NewService(t, s, w.Clock, w.Courier, Sealer{})
	return w
}

// NewService makes and seeds a service of the given parts.
func NewService(t testing.TB, s workflow.Store, clock workflow.Clock, courier workflow.Courier, sealer workflow.Sealer) *workflow.Service {
	t.Helper()
	atlas, err := territory.Load()
	if err != nil {
		t.Fatal(err)
	}
	service, err := workflow.NewService(workflow.Config{
		Store: s, Sealer: sealer, Courier: courier, Clock: clock, Atlas: atlas, Keys: keys(t),
		BaseURL: BaseURL, Build: workflow.Build{Version: "test", Instance: "test"}, Page: page,
		ClockState: func() workflow.ClockState { return workflow.ClockState{Source: "test"} },
		Alarm:      func(kind, record string, err error) { t.Logf("alarm: %s %s: %v", kind, record, err) }, // tests may listen
		Signer:     Sealer{}.Sign,
		TOTP:       func(secret string, step int64) (string, error) { return TOTP(secret, step), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	err = service.Seed(t.Context(), []workflow.Declaration{{ID: workflow.DeclarationID, Version: "1.0",
		TitleFR: "Déclaration", TitleEN: "Declaration", TextFR: DeclarationFR, TextEN: DeclarationEN}})
	if err != nil {
		t.Fatal(err)
	}
	return service
}

// page stands for the page of a certificate.
func page(c workflow.CertificateContent, _ workflow.Sealed) ([]byte, error) {
	return fmt.Appendf(nil, "<!doctype html><title>%s</title>\n", c.Number), nil
}

// TOTP is a stand-in for RFC 6238: six digits of the secret and the step.
func TOTP(secret string, step int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", secret, step))
	return fmt.Sprintf("%06d", (int(sum[0])<<16|int(sum[1])<<8|int(sum[2]))%1000000)
}

var checkpointKey = sync.OnceValues(func() (string, error) {
	secret, _, err := journal.GenerateKey(rand.Reader)
	return secret, err
})

func keys(t testing.TB) workflow.Keys {
	t.Helper()
	checkpoint, err := checkpointKey()
	if err != nil {
		t.Fatal(err)
	}
	key := func(b byte) []byte { return bytes.Repeat([]byte{b}, workflow.MinKey) }
	return workflow.Keys{Links: []workflow.LinkKey{{ID: "k1", Secret: key(1)}}, Codes: key(2), TOTP: key(3), Checkpoint: checkpoint}
}

// Visit is a visitor's browser.
var Visit = workflow.Visit{IP: "192.0.2.7", UserAgent: "test", AcceptLanguage: "fr-CA", RequestID: "r1"}

// Request is a good request for an invitation; tests change what they are about.
func Request() workflow.InviteRequest {
	return workflow.InviteRequest{
		Pole: "estrie", Organisation: "Ville de Rivière-Exemple", Kind: workflow.KindMunicipality,
		Place:   territory.Place{RegionCode: "05"},
		Contact: workflow.Contact{Name: "Camille Exemple", Function: "Greffière", Email: "camille@example.org"},
		Source:  "https://example.org/",
	}
}

// Invite invites and delivers the mail; it gives the token of its link.
func (w *World) Invite(t testing.TB, r workflow.InviteRequest) (workflow.Invitation, string) {
	t.Helper()
	inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range w.Deliver(t) {
		if m.Delivery.InvitationID == inv.ID {
			return inv, path.Base(m.LinkURL)
		}
	}
	t.Fatal("no invitation was mailed")
	return inv, ""
}

// Deliver takes all the mail that is due, as a relay that accepts everything.
func (w *World) Deliver(t testing.TB) []workflow.MailContent {
	t.Helper()
	var mails []workflow.MailContent
	deliveries, err := w.ClaimDeliveries(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deliveries {
		m, err := w.MailContent(t.Context(), d)
		if workflow.IsKind(err, workflow.Gone) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SettleDelivery(t.Context(), d, workflow.Outcome{Sent: true, Answer: "250 OK"}); err != nil {
			t.Fatal(err)
		}
		mails = append(mails, m)
	}
	return mails
}

// Open exchanges a link for a browser's session.
func (w *World) Open(t testing.TB, token string) string {
	t.Helper()
	secret, err := w.OpenLink(t.Context(), token, Visit)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// Fill answers the pages before the code.
func (w *World) Fill(t testing.TB, secret string) {
	t.Helper()
	must(t, w.MarkRead(t.Context(), secret))
	must(t, w.SaveOrganisation(t.Context(), secret, workflow.OrganisationForm{Organisation: "Ville de Rivière-Exemple", Name: "Camille Exemple", Function: "Greffière"}))
	must(t, w.SaveResolution(t.Context(), secret, workflow.ResolutionForm{}))
}

// Confirm proves control of the mailbox.
func (w *World) Confirm(t testing.TB, secret string) {
	t.Helper()
	must(t, w.SendCode(t.Context(), secret, Visit))
	must(t, w.ConfirmCode(t.Context(), secret, w.Courier.Last(t)))
}

// Ready brings a browser to the last step and gives the form to send.
func (w *World) Ready(t testing.TB, token string) (secret string, form workflow.SignRequest) {
	t.Helper()
	secret = w.Open(t, token)
	w.Fill(t, secret)
	w.Confirm(t, secret)
	return secret, w.Form(t, secret)
}

// Form is the form of the last step, filled in.
func (w *World) Form(t testing.TB, secret string) workflow.SignRequest {
	t.Helper()
	p, err := w.Signing(t.Context(), secret)
	must(t, err)
	return workflow.SignRequest{TypedName: p.Signatory().Name, Consent: true, Review: p.ReviewSHA256}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
