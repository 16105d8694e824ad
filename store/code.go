package store

import (
	"context"
	"time"

	"jachete/workflow"
)

const (
	codeColumns = "id, subject, browser, hmac, tries, sent_at, expires_at, used_at"

	// tryCode repeats its conditions outside the sub-select: there they are
	// checked again on the row as it is once its lock is held.
	tryCode = `UPDATE code SET tries = tries + 1
		WHERE id = (SELECT id FROM code WHERE subject = $1 AND browser = $2 ORDER BY sent_at DESC, id DESC LIMIT 1)
		AND used_at = 0 AND expires_at > $3 AND tries < $4
		RETURNING ` + codeColumns
)

var insertCode = insert("code", codeColumns)

func scanCode(r row) (c workflow.Code, err error) {
	return c, r.Scan(&c.ID, &c.Subject, &c.Browser, &c.HMAC, &c.Tries, (*instant)(&c.SentAt),
		(*instant)(&c.ExpiresAt), (*instant)(&c.UsedAt))
}

// AddCode implements workflow.Tx.
func (t *tx) AddCode(ctx context.Context, c workflow.Code) error {
	return t.add(ctx, "code.exists", insertCode, c.ID, c.Subject, c.Browser, blob(c.HMAC), c.Tries,
		ms(c.SentAt), ms(c.ExpiresAt), ms(c.UsedAt))
}

// VoidCodes implements workflow.Tx.
func (t *tx) VoidCodes(ctx context.Context, subject string, now time.Time) error {
	_, err := t.exec(ctx, "UPDATE code SET used_at = $1 WHERE subject = $2 AND used_at = 0", ms(now), subject)
	return err
}

// TryCode implements workflow.Tx. Only the newest code of the browser counts:
// an older one does not come back to life when that one is used up.
func (t *tx) TryCode(ctx context.Context, subject, browser string, limit int, now time.Time) (workflow.Code, error) {
	return one(ctx, t.link, "code.not-found", scanCode, tryCode, subject, browser, ms(now), limit)
}

// UseCode implements workflow.Tx.
func (t *tx) UseCode(ctx context.Context, id string, now time.Time) error {
	return t.change(ctx, conflict("code.used"), "UPDATE code SET used_at = $1 WHERE id = $2 AND used_at = 0", ms(now), id)
}
