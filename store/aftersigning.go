package store

import (
	"context"

	"jachete/workflow"
)

const (
	certificateSessionColumns = "hash, signature_id, created_at, expires_at"
	correctionColumns         = "id, invitation_id, field, wanted, asked_at"

	insertMailbox = "INSERT INTO signature_mailbox (signature_id, mailbox) VALUES ($1, $2)"
	// publish moves the line to the next edition, by which every instance learns
	// of it: see commitmentNumber.
	publish = `UPDATE commitment SET public_name = $2, public_function = $3, second_name = $4, second_function = $5,
		public_quote = $6, public_logo = $7, edition = -ABS(edition) WHERE id = $1`
)

var (
	insertCertificateSession = insert("certificate_session", certificateSessionColumns)
	insertCorrection         = insert("correction", correctionColumns)
	selectSignaturesOf       = "SELECT " + of("s", signatureColumns) + ` FROM signature s
		JOIN signature_mailbox m ON m.signature_id = s.id WHERE m.mailbox = $1 ORDER BY s.signed_at, s.id`
)

// addMailbox keeps where a signature came from, to find it by.
func (t *tx) addMailbox(ctx context.Context, s workflow.Signature) error {
	for mailbox := range s.Mailboxes() {
		if err := t.add(ctx, "signature.exists", insertMailbox, s.ID, mailbox); err != nil {
			return err
		}
	}
	return nil
}

// SignaturesFrom implements workflow.Reader.
func (r reader) SignaturesFrom(ctx context.Context, mailbox string) ([]workflow.Signature, error) {
	return many(ctx, r.link, scanSignature, selectSignaturesOf, mailbox)
}

// SetPublication implements workflow.Tx.
func (t *tx) SetPublication(ctx context.Context, c workflow.Commitment) error {
	t.listed = true
	return t.change(ctx, notFound("commitment.not-found"), publish, c.ID, c.PublicName, c.PublicFunction,
		c.PublicSecond.Name, c.PublicSecond.Function, c.PublicQuote, c.PublicLogo)
}

// CertificateSession implements workflow.Reader. It gives expired ones too.
func (r reader) CertificateSession(ctx context.Context, hash string) (workflow.CertificateSession, error) {
	return one(ctx, r.link, "session.not-found", func(r row) (s workflow.CertificateSession, err error) {
		return s, r.Scan(&s.Hash, &s.SignatureID, (*instant)(&s.CreatedAt), (*instant)(&s.ExpiresAt))
	}, "SELECT "+certificateSessionColumns+" FROM certificate_session WHERE hash = $1", hash)
}

// AddCertificateSession implements workflow.Tx.
func (t *tx) AddCertificateSession(ctx context.Context, s workflow.CertificateSession) error {
	return t.add(ctx, "session.exists", insertCertificateSession, s.Hash, s.SignatureID, ms(s.CreatedAt), ms(s.ExpiresAt))
}

// Corrections implements workflow.Reader.
func (r reader) Corrections(ctx context.Context, invitationID string) ([]workflow.Correction, error) {
	return many(ctx, r.link, scanCorrection, "SELECT "+correctionColumns+" FROM correction WHERE invitation_id = $1 ORDER BY asked_at, id", invitationID)
}

// Correction implements workflow.Reader.
func (r reader) Correction(ctx context.Context, id string) (workflow.Correction, error) {
	return one(ctx, r.link, "correction.not-found", scanCorrection, "SELECT "+correctionColumns+" FROM correction WHERE id = $1", id)
}

func scanCorrection(r row) (c workflow.Correction, err error) {
	return c, r.Scan(&c.ID, &c.InvitationID, &c.Field, &c.Wanted, (*instant)(&c.AskedAt))
}

// AddCorrection implements workflow.Tx.
func (t *tx) AddCorrection(ctx context.Context, c workflow.Correction) error {
	return t.add(ctx, "correction.exists", insertCorrection, c.ID, c.InvitationID, c.Field, c.Wanted, ms(c.AskedAt))
}
