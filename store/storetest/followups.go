package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

// asked is a commitment that is to be asked about at that time.
func (w *world) asked(id, region string, at, published time.Time) workflow.Commitment {
	c := Commitment(id, id)
	c.Organisation.RegionCode, c.AskAt, c.PublishedAt = region, at, published
	w.publish(c)
	return c
}

func dueFollowUps(t *testing.T, w *world) {
	later := w.asked("later", "05", noon.Add(time.Hour), noon)
	first := w.asked("first", "05", noon.Add(-time.Hour), noon.Add(-2*time.Hour))
	w.asked("never", "05", time.Time{}, noon)
	w.asked("hidden", "05", noon.Add(-time.Hour), noon.Add(48*time.Hour))
	ended := w.asked("ended", "05", noon.Add(-time.Hour), noon.Add(-2*time.Hour))
	w.must(func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, ended.ID, workflow.CommitmentWithdrawn, "2026-11-23")
	})
	for at, want := range map[time.Time][]string{noon: {"first"}, noon.Add(time.Hour): {"first", "later"}} {
		list, err := w.DueFollowUps(w.ctx, at, 10)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		wantEqual(t, ids, want)
	}
	if list, err := w.DueFollowUps(w.ctx, noon.Add(time.Hour), 1); err != nil || len(list) != 1 {
		t.Errorf("%d of one, %v", len(list), err)
	}
	w.must(func(tx workflow.Tx) error { return tx.AskAgainAt(w.ctx, first, noon.Add(2*time.Hour)) })
	w.refused(workflow.Conflict, "followup.moved", func(tx workflow.Tx) error { return tx.AskAgainAt(w.ctx, first, noon.Add(3*time.Hour)) })
	w.must(func(tx workflow.Tx) error { return tx.RenewCommitment(w.ctx, later.ID, "2027-11-22") })
	got, err := w.Commitment(w.ctx, later.ID)
	if err != nil || got.Status != workflow.CommitmentRenewed || got.ConfirmedOn != "2027-11-22" || got.StatusOn != "2027-11-22" {
		t.Errorf("%+v, %v", got, err)
	}
	w.refused(workflow.Conflict, "commitment.ended", func(tx workflow.Tx) error { return tx.RenewCommitment(w.ctx, ended.ID, "2027-11-22") })
}

func followUps(t *testing.T, w *world) {
	w.asked("org-a", "05", noon, noon)
	w.asked("org-b", "06", noon, noon)
	ask := workflow.FollowUp{CommitmentID: "org-a", Year: 1, AskedAt: noon, Recipient: workflow.Contact{Name: "Camille", Email: "camille@example.org"}}
	w.must(func(tx workflow.Tx) error { return tx.AddFollowUp(w.ctx, ask) })
	w.refused(workflow.Conflict, "followup.exists", func(tx workflow.Tx) error { return tx.AddFollowUp(w.ctx, ask) })
	answer := ask
	answer.ConfirmedAt, answer.Amount = noon.Add(time.Hour), workflow.Figure{Known: true}
	answer.Suppliers, answer.Practices = workflow.Figure{Known: true, N: 7}, []workflow.Practice{workflow.PracticeClause}
	answer.Contact = workflow.Contact{Name: "Claude", Function: "Achats", Email: "claude@example.org"}
	if none, err := w.ConfirmedFollowUps(w.ctx, "05", noon.Add(time.Hour)); err != nil || len(none) != 0 {
		t.Errorf("before the answer: %v, %v", none, err)
	}
	w.must(func(tx workflow.Tx) error { return tx.ConfirmFollowUp(w.ctx, answer) })
	w.refused(workflow.Conflict, "followup.done", func(tx workflow.Tx) error { return tx.ConfirmFollowUp(w.ctx, answer) })
	list, err := w.FollowUps(w.ctx, "org-a")
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, list, []workflow.FollowUp{answer})
	for region, want := range map[string]int{"05": 1, "06": 0} {
		if told, err := w.ConfirmedFollowUps(w.ctx, region, noon.Add(time.Hour)); err != nil || len(told) != want {
			t.Errorf("%s: %v, %v", region, told, err)
		}
	}
}
