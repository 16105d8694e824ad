package workflow_test

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"sync"
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

func TestWithdrawingACommitment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		other := workflowtest.Request()
		other.Organisation, other.Contact.Email = "Ville voisine", "voisine@example.org"
		signed(t, w, other)
		poleHasAddress(t, w)
		secret := h.confirmed()
		wantField(t, w.Withdraw(t.Context(), h.token, secret, false, workflowtest.Visit), "confirm", "withdraw.confirm-missing")
		if err := w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		today := workflow.CivilDate(w.Clock.Now())
		v := commitment(t, w, h.number)
		if v.Commitment.Status != workflow.CommitmentWithdrawn || v.Commitment.StatusOn != today {
			t.Errorf("the number says %s since %s", v.Commitment.Status, v.Commitment.StatusOn)
		}
		page, err := w.Register(t.Context(), workflow.RegisterFilter{Slug: v.Commitment.Slug})
		if err != nil || page.Total != 1 || page.Commitments[0].StatusOn != today {
			t.Errorf("the register shows %+v, %v", page, err)
		}
		counts, err := w.RegisterCounts(t.Context())
		if err != nil || counts.Total != 1 || counts.ByRegion["05"] != 1 || counts.ByYear[2026] != 1 {
			t.Errorf("counted %+v, %v", counts, err)
		}
		found, err := w.VerifyFile(t.Context(), h.page("").Certificate.PDF)
		if err != nil || found.Verdict != workflow.VerdictEnded || found.Commitment.Status != workflow.CommitmentWithdrawn {
			t.Errorf("its file is %s, %v", found.Verdict, err)
		}
		if b, err := w.Badge(t.Context(), h.number); err != nil || b.Holds() {
			t.Errorf("its badge: %+v, %v", b, err)
		}
		wantWithdrawalMails(t, w, h, today)
		wantKey(t, w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit), workflow.Conflict, workflow.KeyWithdrawn)
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Errorf("withdrawing again mails %d", len(mails))
		}
		verifySound(t, w)
	})
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

func wantWithdrawalMails(t *testing.T, w *workflowtest.World, h *holder, on string) {
	t.Helper()
	told := map[string]workflow.MailContent{}
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryWithdrawn {
			told[m.Delivery.Recipient] = m
		}
	}
	own, pole := told["camille@example.org"], told["pole@example.org"]
	if len(told) != 2 || own.WithdrawnOn != on || pole.WithdrawnOn != on || own.Team || !pole.Team {
		t.Fatalf("told %+v", told)
	}
	if path.Base(own.LinkURL) == path.Base(pole.LinkURL) || !strings.HasSuffix(pole.LinkURL, "/equipe/invitations/"+h.invitation.ID) {
		t.Errorf("the pôle is led to %s", pole.LinkURL)
	}
	if _, err := w.PersonalPage(t.Context(), path.Base(own.LinkURL), "", workflowtest.Visit); err != nil {
		t.Errorf("who signed is led nowhere: %v", err)
	}
}

// Of two withdrawals at once one counts, with its mails and its entry.
func TestTwoWithdrawalsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		secret := h.confirmed()
		w.Deliver(t)
		errs := make([]error, 6)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { errs[i] = w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit) })
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if workflow.KeyOf(err) != workflow.KeyWithdrawn {
				t.Errorf("a later one got %v", err)
			}
		}
		page, err := w.Invitation(t.Context(), workflow.Operator(), h.invitation.ID)
		entries := 0
		for _, e := range page.Events {
			if e.Type == "commitment.withdrawn" {
				entries++
			}
		}
		if mails := w.Deliver(t); done != 1 || entries != 1 || len(mails) != 1 || err != nil {
			t.Errorf("%d withdrew, %d entries, %d mails, %v", done, entries, len(mails), err)
		}
	})
}

// What is withdrawn can be signed for again by another invitation; what another
// commitment replaced cannot be withdrawn.
func TestAfterAnEndedCommitment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		first := signed(t, w, workflowtest.Request())
		if err := w.Withdraw(t.Context(), first.token, first.confirmed(), true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		second := signed(t, w, workflowtest.Request())
		third := signed(t, w, workflowtest.Request())
		wantKey(t, w.Withdraw(t.Context(), second.token, second.confirmed(), true, workflowtest.Visit), workflow.Conflict, "withdraw.superseded")
		if v := commitment(t, w, first.number); v.Commitment.Status != workflow.CommitmentWithdrawn {
			t.Errorf("the first is %s", v.Commitment.Status)
		}
		if counts, err := w.RegisterCounts(t.Context()); err != nil || counts.Total != 1 {
			t.Errorf("counted %d, %v", counts.Total, err)
		}
		if p := second.page(""); p.ReplacedBy.Number != third.number {
			t.Errorf("the second is replaced by %q", p.ReplacedBy.Number)
		}
	})
}

func TestChangingWhatIsPublished(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request(), namedInRegister)
		inRegister := func() string { return commitment(t, w, h.number).Commitment.PublicName }
		if inRegister() != "Camille Exemple" {
			t.Fatalf("named %q", inRegister())
		}
		wantKey(t, w.SetPublication(t.Context(), h.token, "", workflow.Publish{}, workflowtest.Visit), workflow.Unauthenticated, "manage.unconfirmed")
		secret := h.confirmed()
		for _, want := range []bool{false, false, true} {
			if err := w.SetPublication(t.Context(), h.token, secret, workflow.Publish{Signatory: want}, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
			if got := inRegister() != ""; got != want || h.page("").Publish().Signatory != want {
				t.Errorf("asked for %v, the register names %q", want, inRegister())
			}
		}
		if err := w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if err := w.SetPublication(t.Context(), h.token, secret, workflow.Publish{}, workflowtest.Visit); err != nil || inRegister() != "" {
			t.Errorf("the name of a withdrawn commitment stays: %q, %v", inRegister(), err)
		}
		if sig, err := w.Store.Signature(t.Context(), h.page("").Signature.ID); err != nil || !sig.Publish.Signatory {
			t.Errorf("the signature became %+v, %v", sig.Publish, err)
		}
		verifySound(t, w)
	})
}

// The code is for one browser, one certificate, once, for a while.
func TestCodeThatManages(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, v := t.Context(), workflowtest.Visit
		h := signed(t, w, workflowtest.Request())
		other := workflowtest.Request()
		other.Organisation, other.Contact.Email = "Ville voisine", "voisine@example.org"
		neighbour := signed(t, w, other)
		w.Clock.Move(time.Hour)
		browser := w.Browser()
		confirm := func(token, browser, typed string) error {
			_, err := w.ConfirmManageCode(ctx, token, browser, typed, v)
			return err
		}
		wantField(t, confirm(h.token, browser, "123456"), "code", "code.none")
		if err := w.SendManageCode(ctx, h.token, browser, v); err != nil {
			t.Fatal(err)
		}
		mail := w.Courier.Codes()[len(w.Courier.Codes())-1]
		if mail.To != "camille@example.org" || mail.Purpose != workflow.PurposeManage {
			t.Errorf("mailed %+v", mail)
		}
		wantKey(t, w.SendManageCode(ctx, h.token, browser, v), workflow.Limited, "limit.code-pause")
		wantField(t, confirm(h.token, browser, "12345"), "code", "code.shape")
		wantField(t, confirm(h.token, browser, otherCode(mail.Code)), "code", "code.wrong")
		wantField(t, confirm(h.token, w.Browser(), mail.Code), "code", "code.none")
		wantField(t, confirm(neighbour.token, browser, mail.Code), "code", "code.none")
		secret, err := w.ConfirmManageCode(ctx, h.token, browser, mail.Code[:3]+" "+mail.Code[3:], v)
		if err != nil {
			t.Fatal(err)
		}
		wantField(t, confirm(h.token, browser, mail.Code), "code", "code.none")
		if h.page(browser).Confirmed() || !h.page(secret).Confirmed() || neighbour.page(secret).Confirmed() {
			t.Error("another browser or another certificate is confirmed, or this one is not")
		}
		w.Clock.Move(29 * time.Minute)
		if !h.page(secret).Confirmed() {
			t.Error("over before its time")
		}
		w.Clock.Move(time.Minute)
		wantKey(t, w.Withdraw(ctx, h.token, secret, true, v), workflow.Unauthenticated, "manage.unconfirmed")
		if err := w.SendManageCode(ctx, h.token, browser, v); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(workflow.CodeLife)
		wantField(t, confirm(h.token, browser, w.Courier.Last(t)), "code", "code.none")
	})
}

func otherCode(right string) string {
	if right == "000000" {
		return "000001"
	}
	return "000000"
}

// Whoever holds the link can try ten codes a day, in however many browsers.
func TestCodesThatManageAreCounted(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		tries := 0
		for range 4 {
			w.Clock.Move(time.Hour)
			browser := w.Browser()
			if err := w.SendManageCode(t.Context(), h.token, browser, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
			wrong := otherCode(w.Courier.Last(t))
			for range workflow.CodeTries {
				_, err := w.ConfirmManageCode(t.Context(), h.token, browser, wrong, workflowtest.Visit)
				if workflow.KeyOf(err) == "limit.manage-tries" {
					if tries != 10 {
						t.Errorf("held after %d tries", tries)
					}
					return
				}
				tries++
			}
		}
		t.Errorf("never held, after %d tries", tries)
	})
}

// A relay that refuses the code leaves none behind.
func TestCodeThatNeverLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		w.Clock.Move(time.Hour)
		w.Courier.Fail(true)
		wantKey(t, w.SendManageCode(t.Context(), h.token, w.Browser(), workflowtest.Visit), workflow.Unavailable, "code.not-sent")
	})
}

// Only the link of a certificate mail opens the page: not that of an
// invitation, nor the one that whoever holds a file gets to the original.
func TestOtherLinksOpenNoPersonalPage(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		_, invited := w.Invite(t, func() workflow.InviteRequest {
			r := workflowtest.Request()
			r.Organisation, r.Contact.Email = "Ville voisine", "voisine@example.org"
			return r
		}())
		found, err := w.VerifyUpload(t.Context(), append(h.page("").Certificate.PDF, "\nplus\n"...), workflowtest.Visit)
		if err != nil || found.Original == "" {
			t.Fatalf("%+v, %v", found, err)
		}
		for name, token := range map[string]string{"invitation": invited, "original": path.Base(found.Original), "nothing": "a.b.c"} {
			_, err := w.PersonalPage(t.Context(), token, "", workflowtest.Visit)
			wantKey(t, err, workflow.NotFound, "link.unknown")
			wantKey(t, w.SendManageCode(t.Context(), token, w.Browser(), workflowtest.Visit), workflow.NotFound, "link.unknown")
			if t.Failed() {
				t.Fatal(name)
			}
		}
		if mailed, err := w.MailedCertificate(t.Context(), path.Base(found.Original), workflowtest.Visit); err != nil || !mailed.Original {
			t.Errorf("the original: %v", err)
		}
	})
}

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

// Every look at the evidence by staff or the operator is told to who signed,
// without saying who.
func TestLooksAtTheEvidence(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		h := signed(t, w, workflowtest.Request())
		if looks := h.page("").Looks; len(looks) != 0 {
			t.Fatalf("looks before any: %+v", looks)
		}
		agent := workflow.StaffActor(workflow.Staff{ID: "agent-1", Name: "Alex Exemple", Role: workflow.RoleAgent, Poles: []string{"estrie"}})
		for range 3 {
			if _, err := w.Invitation(ctx, agent, h.invitation.ID); err != nil {
				t.Fatal(err)
			}
		}
		for _, look := range []func() error{
			func() error { _, err := w.InvitationCertificate(ctx, agent, h.invitation.ID); return err },
			func() error { _, err := w.CertificateByNumber(ctx, workflow.Operator(), h.number); return err },
			func() error {
				return w.ExportInvitations(ctx, agent, workflow.InvitationFilter{Pole: "estrie"}, "csv", func(workflow.InvitationView) error { return nil })
			},
			func() error {
				return w.ExportInvitations(ctx, workflow.Operator(), workflow.InvitationFilter{Pole: "monteregie-est"}, "csv", func(workflow.InvitationView) error { return nil })
			},
		} {
			w.Clock.Move(time.Minute)
			if err := look(); err != nil && !workflow.IsKind(err, workflow.NotFound) {
				t.Fatal(err)
			}
		}
		var got []string
		for _, l := range h.page("").Looks {
			got = append(got, l.What+" "+string(l.By)+" "+string(l.Role))
		}
		want := []string{"list.exported staff ", "certificate.downloaded operator ", "certificate.downloaded staff agent", "evidence.viewed staff agent"}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		w.Clock.Move(2 * time.Hour)
		if _, err := w.Invitation(ctx, agent, h.invitation.ID); err != nil || len(h.page("").Looks) != len(want)+1 {
			t.Errorf("a later look is not told: %v", err)
		}
		verifySound(t, w)
	})
}

// The copy of one's data holds everything of that person and nothing of
// another.
func TestPersonalData(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		r.Contact = workflow.Contact{Name: "Dominique Autre", Function: "Adjointe", Email: "dominique@example.org"}
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
		if err != nil {
			t.Fatal(err)
		}
		w.Deliver(t)
		if err := w.CorrectContact(t.Context(), workflow.Operator(), inv.ID, workflowtest.Request().Contact); err != nil {
			t.Fatal(err)
		}
		h := signedFrom(t, w, inv)
		_, _, err = w.PersonalData(t.Context(), h.token, "", workflowtest.Visit)
		wantKey(t, err, workflow.Unauthenticated, "manage.unconfirmed")
		number, file, err := w.PersonalData(t.Context(), h.token, h.confirmed(), workflowtest.Visit)
		if err != nil || number != h.number || !json.Valid(file) || !strings.Contains(string(file), "\n  \"signatory\": {\n") {
			t.Fatalf("%s, %v\n%s", number, err, file)
		}
		for _, own := range []string{`"name": "Camille Exemple"`, `"email": "camille@example.org"`, `"ip": "192.0.2.7"`, h.number, `"kind": "certificate"`,
			`"type": "signed"`, `"consent"`, `"chosen_at_signing"`, `"looks_at_the_evidence"`, `"corrections"`} {
			if !strings.Contains(string(file), own) {
				t.Errorf("%s is not in it:\n%s", own, file)
			}
		}
		for _, others := range []string{"dominique", "Dominique", "session_hash"} {
			if strings.Contains(string(file), others) {
				t.Errorf("%s is in it", others)
			}
		}
	})
}

// signedFrom goes from an invitation whose last mail was not read yet to the
// certificate mail.
func signedFrom(t *testing.T, w *workflowtest.World, inv workflow.Invitation) *holder {
	t.Helper()
	h := &holder{World: w, t: t, invitation: inv}
	for _, m := range w.Deliver(t) {
		h.token = path.Base(m.LinkURL)
	}
	secret, form := w.Ready(t, h.token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	h.number = number
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryCertificate {
			h.token = path.Base(m.LinkURL)
		}
	}
	return h
}
