package workflow_test

import (
	"path"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// holder is somebody who signed, with the link of the certificate mail.
type holder struct {
	*workflowtest.World
	t          *testing.T
	invitation workflow.Invitation
	number     string
	token      string
}

// signed brings an invitation to its certificate mail; change edits what the
// last step sends.
func signed(t *testing.T, w *workflowtest.World, r workflow.InviteRequest, change ...func(*workflow.SignRequest)) *holder {
	t.Helper()
	w.Clock.Move(time.Hour) // codes to one mailbox are counted by the hour
	inv, token := w.Invite(t, r)
	secret, form := w.Ready(t, token)
	for _, f := range change {
		f(&form)
	}
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	h := &holder{World: w, t: t, invitation: inv, number: number}
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryCertificate {
			h.token = path.Base(m.LinkURL)
		}
	}
	return h
}

func namedInRegister(r *workflow.SignRequest) { r.Publish.Signatory = true }

// confirmed gives the secret of a browser that gave the code.
func (h *holder) confirmed() string {
	h.t.Helper()
	h.Clock.Move(time.Hour)
	browser := h.Browser()
	if err := h.SendManageCode(h.t.Context(), h.token, browser, workflowtest.Visit); err != nil {
		h.t.Fatal(err)
	}
	secret, err := h.ConfirmManageCode(h.t.Context(), h.token, browser, h.Courier.Last(h.t), workflowtest.Visit)
	if err != nil {
		h.t.Fatal(err)
	}
	return secret
}

func (h *holder) page(secret string) workflow.PersonalPage {
	h.t.Helper()
	p, err := h.PersonalPage(h.t.Context(), h.token, secret, workflowtest.Visit)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// poleHasAddress gives estrie an address to write to.
func poleHasAddress(t *testing.T, w *workflowtest.World) {
	t.Helper()
	err := w.Store.Update(t.Context(), func(tx workflow.Tx) error {
		pole, err := tx.Pole(t.Context(), "estrie")
		if err != nil {
			return err
		}
		pole.Contact.Email = "pole@example.org"
		return tx.SetPole(t.Context(), pole)
	})
	if err != nil {
		t.Fatal(err)
	}
}
