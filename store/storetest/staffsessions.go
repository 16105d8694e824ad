package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

func ownSessions(t *testing.T, w *world) {
	var list []workflow.StaffSession
	w.must(func(tx workflow.Tx) error {
		for _, id := range []string{"a", "b"} {
			if err := tx.AddStaff(w.ctx, Staff(id)); err != nil {
				return err
			}
		}
		for i, hash := range []string{"old", "new", "other"} {
			s := workflow.StaffSession{Hash: hash, StaffID: "a", CreatedAt: noon.Add(time.Duration(i) * time.Minute), ExpiresAt: noon.Add(time.Hour),
				Browser: "Firefox, Windows", SeenAt: noon.Add(time.Hour)}
			if hash == "other" {
				s.StaffID = "b"
			}
			list = append(list, s)
			if err := tx.AddStaffSession(w.ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	sessions := func(id string) []workflow.StaffSession {
		return read[[]workflow.StaffSession](t)(w.StaffSessions(w.ctx, id))
	}
	wantEqual(t, sessions("a"), []workflow.StaffSession{list[1], list[0]})
	for _, at := range []time.Time{noon.Add(2 * time.Hour), noon} { // the earlier one changes nothing
		w.must(func(tx workflow.Tx) error { return tx.TouchStaffSession(w.ctx, "old", at) })
	}
	list[0].SeenAt = noon.Add(2 * time.Hour)
	wantEqual(t, read[workflow.StaffSession](t)(w.StaffSession(w.ctx, "old")), list[0])
	w.must(func(tx workflow.Tx) error { return tx.EndOtherStaffSessions(w.ctx, "a", "old") })
	wantEqual(t, sessions("a"), list[:1])
	wantEqual(t, sessions("b"), list[2:])
}
