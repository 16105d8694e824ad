package main

import (
	"context"
	"log/slog"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/mail"
	"jachete/mail/mailtest"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// A relay that refuses the certificate for its size gets the same mail without
// the file, and its link leads to the file.
func TestRelayThatRefusesTheFileGetsALink(t *testing.T) {
	w := realWorld(t, sqliteIn(t))
	_, token := w.Invite(t, workflowtest.Request())
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Script("camille@example.org", mailtest.Answer{At: mailtest.AtEnd, Code: 552, Text: "5.3.4 message too big"})
	mailThrough(t, w, relay)

	arrived := relay.ReceivedBy("camille@example.org")
	if len(arrived) != 1 {
		t.Fatalf("%d mails arrived", len(arrived))
	}
	l, err := mail.ParseLetter(arrived[0].Raw)
	if err != nil || len(l.Attachments) != 0 || !strings.Contains(l.Text, "n’est pas joint") {
		t.Fatalf("%d attachments, %v\n%s", len(l.Attachments), err, l.Text)
	}
	link := regexp.MustCompile(`\S+/c/\S+`).FindString(l.Text)
	cert, err := w.MailedCertificate(t.Context(), path.Base(link), workflowtest.Visit)
	if err != nil || cert.Certificate.Number != number || !strings.HasPrefix(string(cert.Certificate.PDF), "%PDF-") {
		t.Errorf("the link leads to %s, %v", cert.Certificate.Number, err)
	}
	for _, d := range deliveries(t, w) {
		if d.Kind == workflow.DeliveryCertificate && (d.State != workflow.DeliverySent || !d.LinkOnly) {
			t.Errorf("staff see %s, link only %v", d.State, d.LinkOnly)
		}
	}
}

// mailThrough sends all that waits through a relay.
func mailThrough(t *testing.T, w *workflowtest.World, relay *mailtest.Relay) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	address, err := mail.ParseSMTP(relay.URL())
	if err != nil {
		t.Fatal(err)
	}
	transport := mail.NewSMTP(address, mail.SMTPOptions{Clock: w.Clock, Log: log})
	defer transport.Close()
	composer, err := mail.NewComposer("signature@example.org", w.Clock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		mail.NewWorker(w.Service, composer, transport, w.Clock, log).Run(ctx)
	}()
	for range 500 {
		if time.Sleep(20 * time.Millisecond); allSent(t, w) {
			break
		}
	}
	stop()
	<-done
}
