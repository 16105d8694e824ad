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
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// tokenShape is that of every link the service mints (RFC 7519, compact).
var tokenShape = regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.[\w-]+`)

// post sends all that waits through the real composer and worker, and gives the
// letters that arrived.
func post(t *testing.T, w *workflowtest.World, box mail.Mailbox) []mail.Letter {
	t.Helper()
	composer, err := mail.NewComposer("signature@example.org", w.Clock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		mail.NewWorker(w.Service, composer, box, w.Clock, slog.New(slog.DiscardHandler)).Run(ctx)
	}()
	for range 500 {
		if time.Sleep(20 * time.Millisecond); allSent(t, w) {
			break
		}
	}
	stop()
	<-done
	covers, err := box.List(100)
	if err != nil {
		t.Fatal(err)
	}
	var letters []mail.Letter
	for _, cover := range covers {
		l, err := box.Read(cover.ID)
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, l)
	}
	return letters
}

func deliveries(t *testing.T, w *workflowtest.World) (all []workflow.Delivery) {
	t.Helper()
	list, _, err := w.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		some, err := w.Store.DeliveriesOf(t.Context(), v.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

func allSent(t *testing.T, w *workflowtest.World) bool {
	t.Helper()
	for _, d := range deliveries(t, w) {
		if d.State == workflow.DeliveryWaiting || d.State == workflow.DeliverySending {
			return false
		}
	}
	return true
}

// Whatever was mailed, to whomever, in whichever language: what is kept of it
// opens nothing.
func TestNoCopyOfAMailHoldsALink(t *testing.T) {
	w, box := realWorld(t, sqliteIn(t)), mail.Mailbox{Dir: t.TempDir()}
	box.Clock = w.Clock
	agent, err := w.AddStaff(t.Context(), workflow.Operator(), workflow.StaffRequest{Email: "agent@example.org", Name: "Jo", Role: workflow.RoleAgent, Poles: []string{"estrie"}})
	if err != nil {
		t.Fatal(err)
	}
	r := workflowtest.Request()
	r.Message, r.Contact.Civility = "Au plaisir!", workflow.Madame
	inv, err := w.Service.Invite(t.Context(), workflow.StaffActor(agent), r)
	if err != nil {
		t.Fatal(err)
	}
	r.Language, r.Contact.Email = workflow.English, "b@example.org"
	if _, err := w.Service.Invite(t.Context(), workflow.StaffActor(agent), r); err != nil {
		t.Fatal(err)
	}
	post(t, w, box)
	w.Clock.Move(time.Minute)
	if err := w.Resend(t.Context(), workflow.Operator(), inv.ID); err != nil {
		t.Fatal(err)
	}
	letters := post(t, w, box)
	token := ""
	for _, l := range letters {
		if strings.Contains(l.To, r.Contact.Email) {
			token = path.Base(regexp.MustCompile(`\S+/i/\S+`).FindString(l.Text))
		}
	}
	secret, form := w.Ready(t, token)
	if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	letters = post(t, w, box)
	links := 0
	for _, l := range letters {
		links += len(tokenShape.FindAllString(l.Text, -1))
	}
	if len(letters) != 5 || links < 7 { // three invitations with two links each, a certificate with one
		t.Fatalf("%d letters hold %d links: the test looks at too little", len(letters), links)
	}
	kinds := map[workflow.DeliveryKind]int{}
	for _, d := range deliveries(t, w) {
		kinds[d.Kind]++
		if d.State != workflow.DeliverySent || !strings.Contains(d.Copy, "\n\n") {
			t.Errorf("%s %s: no copy: %q", d.Kind, d.State, d.Copy)
		}
		if found := tokenShape.FindString(d.Copy); found != "" {
			t.Errorf("the copy of %s holds %s", d.Kind, found)
		}
	}
	if kinds[workflow.DeliveryInvitation] != 3 || kinds[workflow.DeliveryCertificate] != 1 || kinds[workflow.DeliveryPoleCopy] != 1 {
		t.Errorf("%v", kinds)
	}
}
