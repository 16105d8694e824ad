package store

import (
	"context"
	"time"
)

// takeRate adds a use to the window, opens another one when it is over, or
// refuses without a trace.
const takeRate = `INSERT INTO rate (key, lasts, ends_at, uses) VALUES ($1, $2, $3, 1)
	ON CONFLICT (key, lasts) DO UPDATE SET
		uses = CASE WHEN rate.ends_at <= $4 THEN 1 ELSE rate.uses + 1 END,
		ends_at = CASE WHEN rate.ends_at <= $4 THEN $3 ELSE rate.ends_at END
	WHERE rate.ends_at <= $4 OR rate.uses < $5`

// Take implements workflow.Tx. A window opens with its first use, so that two
// uses of a limit of one are a whole window apart; two lengths of the same key
// are counted apart.
func (t *tx) Take(ctx context.Context, key string, limit int, window time.Duration, now time.Time) (bool, error) {
	if limit < 1 {
		return false, nil
	}
	n, err := t.exec(ctx, takeRate, key, window.Milliseconds(), ms(now.Add(window)), ms(now), limit)
	return n == 1, err
}

// GiveBack implements workflow.Tx.
func (t *tx) GiveBack(ctx context.Context, key string, window time.Duration, now time.Time) error {
	_, err := t.exec(ctx, "UPDATE rate SET uses = uses - 1 WHERE key = $1 AND lasts = $2 AND ends_at > $3 AND uses > 0",
		key, window.Milliseconds(), ms(now))
	return err
}
