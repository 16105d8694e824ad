package store

import (
	"context"
	"math"

	"jachete/workflow"
)

const suppressionColumns = "pole_slug, email, reason, answer, created_at"

var (
	insertSuppression = insert("suppression", suppressionColumns) + ` ON CONFLICT (pole_slug, email) DO UPDATE
		SET reason = excluded.reason, answer = excluded.answer, created_at = excluded.created_at
		WHERE suppression.reason = 'bounced' AND excluded.reason = 'unsubscribed'`
	selectSuppression = "SELECT " + suppressionColumns + " FROM suppression WHERE "
)

func scanSuppression(r row) (s workflow.Suppression, err error) {
	return s, r.Scan(&s.PoleSlug, &s.Email, &s.Reason, &s.Answer, (*instant)(&s.At))
}

// Suppress implements workflow.Tx.
func (t *tx) Suppress(ctx context.Context, s workflow.Suppression) error {
	_, err := t.exec(ctx, insertSuppression, s.PoleSlug, s.Email, s.Reason, spoken(s.Answer), ms(s.At))
	return err
}

// LiftSuppression implements workflow.Tx.
func (t *tx) LiftSuppression(ctx context.Context, pole, email string) error {
	_, err := t.exec(ctx, "DELETE FROM suppression WHERE pole_slug = $1 AND email = $2 AND reason = 'bounced'", pole, email)
	return err
}

// Suppressed implements workflow.Reader.
func (r reader) Suppressed(ctx context.Context, pole, email string) (bool, error) {
	n, err := r.number(ctx, "SELECT COUNT(*) FROM suppression WHERE pole_slug = $1 AND email = $2 AND reason = 'unsubscribed'",
		pole, email)
	return n > 0, err
}

// Suppression implements workflow.Reader.
func (r reader) Suppression(ctx context.Context, pole, email string) (workflow.Suppression, error) {
	return one(ctx, r.link, "suppression.not-found", scanSuppression, selectSuppression+"pole_slug = $1 AND email = $2", pole, email)
}

// Suppressions implements workflow.Reader.
func (r reader) Suppressions(ctx context.Context, pole string, limit, offset int) ([]workflow.Suppression, int, error) {
	total, err := r.number(ctx, "SELECT COUNT(*) FROM suppression WHERE pole_slug = $1", pole)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	most := int64(math.MaxInt64)
	if limit > 0 {
		most = int64(limit)
	}
	list, err := many(ctx, r.link, scanSuppression, selectSuppression+"pole_slug = $1 ORDER BY created_at DESC, email LIMIT $2 OFFSET $3",
		pole, most, max(offset, 0))
	return list, int(total), err
}
