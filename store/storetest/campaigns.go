package storetest

import (
	"crypto/rand"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
)

// embargoMoves: what is not public yet moves, what is stays, and every
// instance sees both at its next question.
func embargoMoves(t *testing.T, w *world) {
	until := noon.Add(2 * time.Hour)
	held, public, other, none := Commitment("a", "A"), Commitment("b", "B"), Commitment("c", "C"), Commitment("d", "D")
	held.PublishedAt, other.PublishedAt, none.PublishedAt = until, until, until
	other.Campaign, none.Campaign = "printemps", ""
	w.publish(held, public, other, none)
	at := func(now time.Time, want ...string) {
		t.Helper()
		ids, total := w.found(w, workflow.RegisterFilter{}, now)
		if !slices.Equal(ids, want) || total != len(want) {
			t.Errorf("at %s: %v of %d, want %v", now, ids, total, want)
		}
	}
	at(noon, "b")
	move := func(to time.Time, want int) {
		t.Helper()
		w.must(func(tx workflow.Tx) error {
			moved, err := tx.MoveEmbargo(w.ctx, "rive", "automne", to, noon)
			wantEqual(t, moved, want)
			return err
		})
	}
	move(noon.Add(time.Minute), 1)
	move(noon.Add(time.Minute), 0)
	at(noon.Add(time.Minute), "a", "b")
	move(noon.Add(time.Hour), 1)
	at(noon.Add(time.Minute), "b")
	at(noon.Add(time.Hour), "a", "b")
	w.publish(Commitment("e", "E"))
	at(noon, "b", "e")
	move(noon, 1)
	at(noon, "a", "b", "e")
	at(until, "a", "b", "c", "d", "e")
}

// embargoMovesInTransaction: moving twice, and a line beside, in one go.
func embargoMovesInTransaction(t *testing.T, w *world) {
	held := Commitment("a", "A")
	held.PublishedAt = noon.Add(time.Hour)
	w.publish(held)
	_, before := w.found(w, workflow.RegisterFilter{}, noon)
	w.must(func(tx workflow.Tx) error {
		for _, to := range []time.Time{noon.Add(time.Minute), noon} {
			if _, err := tx.MoveEmbargo(w.ctx, "rive", "automne", to, noon); err != nil {
				return err
			}
		}
		_, inside := w.found(tx, workflow.RegisterFilter{}, noon)
		wantEqual(t, inside, 1)
		return tx.AddCommitment(w.ctx, Commitment("b", "B"))
	})
	_, after := w.found(w, workflow.RegisterFilter{}, noon)
	wantEqual(t, []int{before, after}, []int{0, 2})
}

func campaignCommitments(t *testing.T, w *world) {
	first, second, elsewhere := Commitment("b", "A"), Commitment("a", "B"), Commitment("c", "C")
	first.SignedOn, second.PublishedAt, elsewhere.Campaign = "2026-11-21", noon.Add(time.Hour), ""
	w.publish(second, first, elsewhere)
	wantEqual(t, read[[]workflow.Commitment](t)(w.CampaignCommitments(w.ctx, "rive", "automne")), []workflow.Commitment{first, second})
	wantEqual(t, len(read[[]workflow.Commitment](t)(w.CampaignCommitments(w.ctx, "rive", ""))), 0)
	wantEqual(t, len(read[[]workflow.Commitment](t)(w.CampaignCommitments(w.ctx, "autre", "automne"))), 0)
}

// campaignIsKept: an embargo and the signatures that follow it never miss each
// other, whichever comes first.
func campaignIsKept(t *testing.T, w *world) {
	c := Campaign("automne")
	w.must(func(tx workflow.Tx) error { return tx.AddCampaign(w.ctx, c) })
	w.must(func(tx workflow.Tx) error {
		_, err := tx.KeepCampaign(w.ctx, "rive", "nulle")
		wantError(t, err, workflow.NotFound, "campaign.not-found")
		return nil
	})
	c.EmbargoUntil = noon.Add(5 * time.Hour)
	var turn atomic.Int64
	w.parallel(40, func(tx workflow.Tx) (bool, error) {
		if turn.Add(1) == 20 {
			return true, w.setEmbargo(tx, c)
		}
		return true, w.signUnderEmbargo(tx, c)
	})
	page := read[workflow.RegisterPage](t)(w.Register(w.ctx, workflow.RegisterFilter{}, noon.Add(1000*time.Hour)))
	wantEqual(t, page.Total, 39)
	for _, k := range page.Commitments {
		wantEqual(t, k.PublishedAt, c.EmbargoUntil)
	}
}

func (w *world) setEmbargo(tx workflow.Tx, c workflow.Campaign) error {
	if err := tx.SetCampaign(w.ctx, c); err != nil {
		return err
	}
	_, err := tx.MoveEmbargo(w.ctx, c.PoleSlug, c.Slug, c.EmbargoUntil, noon)
	return err
}

func (w *world) signUnderEmbargo(tx workflow.Tx, c workflow.Campaign) error {
	kept, err := tx.KeepCampaign(w.ctx, c.PoleSlug, c.Slug)
	if err != nil {
		return err
	}
	k := Commitment(rand.Text(), "Coopérative Gabarit")
	k.PublishedAt = kept.EmbargoUntil
	return tx.AddCommitment(w.ctx, k)
}

func invitationsOfCampaign(t *testing.T, w *world) {
	for i, state := range []workflow.State{workflow.StateReady, workflow.StateSigned, workflow.StateExpired} {
		inv := Invitation(string(rune('a' + i)))
		inv.State = state
		w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, inv) })
	}
	other := Invitation("d")
	other.Campaign = "printemps"
	w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, other) })
	count := func(f workflow.InvitationFilter) int {
		t.Helper()
		list, total, err := w.Invitations(w.ctx, f)
		if err != nil || len(list) != total {
			t.Errorf("%d of %d, %v", len(list), total, err)
		}
		return total
	}
	wantEqual(t, count(workflow.InvitationFilter{Pole: "rive", Campaign: "automne"}), 3)
	wantEqual(t, count(workflow.InvitationFilter{Campaign: "automne", States: []workflow.State{workflow.StateReady, workflow.StateExpired}}), 2)
	wantEqual(t, count(workflow.InvitationFilter{States: []workflow.State{}}), 0)
}
