package store

import (
	"context"
	"strings"
	"time"

	"jachete/workflow"
)

const (
	// forgetMail leaves the key without the address, unique by the id in its place.
	forgetMail = `UPDATE delivery SET key = REPLACE(key, recipient, id), recipient = '', answer = '', copy = '',
		finished_at = CASE WHEN state IN ('waiting', 'sending') THEN $2 ELSE finished_at END, lease = '', lease_until = 0,
		state = CASE WHEN state IN ('waiting', 'sending') THEN 'cancelled' ELSE state END WHERE recipient <> '' AND `

	forgetRequest = "UPDATE invitation_request SET name = '', function = '', email = '', message = '' WHERE "
)

// The conditions of the indexes invitation_ended and delivery_finished, in their
// words.
var (
	selectForgettable = `SELECT id FROM invitation i WHERE ended_at > 0 AND contact_email <> '' AND ended_at <= $1 AND NOT EXISTS (
		WITH RECURSIVE later (id, next, state) AS (
			SELECT n.id, n.transferred_to, n.state FROM invitation n WHERE n.id = i.transferred_to
			UNION SELECT n.id, n.transferred_to, n.state FROM later l JOIN invitation n ON n.id = l.next)
		SELECT 1 FROM later WHERE state IN ('` + strings.Join(openStates(), "', '") + `'))
		ORDER BY ended_at, id LIMIT $2`
	selectOldMails = selectDelivery + "finished_at > 0 AND recipient <> '' AND kind NOT IN (" + quoted(workflow.ProofMails) +
		") AND finished_at <= $1 ORDER BY finished_at, id LIMIT $2"
)

func quoted(kinds []workflow.DeliveryKind) string {
	var words []string
	for _, k := range kinds {
		words = append(words, "'"+string(k)+"'")
	}
	return strings.Join(words, ", ")
}

// ForgettableInvitations implements workflow.Reader.
func (r reader) ForgettableInvitations(ctx context.Context, ended time.Time, limit int) ([]string, error) {
	return many(ctx, r.link, value[string], selectForgettable, ms(ended), limit)
}

// OldMails implements workflow.Reader.
func (r reader) OldMails(ctx context.Context, finished time.Time, limit int) ([]workflow.Delivery, error) {
	return many(ctx, r.link, scanDelivery, selectOldMails, ms(finished), limit)
}

// ForgetInvitation implements workflow.Tx.
func (t *tx) ForgetInvitation(ctx context.Context, id string, now time.Time) error {
	for _, table := range []string{"seat", "resolution_extract", "correction"} {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE invitation_id = $1", id); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, forgetMail+"invitation_id = $1", id, ms(now))
	return err
}

// ForgetMail implements workflow.Tx.
func (t *tx) ForgetMail(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, forgetMail+"id = $1", id, ms(now))
	return err
}

// ForgetRequest implements workflow.Tx.
func (t *tx) ForgetRequest(ctx context.Context, id string) error {
	_, err := t.exec(ctx, forgetRequest+"id = $1 AND closed_at > 0", id)
	return err
}

// ForgetBatchLine implements workflow.Tx.
func (t *tx) ForgetBatchLine(ctx context.Context, batch string, line int) error {
	_, err := t.exec(ctx, "UPDATE batch_row SET cells = '{}' WHERE batch_id = $1 AND line = $2", batch, line)
	return err
}

// DropSeat implements workflow.Tx.
func (t *tx) DropSeat(ctx context.Context, invitationID string, seat workflow.Seat) error {
	_, err := t.exec(ctx, "DELETE FROM seat WHERE invitation_id = $1 AND seat = $2", invitationID, seat)
	return err
}

// ForgetOpenings implements workflow.Tx.
func (t *tx) ForgetOpenings(ctx context.Context, f workflow.OpeningFilter) error {
	w := new(where)
	w.and("record = " + w.arg(f.Record))
	w.equal("type", f.Type)
	if f.Delivery != "" { // the body is canonical: no space between name and value
		w.and("type LIKE 'delivery.%' AND body LIKE " + w.arg(`%"delivery":"`+f.Delivery+`"%`))
	}
	entries := "seq IN (SELECT seq FROM journal WHERE " + w.String() + ")"
	if f.Fields != nil {
		w.conditions = nil
		w.in("field", f.Fields)
		entries += " AND " + w.String()
	}
	_, err := t.exec(ctx, "DELETE FROM journal_opening WHERE "+entries, w.args...)
	return err
}
