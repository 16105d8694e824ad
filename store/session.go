package store

import (
	"context"

	"jachete/workflow"
)

const signingSessionColumns = "hash, invitation_id, issue, created_at, expires_at, confirmed_at, code_sent_at, ceremony, seat"

var (
	insertSigningSession = insert("signing_session", signingSessionColumns)
	updateSigningSession = update("signing_session", signingSessionColumns)
)

func signingSessionArgs(s workflow.SigningSession) []any {
	return []any{s.Hash, s.InvitationID, s.Issue, ms(s.CreatedAt), ms(s.ExpiresAt), ms(s.ConfirmedAt), ms(s.CodeSentAt), s.Ceremony, s.Seat}
}

func scanSigningSession(r row) (s workflow.SigningSession, err error) {
	return s, r.Scan(&s.Hash, &s.InvitationID, &s.Issue, (*instant)(&s.CreatedAt), (*instant)(&s.ExpiresAt),
		(*instant)(&s.ConfirmedAt), (*instant)(&s.CodeSentAt), &s.Ceremony, &s.Seat)
}

// SigningSession implements workflow.Reader. It gives expired ones too.
func (r reader) SigningSession(ctx context.Context, hash string) (workflow.SigningSession, error) {
	return one(ctx, r.link, "session.not-found", scanSigningSession,
		"SELECT "+signingSessionColumns+" FROM signing_session WHERE hash = $1", hash)
}

// AddSigningSession implements workflow.Tx.
func (t *tx) AddSigningSession(ctx context.Context, s workflow.SigningSession) error {
	return t.add(ctx, "session.exists", insertSigningSession, signingSessionArgs(s)...)
}

// SetSigningSession implements workflow.Tx.
func (t *tx) SetSigningSession(ctx context.Context, s workflow.SigningSession) error {
	return t.change(ctx, notFound("session.not-found"), updateSigningSession, signingSessionArgs(s)...)
}
