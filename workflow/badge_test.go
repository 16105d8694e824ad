package workflow_test

import (
	"path"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// A badge says since when an organisation has been a signatory, through every
// renewal, and what became of the commitment it names.
func TestBadgeFollowsTheCommitment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		first := signed(t, w, workflowtest.Request())
		b, err := w.Badge(t.Context(), first.number)
		if err != nil || b != (workflow.Badge{Number: first.number, Organisation: "Ville de Rivière-Exemple", Since: 2026, Status: workflow.CommitmentActive}) {
			t.Fatalf("%+v, %v", b, err)
		}
		w.Clock.Move(500 * 24 * time.Hour)
		second := signed(t, w, workflowtest.Request())
		if b, err = w.Badge(t.Context(), second.number); err != nil || b.Since != 2026 || !b.Holds() {
			t.Errorf("renewed: %+v, %v", b, err)
		}
		if b, err = w.Badge(t.Context(), first.number); err != nil || b.Status != workflow.CommitmentSuperseded {
			t.Errorf("replaced: %+v, %v", b, err)
		}
		if err := w.Withdraw(t.Context(), second.token, second.confirmed(), true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if b, err = w.Badge(t.Context(), second.number); err != nil || b.Holds() {
			t.Errorf("withdrawn: %+v, %v", b, err)
		}
		third := signed(t, w, workflowtest.Request())
		if b, err = w.Badge(t.Context(), third.number); err != nil || b.Since != 2028 {
			t.Errorf("signed anew after a withdrawal: %+v, %v", b, err)
		}
		for _, unknown := range []string{"", "ESJ-2026-AAAA-AAAA", "x"} {
			_, err := w.Badge(t.Context(), unknown)
			wantKey(t, err, workflow.NotFound, "certificate.not-found")
		}
	})
}

// Under embargo a badge is unknown, and what is withdrawn before the day never
// comes out; its holder may withdraw all the same.
func TestEmbargoAfterSigning(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		held := underEmbargo(t, w, "Ville de Rivière-Exemple", "camille@example.org")
		other := underEmbargo(t, w, "Ville voisine", "voisine@example.org")
		_, err := w.Badge(t.Context(), held.number)
		wantKey(t, err, workflow.NotFound, "certificate.not-found")
		if p := held.page(""); p.Embargo.IsZero() {
			t.Error("the page of who signed knows of no embargo")
		}
		if err := w.Withdraw(t.Context(), held.token, held.confirmed(), true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if v := commitment(t, w, held.number); v.Embargo.IsZero() || v.Commitment.Status != "" {
			t.Errorf("the number tells %+v before its time", v.Commitment)
		}
		w.Clock.Move(40 * 24 * time.Hour)
		wantRegister(t, w, other.number)
		if v := commitment(t, w, held.number); v.Commitment.Status != workflow.CommitmentWithdrawn {
			t.Errorf("its holder is told %s", v.Commitment.Status)
		}
		if b, err := w.Badge(t.Context(), other.number); err != nil || !b.Holds() {
			t.Errorf("public by now: %+v, %v", b, err)
		}
	})
}

// underEmbargo signs in a campaign that is secret for a month.
func underEmbargo(t *testing.T, w *workflowtest.World, organisation, email string) *holder {
	t.Helper()
	until := workflowtest.Start.Add(30 * 24 * time.Hour)
	err := w.Store.Update(t.Context(), func(tx workflow.Tx) error {
		c := workflow.Campaign{PoleSlug: "estrie", Slug: "automne", Name: "Automne", EmbargoUntil: until, CreatedAt: workflowtest.Start}
		if err := tx.AddCampaign(t.Context(), c); err != nil && !workflow.IsKind(err, workflow.Conflict) {
			return err
		}
		return nil
	})
	if err != nil && !workflow.IsKind(err, workflow.Conflict) {
		t.Fatal(err)
	}
	r := workflowtest.Request()
	r.Organisation, r.Contact.Email, r.Campaign = organisation, email, "automne"
	return signed(t, w, r)
}

// The link of an invitation that corrects opens, and its page knows why.
func TestCorrectedInvitationSaysSo(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		if err := w.AskCorrection(t.Context(), h.token, h.confirmed(), workflow.CorrectionForm{Field: "other", Wanted: "x"}, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		w.Deliver(t)
		if _, err := w.InviteToCorrect(t.Context(), workflow.Operator(), h.invitation.ID); err != nil {
			t.Fatal(err)
		}
		link, err := w.PeekLink(t.Context(), path.Base(w.Deliver(t)[0].LinkURL), workflowtest.Visit)
		if err != nil || link.Renews.Number != h.number || link.Renews.Version != link.Invitation.DeclarationVersion {
			t.Errorf("%+v, %v", link.Renews, err)
		}
	})
}
