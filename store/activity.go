package store

import (
	"context"
	"maps"
	"slices"
	"time"
)

// numberInvitations gives the invitations changed in this transaction the next
// edition, see roll. The caller holds the lock of the journal, so editions grow
// in the order of commits.
var numberInvitations = []string{
	"UPDATE invitation_edition SET newest = newest + 1",
	"UPDATE invitation SET edition = (SELECT newest FROM invitation_edition) WHERE edition = 0",
}

// noteActivity notes beside each invitation when the journal last told
// something of it. Events about other records meet no row.
func (t *tx) noteActivity(ctx context.Context) error {
	var last time.Time
	records := map[string]bool{}
	for _, e := range t.events {
		records[e.Record] = true
		if e.At.After(last) {
			last = e.At
		}
	}
	return chunks(slices.Sorted(maps.Keys(records)), func(w *where) error {
		at := w.arg(ms(last))
		n, err := t.exec(ctx, "UPDATE invitation SET active_at = "+at+", edition = 0 WHERE active_at < "+at+" AND "+w.String(), w.args...)
		t.touched = t.touched || n > 0
		return err
	}, "id")
}
