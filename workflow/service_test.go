package workflow_test

import (
	"path/filepath"
	"testing"
	"time"

	"jachete/store"
	"jachete/store/storetest"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

var migrated = storetest.NewMigrated(store.Open)

// databases give a fresh database of each kind.
var databases = map[string]func(*testing.T) string{
	"sqlite":   func(t *testing.T) string { return migrated.SQLite(t) },
	"postgres": func(t *testing.T) string { return migrated.Postgres(t) },
}

func openStore(t *testing.T, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// onBoth runs a test on SQLite and on PostgreSQL.
func onBoth(t *testing.T, test func(*testing.T, *workflowtest.World)) {
	for name, dsn := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, workflowtest.New(t, openStore(t, dsn(t))))
		})
	}
}

func wantKey(t *testing.T, err error, kind workflow.ErrorKind, key string) {
	t.Helper()
	if !workflow.IsKind(err, kind) || workflow.KeyOf(err) != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

// wantField expects an Invalid error about one field.
func wantField(t *testing.T, err error, field, key string) {
	t.Helper()
	var e *workflow.Error
	if !asError(err, &e) || e.Kind != workflow.Invalid {
		t.Errorf("got %v, want %s refused", err, field)
		return
	}
	for _, f := range e.Fields {
		if f.Field == field && f.Key == key {
			return
		}
	}
	t.Errorf("got %v, want %s %s", err, field, key)
}

func state(t *testing.T, w *workflowtest.World, id string) workflow.State {
	t.Helper()
	page, err := w.Invitation(t.Context(), workflow.Operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	return page.State
}

func TestFromInvitationToRegister(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		if got := state(t, w, inv.ID); got != workflow.StateSent {
			t.Errorf("after the relay's 250: %s", got)
		}
		secret, form := w.Ready(t, token)
		form.Publish.Signatory = true
		number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		page, err := w.Register(t.Context(), workflow.RegisterFilter{Query: "riviere exemple"})
		if err != nil || page.Total != 1 || page.Commitments[0].Number != number || page.Commitments[0].PublicName != "Camille Exemple" {
			t.Errorf("register holds %+v, %v", page, err)
		}
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryCertificate || len(mails[0].PDF) == 0 {
			t.Errorf("mailed %+v", mails)
		}
		if _, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit); err != nil {
			t.Error(err)
		}
		verifySound(t, w)
	})
}

func verifySound(t *testing.T, w *workflowtest.World) {
	t.Helper()
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	report, err := w.VerifyJournal(t.Context(), nil, true)
	if err != nil || report.Entries == 0 || report.Checkpoints == 0 {
		t.Errorf("journal: %+v, %v", report, err)
	}
}

func TestNothingPersonalIsPublicUnlessChosen(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		page, err := w.Register(t.Context(), workflow.RegisterFilter{})
		if err != nil || page.Commitments[0].PublicName != "" || page.Commitments[0].PublicFunction != "" {
			t.Errorf("register holds %+v, %v", page.Commitments, err)
		}
	})
}

func TestSigningAgainTellsTheTruth(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		first, form := w.Ready(t, token)
		w.Clock.Move(2 * time.Minute)
		second := w.Open(t, token)
		w.Confirm(t, second)
		number, err := w.Sign(t.Context(), first, form, workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.Sign(t.Context(), first, form, workflowtest.Visit)
		if err != nil || again != number {
			t.Errorf("the retry got %q, %v, want %q", again, err, number)
		}
		_, err = w.Sign(t.Context(), second, form, workflowtest.Visit)
		wantKey(t, err, workflow.Conflict, "step.signed")
		_, err = w.OpenLink(t.Context(), token, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.signed")
	})
}

func TestStepsCannotBeSkipped(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		_, err := w.Sign(t.Context(), secret, workflow.SignRequest{Consent: true}, workflowtest.Visit)
		wantKey(t, err, workflow.Conflict, "step.order")
		wantKey(t, w.SendCode(t.Context(), secret, workflowtest.Visit), workflow.Conflict, "step.order")
		wantKey(t, w.ConfirmCode(t.Context(), secret, "123456"), workflow.Conflict, "step.order")
		_, err = w.SignedCertificate(t.Context(), secret)
		wantKey(t, err, workflow.Conflict, "step.order")
		if len(w.Courier.Codes()) != 0 {
			t.Error("a code was mailed")
		}
	})
}

func TestSigningAsksForConsentNameAndTheTextShown(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		secret, form := w.Ready(t, token)
		sign := func(change func(*workflow.SignRequest)) error {
			r := form
			change(&r)
			_, err := w.Sign(t.Context(), secret, r, workflowtest.Visit)
			return err
		}
		wantField(t, sign(func(r *workflow.SignRequest) { r.Consent = false }), "consent", "signature.consent")
		wantField(t, sign(func(r *workflow.SignRequest) { r.TypedName = "Quelqu’un d’autre" }), "typed", "signature.name")
		wantKey(t, sign(func(r *workflow.SignRequest) { r.Review = "" }), workflow.Conflict, "step.review")
		err := w.SaveOrganisation(t.Context(), secret, workflow.OrganisationForm{Organisation: "Ville de Rivière-Exemple", Name: "Camille Exemple", Function: "Mairesse"})
		if err != nil {
			t.Fatal(err)
		}
		wantKey(t, sign(func(*workflow.SignRequest) {}), workflow.Conflict, "step.review")
		form = w.Form(t, secret)
		if err := sign(func(r *workflow.SignRequest) { r.TypedName = "camille  exemple" }); err != nil {
			t.Errorf("the name in small letters was refused: %v", err)
		}
	})
}

func TestDeadLinksSayWhy(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		peek := func(token string) error { _, err := w.PeekLink(ctx, token, workflowtest.Visit); return err }
		inv, old := w.Invite(t, workflowtest.Request())
		session := w.Open(t, old)
		if err := w.Resend(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		wantKey(t, peek(old), workflow.Gone, "link.replaced")
		_, err := w.Signing(ctx, session)
		wantKey(t, err, workflow.Gone, "link.replaced")
		fresh := tokenOf(t, w)
		if err := peek(fresh); err != nil {
			t.Error(err)
		}
		if err := w.Revoke(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		wantKey(t, peek(fresh), workflow.Gone, "link.revoked")
		wantKey(t, w.Resend(ctx, workflow.Operator(), inv.ID), workflow.Conflict, "invitation.cannot-resend")

		short := workflowtest.Request()
		short.Contact.Email, short.Life = "autre@example.org", 3*time.Second
		inv, token := w.Invite(t, short)
		session = w.Open(t, token)
		w.Clock.Move(3 * time.Second)
		wantKey(t, peek(token), workflow.Gone, "link.expired")
		wantKey(t, w.MarkRead(ctx, session), workflow.Gone, "link.expired")
		if got := state(t, w, inv.ID); got != workflow.StateExpired {
			t.Errorf("state %s", got)
		}
		wantKey(t, peek("x.y.z"), workflow.NotFound, "link.unknown")
	})
}

// tokenOf delivers the mail and gives the token of the link in it.
func tokenOf(t *testing.T, w *workflowtest.World) string {
	t.Helper()
	mails := w.Deliver(t)
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	return filepath.Base(mails[0].LinkURL)
}

func TestExpirySweepMarksAndCancels(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		r.Life = time.Minute
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(time.Hour)
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Errorf("mailed %d dead links", len(mails))
		}
		page, err := w.Invitation(t.Context(), workflow.Operator(), inv.ID)
		if err != nil || page.State != workflow.StateExpired || page.Deliveries[0].State != workflow.DeliveryCancelled {
			t.Errorf("%+v, %v", page, err)
		}
	})
}

func asError(err error, target **workflow.Error) bool {
	e, ok := err.(*workflow.Error)
	if ok {
		*target = e
	}
	return ok
}
