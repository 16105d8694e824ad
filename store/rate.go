package store

import (
	"context"
	"time"
)

// takeRate adds a use to the window, or refuses without a trace.
const takeRate = `INSERT INTO rate (key, lasts, opens_at, ends_at, uses) VALUES ($1, $2, $3, $4, 1)
	ON CONFLICT (key, lasts, opens_at) DO UPDATE SET uses = rate.uses + 1 WHERE rate.uses < $5`

// Take implements workflow.Tx. Windows stand at fixed multiples of their length
// since 1970, the same for every instance; two lengths of the same key are
// counted apart.
func (t *tx) Take(ctx context.Context, key string, limit int, window time.Duration, now time.Time) (bool, error) {
	if limit < 1 {
		return false, nil
	}
	lasts := window.Milliseconds()
	opens := ms(now) - ms(now)%lasts
	n, err := t.exec(ctx, takeRate, key, lasts, opens, opens+lasts, limit)
	return n == 1, err
}
