package workflow_test

import (
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestAskingForACorrection(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		h := signed(t, w, workflowtest.Request())
		poleHasAddress(t, w)
		_, err := w.InviteToCorrect(ctx, workflow.Operator(), h.invitation.ID)
		wantKey(t, err, workflow.Conflict, "correction.none")
		secret := h.confirmed()
		ask := func(form workflow.CorrectionForm) error {
			return w.AskCorrection(ctx, h.token, secret, form, workflowtest.Visit)
		}
		wantField(t, ask(workflow.CorrectionForm{Wanted: "x"}), "wrong", "correction.choose")
		wantField(t, ask(workflow.CorrectionForm{Field: "name", Wanted: " "}), "wanted", "text.empty")
		wantField(t, ask(workflow.CorrectionForm{Field: "name", Wanted: strings.Repeat("x", 501)}), "wanted", "text.long")
		for _, wanted := range []string{"Mairesse", "Mairesse suppléante"} {
			if err := ask(workflow.CorrectionForm{Field: "function", Wanted: wanted}); err != nil {
				t.Fatal(err)
			}
		}
		var told []string
		for _, m := range w.Deliver(t) {
			if m.Delivery.Kind == workflow.DeliveryCorrection && m.Delivery.Recipient == "pole@example.org" {
				told = append(told, m.Correction.Wanted)
			}
		}
		if slices.Sort(told); !slices.Equal(told, []string{"Mairesse", "Mairesse suppléante"}) {
			t.Errorf("the pôle is told %q", told)
		}
		page, err := w.Invitation(ctx, workflow.Operator(), h.invitation.ID)
		if err != nil || len(page.Corrections) != 2 || page.Corrections[0].Field != "function" {
			t.Fatalf("staff see %+v, %v", page.Corrections, err)
		}
		made, err := w.InviteToCorrect(ctx, workflow.Operator(), h.invitation.ID)
		if err != nil || made.Renews == "" || made.Contact.Email != "camille@example.org" {
			t.Fatalf("invited %+v, %v", made, err)
		}
		_, err = w.InviteToCorrect(ctx, workflow.Operator(), h.invitation.ID)
		wantKey(t, err, workflow.Conflict, "invitation.open")
		mails := w.Deliver(t)
		if len(mails) != 1 || !mails[0].Corrects || mails[0].Renews.Number != h.number {
			t.Fatalf("mailed %+v", mails)
		}
		w.Clock.Move(24 * time.Hour)
		number := signsWith(t, w, path.Base(mails[0].LinkURL))
		old, corrected := commitment(t, w, h.number), commitment(t, w, number)
		if old.ReplacedBy.Number != number || corrected.Commitment.Replaces != old.Commitment.ID {
			t.Errorf("not linked: %s replaces %q", number, corrected.Commitment.Replaces)
		}
		_, err = w.InviteToCorrect(ctx, workflow.Operator(), h.invitation.ID)
		wantKey(t, err, workflow.Conflict, "correction.ended")
		verifySound(t, w)
	})
}

func TestCorrectionsAreBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		secret := h.confirmed()
		for i := range 6 {
			err := w.AskCorrection(t.Context(), h.token, secret, workflow.CorrectionForm{Field: "other", Wanted: "x"}, workflowtest.Visit)
			if i < 5 && err != nil {
				t.Fatal(err)
			} else if i == 5 {
				wantKey(t, err, workflow.Limited, "limit.correction")
			}
		}
	})
}
