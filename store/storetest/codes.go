package storetest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
)

// parallel runs fn n times at once, at most 16 of them in the store together,
// and gives how many said true.
func (w *world) parallel(n int, fn func(tx workflow.Tx) (bool, error)) int {
	var yes atomic.Int64
	var group sync.WaitGroup
	turn := make(chan struct{}, 16)
	for range n {
		group.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			var did bool
			err := w.Update(w.ctx, func(tx workflow.Tx) (err error) {
				did, err = fn(tx)
				return err
			})
			if err != nil && !workflow.IsKind(err, workflow.NotFound) && !workflow.IsKind(err, workflow.Conflict) {
				w.t.Error(err)
			}
			if did && err == nil {
				yes.Add(1)
			}
		})
	}
	group.Wait()
	return int(yes.Load())
}

func signingSessions(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	s := workflow.SigningSession{Hash: "h", InvitationID: "inv", Issue: 1, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour), Ceremony: true}
	w.must(func(tx workflow.Tx) error { return tx.AddSigningSession(w.ctx, s) })
	wantEqual(t, read[workflow.SigningSession](t)(w.SigningSession(w.ctx, "h")), s)
	w.refused(workflow.Conflict, "session.exists", func(tx workflow.Tx) error { return tx.AddSigningSession(w.ctx, s) })
	s.ConfirmedAt, s.CodeSentAt = noon.Add(time.Minute), noon
	w.must(func(tx workflow.Tx) error { return tx.SetSigningSession(w.ctx, s) })
	wantEqual(t, read[workflow.SigningSession](t)(w.SigningSession(w.ctx, "h")), s)
	_, err := w.SigningSession(w.ctx, "other")
	wantError(t, err, workflow.NotFound, "session.not-found")
	s.Hash = "other"
	w.refused(workflow.NotFound, "session.not-found", func(tx workflow.Tx) error { return tx.SetSigningSession(w.ctx, s) })
}

// Code is a live code of the subject "sign:inv" and the browser "b".
func Code(id string) workflow.Code {
	return workflow.Code{ID: id, Subject: "sign:inv", Browser: "b", HMAC: []byte{0, 1, 255}, SentAt: noon,
		ExpiresAt: noon.Add(workflow.CodeLife)}
}

func (w *world) try(subject, browser string, now time.Time) (c workflow.Code, err error) {
	err = w.Update(w.ctx, func(tx workflow.Tx) (err error) {
		c, err = tx.TryCode(w.ctx, subject, browser, workflow.CodeTries, now)
		return err
	})
	return c, err
}

func codes(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddCode(w.ctx, Code("c1")) })
	got, err := w.try("sign:inv", "b", noon)
	want := Code("c1")
	want.Tries = 1
	wantEqual(t, []any{got, err}, []any{want, nil})

	for name, c := range map[string][2]string{"subject": {"sign:autre", "b"}, "browser": {"sign:inv", "autre"}} {
		_, err = w.try(c[0], c[1], noon)
		if !workflow.IsKind(err, workflow.NotFound) {
			t.Errorf("other %s: %v", name, err)
		}
	}
	_, err = w.try("sign:inv", "b", noon.Add(workflow.CodeLife))
	wantError(t, err, workflow.NotFound, "code.not-found")

	newer := Code("c2")
	newer.SentAt = noon.Add(time.Minute)
	w.must(func(tx workflow.Tx) error { return tx.AddCode(w.ctx, newer) })
	got, err = w.try("sign:inv", "b", noon)
	wantEqual(t, []any{got.ID, err}, []any{"c2", nil})
	w.must(func(tx workflow.Tx) error { return tx.VoidCodes(w.ctx, "sign:inv", noon) })
	_, err = w.try("sign:inv", "b", noon)
	wantError(t, err, workflow.NotFound, "code.not-found")
}

func codeTriesCountOnce(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddCode(w.ctx, Code("c1")) })
	given := w.parallel(200, func(tx workflow.Tx) (bool, error) {
		_, err := tx.TryCode(w.ctx, "sign:inv", "b", workflow.CodeTries, noon)
		return err == nil, err
	})
	wantEqual(t, given, workflow.CodeTries)
}

func codeUsedOnce(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddCode(w.ctx, Code("c1")) })
	use := func(tx workflow.Tx) (bool, error) { err := tx.UseCode(w.ctx, "c1", noon); return err == nil, err }
	wantEqual(t, w.parallel(50, use), 1)
	w.refused(workflow.Conflict, "code.used", func(tx workflow.Tx) error { return tx.UseCode(w.ctx, "c1", noon) })
	_, err := w.try("sign:inv", "b", noon)
	wantError(t, err, workflow.NotFound, "code.not-found")
}

func codeTriesAreExact(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	counted := w.parallel(200, func(tx workflow.Tx) (bool, error) {
		return tx.CountCodeTry(w.ctx, "inv", workflow.InvitationCodeTries)
	})
	wantEqual(t, counted, workflow.InvitationCodeTries)
	wantEqual(t, read[workflow.Invitation](t)(w.Invitation(w.ctx, "inv")).CodeTries, workflow.InvitationCodeTries)
}

func (w *world) take(key string, limit int, window time.Duration, now time.Time) (did bool) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) (err error) {
		did, err = tx.Take(w.ctx, key, limit, window, now)
		return err
	})
	return did
}

func rates(t *testing.T, w *world) {
	midnight := noon.Truncate(24 * time.Hour)
	wantEqual(t, w.take("k", 0, time.Minute, midnight), false)
	wantEqual(t, w.take("k", 1, time.Minute, midnight), true)
	wantEqual(t, w.take("k", 1, time.Minute, midnight.Add(59*time.Second)), false)
	wantEqual(t, w.take("autre", 1, time.Minute, midnight), true)
	wantEqual(t, w.take("k", 1, time.Hour, midnight), true) // another limit on the same key
	wantEqual(t, w.take("k", 1, time.Minute, midnight.Add(time.Minute)), true)
	wantEqual(t, w.take("k", 2, time.Minute, midnight.Add(time.Minute)), true)
	wantEqual(t, w.take("k", 2, time.Minute, midnight.Add(time.Minute)), false)
	w.must(func(tx workflow.Tx) error { return tx.GiveBack(w.ctx, "k", time.Minute, midnight.Add(time.Minute)) })
	wantEqual(t, w.take("k", 2, time.Minute, midnight.Add(time.Minute)), true)
	wantEqual(t, w.take("k", 2, time.Minute, midnight.Add(time.Minute)), false)
	late := midnight.Add(50 * time.Second) // a window opens with its first use
	wantEqual(t, w.take("late", 1, time.Minute, late), true)
	wantEqual(t, w.take("late", 1, time.Minute, late.Add(59*time.Second)), false)
	wantEqual(t, w.take("late", 1, time.Minute, late.Add(time.Minute)), true)
}

func ratesAreExact(t *testing.T, w *world) {
	taken := w.parallel(200, func(tx workflow.Tx) (bool, error) { return tx.Take(w.ctx, "k", 7, time.Hour, noon) })
	wantEqual(t, taken, 7)
}

func purge(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	end := noon.Add(time.Hour)
	w.must(func(tx workflow.Tx) error {
		session := workflow.SigningSession{Hash: "h", InvitationID: "inv", Issue: 1, CreatedAt: noon, ExpiresAt: end}
		if err := tx.AddSigningSession(w.ctx, session); err != nil {
			return err
		}
		if err := tx.AddStaff(w.ctx, Staff("s")); err != nil {
			return err
		}
		if err := tx.AddStaffSession(w.ctx, workflow.StaffSession{Hash: "h", StaffID: "s", CreatedAt: noon, ExpiresAt: end}); err != nil {
			return err
		}
		c := Code("c1")
		c.ExpiresAt = end
		return tx.AddCode(w.ctx, c)
	})
	wantEqual(t, w.take("k", 1, time.Hour, noon), true)
	kept := func() (n int) {
		if _, err := w.SigningSession(w.ctx, "h"); err == nil {
			n++
		}
		if _, err := w.StaffSession(w.ctx, "h"); err == nil {
			n++
		}
		if _, err := w.try("sign:inv", "b", noon); err == nil {
			n++
		}
		if !w.take("k", 1, time.Hour, noon) {
			n++
		}
		return n
	}
	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, noon) })
	wantEqual(t, kept(), 4)
	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, end.Add(time.Hour-time.Millisecond)) })
	wantEqual(t, kept(), 3) // the window of the limit is over
	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, end.Add(time.Hour)) })
	wantEqual(t, kept(), 0)
}
