package store

import (
	"context"
	"encoding/json"
	"strings"

	"jachete/workflow"
)

// What names a mailbox is looked for by reading whole tables: an operator asks,
// rarely, and what forgets it must not miss a column for want of an index.
var (
	selectNaming = "SELECT " + invitationColumns + ` FROM invitation WHERE contact_email = $1 OR LOWER(details) LIKE $2 ESCAPE '\'
		ORDER BY created_at, id`
	selectSignaturesNaming = selectSignature + `id IN (SELECT signature_id FROM signature_mailbox WHERE mailbox = $1)
		OR LOWER(evidence) LIKE $2 ESCAPE '\' OR LOWER(acts) LIKE $2 ESCAPE '\'
		OR invitation_id IN (SELECT invitation_id FROM delivery WHERE recipient = $1 AND kind IN (` + quoted(workflow.ProofMails) + `))
		ORDER BY signed_at, id`
	selectFollowUpsNaming = "SELECT " + followUpColumns + ` FROM follow_up WHERE recipient_email = $1 OR contact_email = $1 ORDER BY commitment_id, year`
	selectLinesNaming     = `SELECT line, verdict, reasons, cells, outcome, invitation_id, batch_id FROM batch_row
		WHERE LOWER(cells) LIKE $1 ESCAPE '\' ORDER BY batch_id, line`

	forgetMailbox = `DELETE FROM journal_opening WHERE seq IN (SELECT o.seq FROM journal_opening o JOIN journal j ON j.seq = o.seq
		WHERE o.value = $1 AND j.record NOT LIKE 'staff:%'
			AND (j.type LIKE 'followup.%' OR NOT EXISTS (SELECT 1 FROM signature s WHERE s.invitation_id = j.record)) AND `
	forgetAsked  = "UPDATE follow_up SET recipient_name = '', recipient_email = '' WHERE recipient_email = $1"
	forgetToAsk  = "UPDATE follow_up SET contact_name = '', contact_function = '', contact_email = '' WHERE contact_email = $1"
	literalsOnly = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)
)

// valueIn is the pattern of a JSON text that has the mailbox as a whole value.
func valueIn(mailbox string) string {
	text, _ := json.Marshal(mailbox) // a string
	return "%" + literalsOnly.Replace(strings.ToLower(string(text))) + "%"
}

// InvitationsNaming implements workflow.Reader.
func (r reader) InvitationsNaming(ctx context.Context, mailbox string) ([]workflow.Invitation, error) {
	return many(ctx, r.link, scanInvitation, selectNaming, mailbox, valueIn(mailbox))
}

// SignaturesNaming implements workflow.Reader.
func (r reader) SignaturesNaming(ctx context.Context, mailbox string) ([]workflow.Signature, error) {
	return many(ctx, r.link, scanSignature, selectSignaturesNaming, mailbox, valueIn(mailbox))
}

// RequestsFrom implements workflow.Reader.
func (r reader) RequestsFrom(ctx context.Context, mailbox string) ([]workflow.InvitationRequest, error) {
	return many(ctx, r.link, scanRequest, selectRequest+"email = $1 ORDER BY asked_at, id", mailbox)
}

// MailsTo implements workflow.Reader.
func (r reader) MailsTo(ctx context.Context, mailbox string) ([]workflow.Delivery, error) {
	return many(ctx, r.link, scanDelivery, selectDelivery+"recipient = $1 ORDER BY created_at, id", mailbox)
}

// FollowUpsNaming implements workflow.Reader.
func (r reader) FollowUpsNaming(ctx context.Context, mailbox string) ([]workflow.FollowUp, error) {
	return many(ctx, r.link, scanFollowUp, selectFollowUpsNaming, mailbox)
}

// SuppressionsOf implements workflow.Reader.
func (r reader) SuppressionsOf(ctx context.Context, mailbox string) ([]workflow.Suppression, error) {
	return many(ctx, r.link, scanSuppression, selectSuppression+"email = $1 ORDER BY pole_slug", mailbox)
}

// BatchLinesNaming implements workflow.Reader.
func (r reader) BatchLinesNaming(ctx context.Context, mailbox string) ([]workflow.BatchLineOf, error) {
	pattern := strings.ReplaceAll(valueIn(mailbox), `"`, "") // a cell may hold more
	return many(ctx, r.link, func(r row) (b workflow.BatchLineOf, err error) {
		return b, r.Scan(&b.Line, &b.Verdict, fromJSON{&b.Reasons}, fromJSON{&b.Cells}, &b.Outcome, &b.InvitationID, &b.Batch)
	}, selectLinesNaming, pattern)
}

// ForgetFollowUps implements workflow.Tx.
func (t *tx) ForgetFollowUps(ctx context.Context, mailbox string) error {
	_, err := t.exec(ctx, forgetAsked, mailbox)
	if err == nil {
		_, err = t.exec(ctx, forgetToAsk, mailbox)
	}
	return err
}

// ForgetMailbox implements workflow.Tx.
func (t *tx) ForgetMailbox(ctx context.Context, mailbox string, but ...string) error {
	w := &where{args: []any{mailbox}}
	if len(but) > 0 {
		w.in("j.record NOT", but)
	}
	_, err := t.exec(ctx, forgetMailbox+w.String()+")", w.args...)
	return err
}

// ForgetCopies implements workflow.Tx.
func (t *tx) ForgetCopies(ctx context.Context, invitationID string) error {
	_, err := t.exec(ctx, "UPDATE delivery SET copy = '' WHERE invitation_id = $1", invitationID)
	return err
}
