package storetest

import (
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
)

// standingCommitments are the commitments that hold, and what of them the register shows.
func standingCommitments(t *testing.T, w *world) {
	old, renewed, withdrawn, elsewhere := Commitment("a", "Ville"), Commitment("b", "MRC"), Commitment("c", "Cégep"), Commitment("d", "Ville")
	renewed.Status, withdrawn.Status, elsewhere.PoleSlug = workflow.CommitmentRenewed, workflow.CommitmentWithdrawn, "autre"
	renewed.PublishedAt = noon.Add(time.Hour)
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddPole(w.ctx, Pole("autre")); err != nil {
			return err
		}
		return tx.AddOrganisation(w.ctx, Organisation("org2", "MRC"))
	})
	renewed.OrganisationID = "org2"
	w.publish(old, renewed, withdrawn, elsewhere)
	list := func(pole, organisation string) []workflow.Commitment {
		return read[[]workflow.Commitment](t)(w.StandingCommitments(w.ctx, pole, organisation))
	}
	wantEqual(t, list("rive", ""), []workflow.Commitment{renewed, old})
	wantEqual(t, list("rive", "org"), []workflow.Commitment{old})
	wantEqual(t, list("autre", ""), []workflow.Commitment{elsewhere})
	wantEqual(t, read[workflow.Commitment](t)(w.Commitment(w.ctx, "b")), renewed)

	end := func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, "a", workflow.CommitmentSuperseded, "2026-11-23")
	}
	w.must(end)
	old.Status, old.StatusOn = workflow.CommitmentSuperseded, "2026-11-23"
	wantEqual(t, read[workflow.Commitment](t)(w.Commitment(w.ctx, "a")), old)
	wantEqual(t, list("rive", "org"), []workflow.Commitment(nil))
	w.refused(workflow.Conflict, "commitment.ended", end)
}

func invitationsOfCommitted(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddOrganisation(w.ctx, Organisation("org2", "MRC")) })
	first, second := w.invite("x", workflow.StateSigned), Invitation("y")
	second.CreatedAt = first.CreatedAt.Add(time.Hour)
	stranger := Invitation("z")
	stranger.OrganisationID = "org2"
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddInvitation(w.ctx, second); err != nil {
			return err
		}
		return tx.AddInvitation(w.ctx, stranger)
	})
	list := func(pole string) []workflow.Invitation {
		return read[[]workflow.Invitation](t)(w.InvitationsOfCommitted(w.ctx, pole))
	}
	wantEqual(t, list("rive"), []workflow.Invitation(nil))
	w.publish(Commitment("a", "Ville"))
	wantEqual(t, list("rive"), []workflow.Invitation{first, second})
	wantEqual(t, list("autre"), []workflow.Invitation(nil))
}

// replaced: the old line gives way when the new one is public, and is found by
// its slug for ever.
func replaced(t *testing.T, w *world) {
	old, after := Commitment("a", "Ville"), Commitment("b", "Ville")
	old.Replaces, after.Replaces, after.Slug = "", "a", old.Slug
	after.PublishedAt = noon.Add(time.Hour)
	w.publish(old)
	w.must(func(tx workflow.Tx) error {
		if err := tx.HoldOrganisation(w.ctx, "org"); err != nil {
			return err
		}
		if err := tx.EndCommitment(w.ctx, "a", workflow.CommitmentSuperseded, "2026-11-22"); err != nil {
			return err
		}
		return tx.AddCommitment(w.ctx, after)
	})
	wantEqual(t, read[workflow.Commitment](t)(w.Replacement(w.ctx, "a")).ID, "b")
	_, err := w.Replacement(w.ctx, "b")
	wantError(t, err, workflow.NotFound, "commitment.not-found")
	for _, c := range []struct {
		name string
		f    workflow.RegisterFilter
		now  time.Time
		want []string
	}{
		{"under embargo", workflow.RegisterFilter{}, noon, []string{"a"}},
		{"public", workflow.RegisterFilter{}, noon.Add(time.Hour), []string{"b"}},
		{"its past", workflow.RegisterFilter{Slug: old.Slug}, noon.Add(time.Hour), []string{"a", "b"}},
	} {
		ids, total := w.found(w, c.f, c.now)
		wantEqual(t, ids, c.want)
		wantEqual(t, total, len(c.want))
		if c.f.Slug == "" {
			wantEqual(t, read[workflow.RegisterCounts](t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{}, c.now)).Total, len(c.want))
		}
	}
	w.refused(workflow.NotFound, "organisation.not-found", func(tx workflow.Tx) error { return tx.HoldOrganisation(w.ctx, "nulle") })
}

// holdsTakeTurns: what is read after a hold stays true until the transaction
// ends, so that two who each want to leave one behind leave one behind.
func holdsTakeTurns(t *testing.T, w *world) {
	w.publish(Commitment("a", "Ville"), Commitment("b", "Ville"))
	for name, hold := range map[string]func(workflow.Tx) error{
		"organisation": func(tx workflow.Tx) error { return tx.HoldOrganisation(w.ctx, "org") },
		"staff":        func(tx workflow.Tx) error { return tx.HoldStaff(w.ctx) },
	} {
		w.publish(Commitment("extra-"+name, "Ville"))
		var turn atomic.Int64 // each ends another one
		before := len(read[[]workflow.Commitment](t)(w.StandingCommitments(w.ctx, "rive", "org")))
		ended := w.parallel(before+5, func(tx workflow.Tx) (bool, error) {
			if err := hold(tx); err != nil {
				return false, err
			}
			list, err := tx.StandingCommitments(w.ctx, "rive", "org")
			if err != nil || len(list) <= 1 {
				return false, err
			}
			return true, tx.EndCommitment(w.ctx, list[int(turn.Add(1))%len(list)].ID, workflow.CommitmentSuperseded, "2026-11-22")
		})
		wantEqual(t, ended, before-1)
		wantEqual(t, len(read[[]workflow.Commitment](t)(w.StandingCommitments(w.ctx, "rive", "org"))), 1)
	}
}
