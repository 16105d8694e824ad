package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jachete/workflow"
)

// exportInvitations: all that match come, each once and in order, though more
// than are read at once and though others move meanwhile.
func exportInvitations(t *testing.T, w *world) {
	const total = 1203
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddOrganisation(w.ctx, Organisation("org-many", "Ville de la Rive-Exemple")); err != nil {
			return err
		}
		var list []workflow.Invitation
		for i := range total {
			inv := Invitation(fmt.Sprintf("i%04d", i))
			inv.OrganisationID, inv.CreatedAt = "org-many", noon.Add(-time.Duration(i)*time.Second)
			if i == 0 {
				inv.State = workflow.StateRevoked
			}
			list = append(list, inv)
		}
		return tx.AddInvitations(w.ctx, list)
	})
	var got []string
	err := w.EachInvitation(w.ctx, workflow.InvitationFilter{State: workflow.StateReady, Limit: 5, Offset: 7}, func(v workflow.InvitationView) error {
		if got = append(got, v.ID); len(got) == 1 {
			w.must(func(tx workflow.Tx) error { // takes the first place of what comes after it
				was := read[workflow.Invitation](t)(tx.Invitation(w.ctx, "i1100"))
				now := was
				now.State = workflow.StateRevoked
				return tx.MoveInvitation(w.ctx, was, now)
			})
		}
		if v.Organisation.Name != "Ville de la Rive-Exemple" || v.Pole.Slug != "rive" {
			t.Fatalf("%+v", v)
		}
		return nil
	})
	if err != nil || len(got) != total-1 {
		t.Fatalf("%d of %d came, %v", len(got), total-1, err)
	}
	for i, id := range got {
		if want := fmt.Sprintf("i%04d", i+1); id != want {
			t.Fatalf("%s came instead of %s", id, want)
		}
	}
	enough := errors.New("enough")
	n := 0
	if err := w.EachInvitation(w.ctx, workflow.InvitationFilter{}, func(workflow.InvitationView) error { n++; return enough }); !errors.Is(err, enough) || n != 1 {
		t.Errorf("went on %d times, %v", n, err)
	}
}

func exportCommitments(t *testing.T, w *world) {
	var lines []workflow.Commitment
	for i := range 1002 {
		lines = append(lines, Commitment(fmt.Sprintf("c%04d", i), fmt.Sprintf("Ville %04d", i)))
	}
	lines[3].PublishedAt = noon.Add(time.Hour)
	w.must(func(tx workflow.Tx) error {
		for _, c := range lines {
			if err := tx.AddCommitment(w.ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	var got []workflow.Commitment
	err := w.EachCommitment(w.ctx, workflow.RegisterFilter{Query: "ville", Limit: 1}, noon, func(c workflow.Commitment) error {
		got = append(got, c)
		return nil
	})
	if err != nil || len(got) != len(lines)-1 {
		t.Fatalf("%d of %d came, %v", len(got), len(lines)-1, err)
	}
	wantEqual(t, got, append(lines[:3:3], lines[4:]...))
}
