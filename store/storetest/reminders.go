package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

func suppression(email string, reason workflow.SuppressionReason) workflow.Suppression {
	return workflow.Suppression{PoleSlug: "rive", Email: email, Reason: reason, Answer: "550 5.1.1", At: noon}
}

func (w *world) suppress(s workflow.Suppression) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error { return tx.Suppress(w.ctx, s) })
}

func suppressions(t *testing.T, w *world) {
	first, second := suppression("c@example.org", workflow.SuppressedByRequest), suppression("d@example.org", workflow.SuppressedByBounce)
	second.At = noon.Add(time.Minute)
	other := first
	other.PoleSlug, other.Email = "autre", "e@example.org"
	w.suppress(first)
	w.suppress(second)
	w.suppress(other)
	list := func(limit, offset int) []workflow.Suppression {
		list, total, err := w.Suppressions(w.ctx, "rive", limit, offset)
		wantEqual(t, []any{total, err}, []any{2, nil})
		return list
	}
	wantEqual(t, list(0, 0), []workflow.Suppression{second, first})
	wantEqual(t, list(1, 1), []workflow.Suppression{first})
	wantEqual(t, read[workflow.Suppression](t)(w.Suppression(w.ctx, "rive", "d@example.org")), second)
	_, err := w.Suppression(w.ctx, "autre", "c@example.org")
	wantError(t, err, workflow.NotFound, "suppression.not-found")
	wantEqual(t, read[bool](t)(w.Suppressed(w.ctx, "rive", "c@example.org")), true)
	wantEqual(t, read[bool](t)(w.Suppressed(w.ctx, "rive", "d@example.org")), false) // came back: asked for nothing
	wantEqual(t, read[bool](t)(w.Suppressed(w.ctx, "autre", "c@example.org")), false)
}

// suppressionReasons: who asked for no more stays, whatever comes back or is
// lifted later.
func suppressionReasons(t *testing.T, w *world) {
	bounced, asked := suppression("c@example.org", workflow.SuppressedByBounce), suppression("c@example.org", workflow.SuppressedByRequest)
	asked.At, asked.Answer = noon.Add(time.Hour), ""
	again := bounced
	again.At, again.Answer = noon.Add(time.Minute), "later"
	stored := func() workflow.Suppression {
		return read[workflow.Suppression](t)(w.Suppression(w.ctx, "rive", "c@example.org"))
	}
	lift := func(tx workflow.Tx) error { return tx.LiftSuppression(w.ctx, "rive", "c@example.org") }
	w.suppress(bounced)
	w.suppress(again)
	wantEqual(t, stored(), bounced)
	w.suppress(asked)
	wantEqual(t, stored(), asked)
	w.suppress(again)
	w.must(lift)
	wantEqual(t, stored(), asked)

	w.suppress(suppression("d@example.org", workflow.SuppressedByBounce))
	w.must(func(tx workflow.Tx) error { return tx.LiftSuppression(w.ctx, "rive", "d@example.org") })
	_, err := w.Suppression(w.ctx, "rive", "d@example.org")
	wantError(t, err, workflow.NotFound, "suppression.not-found")
}

// reminder adds an invitation with a moment for its reminder.
func (w *world) reminder(id string, state workflow.State, at time.Time, change ...func(*workflow.Invitation)) {
	w.t.Helper()
	i := Invitation(id)
	i.State, i.RemindAt = state, at
	for _, f := range change {
		f(&i)
	}
	w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, i) })
}

func dueReminders(t *testing.T, w *world) {
	w.reminder("later", workflow.StateSent, noon.Add(time.Millisecond))
	w.reminder("now", workflow.StateSent, noon)
	w.reminder("before", workflow.StateReady, noon.Add(-time.Hour))
	w.reminder("none", workflow.StateSent, time.Time{})
	wantEqual(t, read[[]string](t)(w.DueReminders(w.ctx, noon, 10)), []string{"before", "now"})
	wantEqual(t, read[[]string](t)(w.DueReminders(w.ctx, noon, 1)), []string{"before"})
}

func moveReminders(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("autre")) })
	for _, s := range workflow.States {
		w.reminder(string(s), s, noon)
	}
	w.reminder("elsewhere", workflow.StateSent, noon, func(i *workflow.Invitation) { i.PoleSlug = "autre" })
	w.reminder("alone", workflow.StateSent, noon, func(i *workflow.Invitation) { i.Campaign = "" })
	w.reminder("another", workflow.StateSent, noon, func(i *workflow.Invitation) { i.Contact.Email = "d@example.org" })
	move := func(of workflow.ReminderScope, at time.Time) {
		w.must(func(tx workflow.Tx) error { return tx.MoveReminders(w.ctx, of, at) })
	}
	moved := func(at time.Time) (ids []string) {
		for _, id := range []string{"prepared", "queued", "sent", "undelivered", "consulted", "awaiting-resolution", "ready", "signed",
			"expired", "revoked", "elsewhere", "alone", "another"} {
			if i := read[workflow.Invitation](t)(w.Invitation(w.ctx, id)); i.RemindAt.Equal(at) && i.Version > 1 {
				ids = append(ids, id)
			}
		}
		return ids
	}
	open := []string{"sent", "consulted", "awaiting-resolution", "ready"}
	move(workflow.ReminderScope{Pole: "rive", Campaign: "automne", Email: Invitation("").Contact.Email}, noon.Add(time.Hour))
	wantEqual(t, moved(noon.Add(time.Hour)), open)
	move(workflow.ReminderScope{Pole: "rive", Campaign: "automne"}, noon.Add(2*time.Hour))
	wantEqual(t, moved(noon.Add(2*time.Hour)), append(open[:4:4], "another"))
	move(workflow.ReminderScope{Pole: "rive"}, time.Time{})
	wantEqual(t, moved(time.Time{}), append(open[:4:4], "alone", "another"))

	version := func() int { return read[workflow.Invitation](t)(w.Invitation(w.ctx, "alone")).Version }
	before := version()
	move(workflow.ReminderScope{Pole: "rive"}, time.Time{})
	wantEqual(t, version(), before) // what stands already does not move
}

func remindedBefore(t *testing.T, w *world) {
	for id, c := range map[string]struct {
		state workflow.State
		at    time.Time
	}{
		"quiet":  {workflow.StateConsulted, noon.Add(-time.Millisecond)},
		"fresh":  {workflow.StateSent, noon},
		"never":  {workflow.StateSent, time.Time{}},
		"signed": {workflow.StateSigned, noon.Add(-time.Hour)},
	} {
		w.reminder(id, c.state, noon, func(i *workflow.Invitation) { i.RemindedAt = c.at })
	}
	ids, total := w.listed(workflow.InvitationFilter{RemindedBefore: noon})
	wantEqual(t, ids, []string{"quiet"})
	wantEqual(t, total, 1)
}
