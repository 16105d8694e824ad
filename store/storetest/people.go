package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

func staff(t *testing.T, w *world) {
	b := Staff("b")
	b.Name = "Zoé Exemple"
	a := Staff("a")
	a.Name, a.Role, a.Poles, a.TOTPSealed, a.TOTPStep, a.Disabled = "Élise Exemple", workflow.RoleAdmin, nil, []byte{0, 255}, 7, true
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddStaff(w.ctx, b); err != nil {
			return err
		}
		return tx.AddStaff(w.ctx, a)
	})
	wantEqual(t, read[workflow.Staff](t)(w.Staff(w.ctx, "a")), a)
	wantEqual(t, read[workflow.Staff](t)(w.StaffByEmail(w.ctx, "b@example.org")), b)
	wantEqual(t, read[[]workflow.Staff](t)(w.StaffList(w.ctx)), []workflow.Staff{a, b})
	a.Email, a.Disabled, a.Role, a.Poles, a.TOTPSealed = "neuf@example.org", false, workflow.RoleReader, []string{"rive", "autre"}, nil
	w.must(func(tx workflow.Tx) error { return tx.SetStaff(w.ctx, a) })
	wantEqual(t, read[workflow.Staff](t)(w.Staff(w.ctx, "a")), a)
}

func staffConflict(_ *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddStaff(w.ctx, Staff("a")); err != nil {
			return err
		}
		return tx.AddStaff(w.ctx, Staff("b"))
	})
	twin := Staff("c")
	twin.Email = "a@example.org"
	w.refused(workflow.Conflict, "staff.exists", func(tx workflow.Tx) error { return tx.AddStaff(w.ctx, twin) })
	twin.ID = "b"
	w.refused(workflow.Conflict, "staff.exists", func(tx workflow.Tx) error { return tx.SetStaff(w.ctx, twin) })
	w.refused(workflow.NotFound, "staff.not-found", func(tx workflow.Tx) error { return tx.SetStaff(w.ctx, Staff("d")) })
}

func totpStepsOnlyGrow(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddStaff(w.ctx, Staff("a")) })
	old := read[workflow.Staff](t)(w.Staff(w.ctx, "a"))
	take := func(step int64) int {
		return w.parallel(20, func(tx workflow.Tx) (bool, error) { return tx.TakeTOTPStep(w.ctx, "a", step) })
	}
	wantEqual(t, []int{take(5), take(5), take(4), take(6)}, []int{1, 0, 0, 1})
	w.must(func(tx workflow.Tx) error { return tx.SetStaff(w.ctx, old) }) // from an older reading
	wantEqual(t, []int{take(6), take(7)}, []int{0, 1})
}

func staffSessions(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddStaff(w.ctx, Staff("a")) })
	for _, hash := range []string{"h1", "h2", "h3"} {
		s := workflow.StaffSession{Hash: hash, StaffID: "a", SecondFactor: hash == "h1", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		w.must(func(tx workflow.Tx) error { return tx.AddStaffSession(w.ctx, s) })
		wantEqual(t, read[workflow.StaffSession](t)(w.StaffSession(w.ctx, hash)), s)
	}
	live := func() (hashes []string) {
		for _, hash := range []string{"h1", "h2", "h3"} {
			if _, err := w.StaffSession(w.ctx, hash); err == nil {
				hashes = append(hashes, hash)
			}
		}
		return hashes
	}
	w.must(func(tx workflow.Tx) error { return tx.EndStaffSession(w.ctx, "h2") })
	wantEqual(t, live(), []string{"h1", "h3"})
	w.must(func(tx workflow.Tx) error { return tx.EndStaffSessions(w.ctx, "a") })
	wantEqual(t, live(), []string(nil))
}
