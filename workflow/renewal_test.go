package workflow_test

import (
	"context"
	"fmt"
	"path"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// signs brings an organisation from its invitation to the register.
func signs(t *testing.T, w *workflowtest.World, organisation, email string) (workflow.Invitation, string) {
	t.Helper()
	r := workflowtest.Request()
	r.Organisation, r.Contact.Email = organisation, email
	inv, token := w.Invite(t, r)
	return inv, signsWith(t, w, token)
}

// signsWith goes from a link to the number of the certificate.
func signsWith(t *testing.T, w *workflowtest.World, token string) string {
	t.Helper()
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Move(24 * time.Hour) // codes to one mailbox are counted by the day
	return number
}

func commitment(t *testing.T, w *workflowtest.World, number string) workflow.Verification {
	t.Helper()
	v, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAdheringToTheNewText(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		inv, old := signs(t, w, "Ville de Rivière-Exemple", "camille@example.org")
		if page, err := w.Renewals(ctx, a, "estrie"); err != nil || len(page.Lines) != 0 {
			t.Fatalf("before any new text: %+v, %v", page.Lines, err)
		}
		published(t, w, "", "1.1")
		page, err := w.Renewals(ctx, a, "estrie")
		if err != nil || len(page.Lines) != 1 || page.Invites != 1 || page.Lines[0].Commitment.Number != old || page.Lines[0].Invitation.ID != inv.ID {
			t.Fatalf("to renew: %+v, %v", page, err)
		}
		w.Deliver(t)
		if made, err := w.Renew(ctx, a, "estrie", ""); err != nil || made != 1 {
			t.Fatalf("%d invitations, %v", made, err)
		}
		if made, err := w.Renew(ctx, a, "estrie", ""); err != nil || made != 0 {
			t.Errorf("a second click made %d invitations, %v", made, err)
		}
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Renews.Number != old || mails[0].Delivery.Recipient != "camille@example.org" {
			t.Fatalf("mailed %+v", mails)
		}
		again, err := w.Invitation(ctx, a, mails[0].Delivery.InvitationID)
		if err != nil || again.DeclarationVersion != "1.1" || again.Source != inv.Source || again.OrganisationID != inv.OrganisationID {
			t.Errorf("invited anew: %+v, %v", again.Invitation, err)
		}
		token := path.Base(mails[0].LinkURL)
		if link, err := w.PeekLink(ctx, token, workflowtest.Visit); err != nil || link.Renews.Number != old {
			t.Errorf("the page behind the link renews %q, %v", link.Renews.Number, err)
		}
		number := signsWith(t, w, token)
		was, is := commitment(t, w, old), commitment(t, w, number)
		if was.Commitment.Status != workflow.CommitmentSuperseded || was.Commitment.StatusOn != is.Commitment.SignedOn || was.ReplacedBy.Number != number {
			t.Errorf("the old one: %+v, replaced by %s", was.Commitment, was.ReplacedBy.Number)
		}
		if is.Commitment.Status != workflow.CommitmentActive || is.Commitment.Replaces != was.Commitment.ID || is.ReplacedBy.ID != "" {
			t.Errorf("the new one: %+v", is.Commitment)
		}
		wantRegister(t, w, number)
		if list, err := w.OrganisationCommitments(ctx, is.Commitment.Slug); err != nil || len(list) != 2 || list[0].Number != number {
			t.Errorf("the organisation's page holds %+v, %v", list, err)
		}
		if page, err := w.Renewals(ctx, a, "estrie"); err != nil || len(page.Lines) != 0 {
			t.Errorf("still to renew: %+v, %v", page.Lines, err)
		}
		verifySound(t, w)
	})
}

// wantRegister expects these certificates on the public list and no other.
func wantRegister(t *testing.T, w *workflowtest.World, numbers ...string) {
	t.Helper()
	page, err := w.Register(t.Context(), workflow.RegisterFilter{})
	if err != nil {
		t.Fatal(err)
	}
	counts, err := w.RegisterCounts(t.Context())
	if err != nil || page.Total != len(numbers) || counts.Total != len(numbers) {
		t.Errorf("%d lines, counted %d, want %d (%v)", page.Total, counts.Total, len(numbers), err)
	}
	for _, c := range page.Commitments {
		if c.Number != numbers[0] {
			t.Errorf("the register holds %s", c.Number)
		}
	}
}

func TestBarriersToRenewal(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		signs(t, w, "A, désabonnée", "a@example.org")
		signs(t, w, "B, ouverte", "b@example.org")
		signs(t, w, "D, prête", "d@example.org")
		paper := workflow.Commitment{ID: "papier", Slug: "c", OrganisationID: "c", PoleSlug: "estrie", DeclarationID: workflow.DeclarationID, Version: "1.0",
			Organisation: workflow.Snapshot{Name: "C, papier", Kind: workflow.KindMRC, RegionCode: "05"}, Mode: workflow.ModePaper,
			Status: workflow.CommitmentActive, SignedOn: "2019-11-15", PublishedAt: w.Clock.Now()}
		err := w.Store.Update(ctx, func(tx workflow.Tx) error {
			if err := tx.Suppress(ctx, workflow.Suppression{PoleSlug: "estrie", Email: "a@example.org", Reason: workflow.SuppressedByRequest, At: w.Clock.Now()}); err != nil {
				return err
			}
			if err := tx.AddOrganisation(ctx, workflow.Organisation{ID: "c", Slug: "c", Name: "C, papier", Kind: workflow.KindMRC, RegionCode: "05"}); err != nil {
				return err
			}
			return tx.AddCommitment(ctx, paper)
		})
		if err != nil {
			t.Fatal(err)
		}
		published(t, w, "", "1.1")
		other := workflowtest.Request()
		other.Organisation, other.Contact.Email = "B, ouverte", "b2@example.org"
		w.Invite(t, other)
		page, err := w.Renewals(ctx, a, "estrie")
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]workflow.RenewalBarrier{"a@example.org": workflow.BarrierUnsubscribed, "b2@example.org": workflow.BarrierOpen,
			"": workflow.BarrierNoContact, "d@example.org": ""}
		unsubscribed := ""
		for _, line := range page.Lines {
			if barrier, ok := want[line.Invitation.Contact.Email]; !ok || line.Barrier != barrier {
				t.Errorf("%s: %q, want %q", line.Invitation.Contact.Email, line.Barrier, barrier)
			}
			if line.Barrier == workflow.BarrierUnsubscribed {
				unsubscribed = line.Commitment.ID
			}
		}
		if len(page.Lines) != len(want) || page.Invites != 1 {
			t.Errorf("%d lines, %d invited", len(page.Lines), page.Invites)
		}
		if made, err := w.Renew(ctx, a, "estrie", unsubscribed); made != 0 || err != nil {
			t.Errorf("an unsubscribed address was invited: %d, %v", made, err)
		}
		if made, err := w.Renew(ctx, a, "estrie", ""); made != 1 || err != nil {
			t.Errorf("%d invited, %v", made, err)
		}
	})
}

// lingering is a store that takes its time before it adds an invitation, so
// that others look in between.
type lingering struct{ workflow.Store }

func (s lingering) Update(ctx context.Context, fn func(workflow.Tx) error) error {
	return s.Store.Update(ctx, func(tx workflow.Tx) error { return fn(lingeringTx{tx}) })
}

type lingeringTx struct{ workflow.Tx }

func (t lingeringTx) AddInvitation(ctx context.Context, i workflow.Invitation) error {
	time.Sleep(50 * time.Millisecond)
	return t.Tx.AddInvitation(ctx, i)
}

// Two who click at once make one invitation for each organisation.
func TestTwoClicksInviteOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for i := range 3 {
			signs(t, w, fmt.Sprintf("Ville %c", 'A'+i), fmt.Sprintf("p%d@example.org", i))
		}
		published(t, w, "", "1.1")
		service := workflowtest.NewService(t, lingering{w.Store}, w.Clock, w.Courier, workflowtest.Sealer{})
		made := make(chan int, 8)
		var group sync.WaitGroup
		for range cap(made) {
			group.Go(func() {
				n, err := service.Renew(t.Context(), workflow.Operator(), "estrie", "")
				if err != nil {
					t.Error(err)
				}
				made <- n
			})
		}
		group.Wait()
		close(made)
		total := 0
		for n := range made {
			total += n
		}
		if total != 3 {
			t.Errorf("%d invitations of 3 organisations", total)
		}
	})
}

// Whoever signs again without being asked to renew replaces all the same, in
// the same pôle only.
func TestSigningAgainReplaces(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, first := signs(t, w, "Ville de Rivière-Exemple", "a@example.org")
		_, second := signs(t, w, "Ville de Rivière-Exemple", "b@example.org")
		wantRegister(t, w, second)
		if v := commitment(t, w, first); v.ReplacedBy.Number != second {
			t.Errorf("the first is %+v", v)
		}
		r := workflowtest.Request()
		r.Pole, r.Contact.Email = "montreal", "c@example.org"
		_, token := w.Invite(t, r)
		signsWith(t, w, token)
		if v := commitment(t, w, second); v.Commitment.Status != workflow.CommitmentActive {
			t.Errorf("another pôle's commitment became %s", v.Commitment.Status)
		}
	})
}

// Of any number of people who sign for one organisation at once, one
// commitment stands, and each of the others is replaced.
func TestSigningForOneOrganisationAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		const people = 8
		var list []ready
		for i := range people {
			r := workflowtest.Request()
			r.Contact.Email = fmt.Sprintf("p%d@example.org", i)
			_, token := w.Invite(t, r)
			secret, form := w.Ready(t, token)
			list = append(list, ready{secret, form})
		}
		var group sync.WaitGroup
		for _, r := range list {
			group.Go(func() {
				if _, err := w.Sign(t.Context(), r.Secret, r.Form, workflowtest.Visit); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		page, err := w.Register(t.Context(), workflow.RegisterFilter{})
		if err != nil || page.Total != 1 {
			t.Fatalf("%d lines, %v", page.Total, err)
		}
		all, err := w.OrganisationCommitments(t.Context(), page.Commitments[0].Slug)
		if err != nil || len(all) != people {
			t.Fatalf("%d commitments, %v", len(all), err)
		}
		replaced := map[string]bool{}
		for _, c := range all {
			replaced[c.Replaces] = true
		}
		if len(replaced) != people { // one replaces nothing
			t.Errorf("%d different predecessors of %d commitments", len(replaced), people)
		}
	})
}

// While the new commitment is under embargo, nothing tells of it.
func TestEmbargoHidesTheReplacement(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		_, old := signs(t, w, "Ville de Rivière-Exemple", "a@example.org")
		was := commitment(t, w, old).Commitment
		after := was
		after.ID, after.SignatureID, after.Number, after.Mode, after.Replaces = "nouveau", "", "", workflow.ModePaper, was.ID
		after.PublishedAt = w.Clock.Now().Add(time.Hour)
		err := w.Store.Update(ctx, func(tx workflow.Tx) error {
			if err := tx.EndCommitment(ctx, was.ID, workflow.CommitmentSuperseded, "2026-11-23"); err != nil {
				return err
			}
			return tx.AddCommitment(ctx, after)
		})
		if err != nil {
			t.Fatal(err)
		}
		v := commitment(t, w, old)
		if v.Commitment.Status != workflow.CommitmentActive || v.ReplacedBy.ID != "" || v.Commitment.StatusOn != "" {
			t.Errorf("before: %+v", v.Commitment)
		}
		wantRegister(t, w, old)
		w.Clock.Move(time.Hour)
		if v := commitment(t, w, old); v.Commitment.Status != workflow.CommitmentSuperseded || v.ReplacedBy.ID != "nouveau" {
			t.Errorf("after: %+v", v)
		}
		wantRegister(t, w, "")
	})
}

func TestRenewalsAreOfOnesOwnPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		signs(t, w, "Ville de Rivière-Exemple", "a@example.org")
		published(t, w, "", "1.1")
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		for _, pole := range []string{"estrie", "nulle-part"} {
			_, err := w.Renewals(t.Context(), stranger, pole)
			wantKey(t, err, workflow.NotFound, "record.not-found")
			_, err = w.Renew(t.Context(), stranger, pole, "")
			wantKey(t, err, workflow.NotFound, "record.not-found")
		}
		_, err := w.Renewals(t.Context(), workflow.Operator(), "nulle-part")
		wantKey(t, err, workflow.NotFound, "record.not-found")
		_, err = w.Renew(t.Context(), reader, "estrie", "")
		wantKey(t, err, workflow.Forbidden, "role.insufficient")
	})
}
