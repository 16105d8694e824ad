package workflow_test

import (
	"context"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// embargoed signs in a campaign whose embargo ends in a day.
func embargoed(t *testing.T, w *workflowtest.World) (c workflow.Campaign, number, secret string) {
	t.Helper()
	c = campaign(t, w, func(r *workflow.CampaignRequest) { r.Embargo = workflow.LocalTimeOf(w.Clock.Now().Add(24 * time.Hour)) })
	_, token := w.Invite(t, in(c))
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return c, number, secret
}

func total(t *testing.T, w *workflowtest.World) int {
	t.Helper()
	page, err := w.Register(t.Context(), workflow.RegisterFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return page.Total
}

func TestEmbargoTellsNothingButItsEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		c, number, secret := embargoed(t, w)
		v, err := w.VerifyNumber(ctx, number, workflowtest.Visit)
		if err != nil || !v.Embargo.Equal(c.EmbargoUntil) || v.Commitment != (workflow.Commitment{Number: number}) ||
			v.Record.Number != "" || v.Pole.Slug != "" {
			t.Errorf("%+v, %v", v, err)
		}
		p, err := w.Signing(ctx, secret)
		if err != nil || !p.Embargo.Equal(c.EmbargoUntil) {
			t.Errorf("the person is told %s, %v", p.Embargo, err)
		}
		for _, m := range w.Deliver(t) {
			if !m.Embargo.Equal(c.EmbargoUntil) {
				t.Errorf("the mail %s is told %s", m.Delivery.Kind, m.Embargo)
			}
		}
		if total(t, w) != 0 {
			t.Error("the register shows it")
		}
		_, err = w.OrganisationCommitments(ctx, "ville-de-riviere-exemple")
		wantKey(t, err, workflow.NotFound, "register.not-found")
		w.Clock.Move(24 * time.Hour)
		if v, err = w.VerifyNumber(ctx, number, workflowtest.Visit); err != nil || !v.Embargo.IsZero() || v.Record.Number != number || total(t, w) != 1 {
			t.Errorf("after: %+v, %v", v, err)
		}
		verifySound(t, w)
	})
}

// Whoever holds the file has what it says; whoever knows the number alone
// learns nothing by making a file with it.
func TestFilesUnderEmbargo(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		c, number, secret := embargoed(t, w)
		cert, err := w.SignedCertificate(ctx, secret)
		if err != nil {
			t.Fatal(err)
		}
		for name, f := range map[string]struct {
			file []byte
			want workflow.Verdict
		}{
			"the file":   {cert.PDF, workflow.VerdictGenuine},
			"with more":  {append(cert.PDF[:len(cert.PDF):len(cert.PDF)], "more"...), workflow.VerdictAltered},
			"the number": {[]byte("%PDF-1.7 " + number), workflow.VerdictAltered},
		} {
			v, err := w.VerifyUpload(ctx, f.file, workflowtest.Visit)
			if err != nil || v.Verdict != f.want || !v.Embargo.Equal(c.EmbargoUntil) || v.Commitment.Organisation.Name != "" || v.Commitment.SignedOn != "" {
				t.Errorf("%s: %+v, %v", name, v, err)
			}
			if holds := name == "with more"; holds != (v.Original != "") {
				t.Errorf("%s: original at %q", name, v.Original)
			}
		}
	})
}

func TestEmbargoMoves(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c, number, _ := embargoed(t, w)
		another := workflowtest.New(t, w.Store) // an instance that has its own memory
		another.Clock.Move(w.Clock.Now().Sub(another.Clock.Now()))
		change := func(until time.Time) {
			t.Helper()
			r := workflow.CampaignRequest{Name: c.Name, Embargo: workflow.LocalTimeOf(until)}
			if _, err := w.ChangeCampaign(t.Context(), workflow.Operator(), "estrie", c.Slug, r); err != nil {
				t.Fatal(err)
			}
		}
		if total(t, w)+total(t, another) != 0 {
			t.Error("it is public at once")
		}
		change(w.Clock.Now().Add(72 * time.Hour))
		w.Clock.Move(25 * time.Hour)
		another.Clock.Move(25 * time.Hour)
		if total(t, w)+total(t, another) != 0 {
			t.Error("the former moment still holds")
		}
		change(time.Time{})
		if total(t, w) != 1 || total(t, another) != 1 {
			t.Error("lifting the embargo does not publish")
		}
		at := w.Clock.Now()
		change(at.Add(72 * time.Hour))
		if total(t, w) != 1 || total(t, another) != 1 {
			t.Error("what was public is hidden again")
		}
		commitment, err := w.Store.CommitmentByNumber(t.Context(), number)
		if err != nil || !commitment.PublishedAt.Equal(at) {
			t.Errorf("published at %s, want %s (%v)", commitment.PublishedAt, at, err)
		}
	})
}

func TestEmbargoEndsAtItsMoment(t *testing.T) {
	c := workflow.Commitment{PublishedAt: workflowtest.Start}
	if !c.EmbargoAt(workflowtest.Start).IsZero() || c.EmbargoAt(workflowtest.Start.Add(-1)).IsZero() {
		t.Error("public from its moment on, not before or after")
	}
}

// changing does something while a certificate is being sealed.
type changing struct {
	workflow.Sealer
	meanwhile func()
}

func (x changing) Seal(ctx context.Context, c workflow.CertificateContent, at time.Time) (workflow.Sealed, error) {
	x.meanwhile()
	return x.Sealer.Seal(ctx, c, at)
}

// The embargo that counts is that of the commit, not of the start.
func TestEmbargoIsReadWithTheAct(t *testing.T) {
	w := workflowtest.New(t, openStore(t, databases["sqlite"](t)))
	c := campaign(t, w)
	_, token := w.Invite(t, in(c))
	secret, form := w.Ready(t, token)
	w.Service.Sealer = changing{w.Service.Sealer, func() {
		r := workflow.CampaignRequest{Name: c.Name, Embargo: workflow.LocalTimeOf(w.Clock.Now().Add(time.Hour))}
		if _, err := w.ChangeCampaign(t.Context(), workflow.Operator(), "estrie", c.Slug, r); err != nil {
			t.Error(err)
		}
	}}
	if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	if total(t, w) != 0 {
		t.Error("an embargo set while the certificate was being sealed does not hold")
	}
}
