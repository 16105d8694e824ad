package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"jachete/workflow"
)

const (
	deliveryColumns = "id, key, kind, invitation_id, pole_slug, issue, recipient, language, message_id, state, " +
		"run_at, lease_until, lease, attempts, answer, link_only, created_at, finished_at, staff_id, copy, seat"

	// claimDeliveries picks in a list computed once, so that the limit holds
	// however the database joins. Whoever holds a lease was due when he took it:
	// run_at bounds the search for both.
	claimDeliveries = `WITH due AS MATERIALIZED (
			SELECT id FROM delivery
			WHERE state IN ('waiting', 'sending') AND run_at <= $1 AND (state = 'waiting' OR lease_until <= $1)
			ORDER BY run_at, id LIMIT $2 `
	claimDue = `)
		UPDATE delivery SET state = 'sending', lease = $3, lease_until = $4, attempts = attempts + 1
		WHERE id IN (SELECT id FROM due) RETURNING ` + deliveryColumns

	finishDelivery = `UPDATE delivery SET state = $1, run_at = $2, lease_until = $3, lease = $4, attempts = $5,
		answer = $6, link_only = $7, finished_at = $8, copy = $9 WHERE id = $10 AND state = 'sending' AND lease = $11`
)

var (
	insertDelivery = insert("delivery", deliveryColumns) + " ON CONFLICT (key) DO NOTHING"
	selectDelivery = "SELECT " + deliveryColumns + " FROM delivery WHERE "
)

func scanDelivery(r row) (d workflow.Delivery, err error) {
	return d, r.Scan(&d.ID, &d.Key, &d.Kind, &d.InvitationID, &d.PoleSlug, &d.Issue, &d.Recipient, &d.Language,
		&d.MessageID, &d.State, (*instant)(&d.RunAt), (*instant)(&d.LeaseUntil), &d.Lease, &d.Attempts, &d.Answer,
		&d.LinkOnly, (*instant)(&d.CreatedAt), (*instant)(&d.FinishedAt), &d.StaffID, &d.Copy, &d.Seat)
}

// Delivery implements workflow.Reader.
func (r reader) Delivery(ctx context.Context, id string) (workflow.Delivery, error) {
	return one(ctx, r.link, "delivery.not-found", scanDelivery, selectDelivery+"id = $1", id)
}

// DeliveriesOf implements workflow.Reader.
func (r reader) DeliveriesOf(ctx context.Context, invitationID string) ([]workflow.Delivery, error) {
	return many(ctx, r.link, scanDelivery, selectDelivery+"invitation_id = $1 ORDER BY created_at, id", invitationID)
}

// AddDelivery implements workflow.Tx.
func (t *tx) AddDelivery(ctx context.Context, d workflow.Delivery) error {
	return t.add(ctx, "delivery.exists", insertDelivery, deliveryArgs(d)...)
}

// AddDeliveries implements workflow.Tx.
func (t *tx) AddDeliveries(ctx context.Context, list []workflow.Delivery) error {
	return t.addMany(ctx, "delivery.exists", "delivery", deliveryColumns, argsOf(list, deliveryArgs))
}

func deliveryArgs(d workflow.Delivery) []any {
	return []any{d.ID, d.Key, d.Kind, d.InvitationID, d.PoleSlug, d.Issue, d.Recipient, d.Language, d.MessageID, d.State, ms(d.RunAt),
		ms(d.LeaseUntil), d.Lease, d.Attempts, spoken(d.Answer), d.LinkOnly, ms(d.CreatedAt), ms(d.FinishedAt), d.StaffID, spoken(d.Copy), d.Seat}
}

// ClaimDeliveries implements workflow.Tx. It gives the longest due first.
func (t *tx) ClaimDeliveries(ctx context.Context, now, until time.Time, lease string, limit int) ([]workflow.Delivery, error) {
	claimed, err := many(ctx, t.link, scanDelivery, claimDeliveries+t.dialect.skipLocked+claimDue,
		ms(now), limit, lease, ms(until))
	slices.SortFunc(claimed, func(a, b workflow.Delivery) int {
		if c := a.RunAt.Compare(b.RunAt); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return claimed, err
}

// FinishDelivery implements workflow.Tx. It writes what an attempt changes:
// state, times, lease, attempts, answer, copy and LinkOnly.
func (t *tx) FinishDelivery(ctx context.Context, lease string, d workflow.Delivery) error {
	return t.change(ctx, conflict("delivery.lease-lost"), finishDelivery, d.State, ms(d.RunAt), ms(d.LeaseUntil), d.Lease,
		d.Attempts, spoken(d.Answer), d.LinkOnly, ms(d.FinishedAt), spoken(d.Copy), d.ID, lease)
}

// BounceDelivery implements workflow.Tx.
func (t *tx) BounceDelivery(ctx context.Context, id, reason string, now time.Time) (workflow.Delivery, error) {
	return one(ctx, t.link, "delivery.not-found", scanDelivery, `UPDATE delivery SET state = 'failed', answer = $1, finished_at = $2
		WHERE id = $3 AND state = 'sent' RETURNING `+deliveryColumns, spoken(reason), ms(now), id)
}

// CancelDeliveries implements workflow.Tx.
func (t *tx) CancelDeliveries(ctx context.Context, invitationID string, kind workflow.DeliveryKind, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE delivery SET state = 'cancelled', finished_at = $1
		WHERE invitation_id = $2 AND kind = $3 AND state = 'waiting'`, ms(now), invitationID, kind)
	return err
}

// spoken makes the words of a relay storable, whatever bytes it sent: failing
// to note an answer would send the mail again.
func spoken(answer string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(answer, "\uFFFD"), "\x00", "\uFFFD")
}
