package store

import (
	"context"
	"time"
)

// afterlife is how long what has ended is kept, so that its owner reads
// "expired" rather than "unknown".
const afterlife = time.Hour

// Purge implements workflow.Tx.
func (t *tx) Purge(ctx context.Context, now time.Time) error {
	for _, table := range []string{"signing_session", "staff_session", "certificate_session", "code"} {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE expires_at <= $1", ms(now.Add(-afterlife))); err != nil {
			return err
		}
	}
	if err := t.purgeBatches(ctx, now); err != nil {
		return err
	}
	if err := t.purgeRetrievals(ctx, now); err != nil {
		return err
	}
	if err := t.purgeSnapshots(ctx, now); err != nil {
		return err
	}
	if err := t.purgeRequests(ctx, now); err != nil {
		return err
	}
	_, err := t.exec(ctx, "DELETE FROM rate WHERE ends_at <= $1", ms(now))
	return err
}

// purgeRetrievals forgets the addresses that somebody typed and from which
// nothing was signed, and from where: they are nobody's business.
func (t *tx) purgeRetrievals(ctx context.Context, now time.Time) error {
	over, before := " kind = 'retrieval' AND state = 'cancelled' AND finished_at <= $1", ms(now.Add(-afterlife))
	_, err := t.exec(ctx, `DELETE FROM journal_opening WHERE seq IN (SELECT seq FROM journal
		WHERE record IN (SELECT 'delivery:' || id FROM delivery WHERE`+over+"))", before)
	if err == nil {
		_, err = t.exec(ctx, "DELETE FROM delivery WHERE"+over, before)
	}
	return err
}
