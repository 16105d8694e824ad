package store

import (
	"context"
	"strings"
	"time"

	"jachete/workflow"
)

// remindedStates are those of workflow.RemindedStates as SQL.
var remindedStates = func() string {
	var list []string
	for _, s := range workflow.RemindedStates {
		list = append(list, "'"+string(s)+"'")
	}
	return strings.Join(list, ", ")
}()

// DueReminders implements workflow.Reader. Its condition is that of the index.
func (r reader) DueReminders(ctx context.Context, now time.Time, limit int) ([]string, error) {
	return many(ctx, r.link, value[string],
		"SELECT id FROM invitation WHERE remind_at > 0 AND remind_at <= $1 ORDER BY remind_at, id LIMIT $2", ms(now), limit)
}

// MoveReminders implements workflow.Tx.
func (t *tx) MoveReminders(ctx context.Context, of workflow.ReminderScope, at time.Time) error {
	w := new(where)
	set := w.arg(ms(at))
	w.equal("pole_slug", of.Pole)
	w.equal("campaign", of.Campaign)
	w.equal("contact_email", of.Email)
	n, err := t.exec(ctx, "UPDATE invitation SET remind_at = "+set+", version = version + 1, edition = 0 WHERE "+w.String()+
		" AND remind_at <> "+set+" AND state IN ("+remindedStates+")", w.args...)
	t.touched = t.touched || n > 0
	return err
}
