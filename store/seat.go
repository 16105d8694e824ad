package store

import (
	"context"

	"jachete/workflow"
)

const (
	seatColumns = "invitation_id, seat, issue, has_read, asked_at, consulted_at, act"
	setSeat     = ` ON CONFLICT (invitation_id, seat) DO UPDATE SET issue = excluded.issue, has_read = excluded.has_read,
		asked_at = excluded.asked_at, consulted_at = excluded.consulted_at, act = excluded.act`
)

var upsertSeat = insert("seat", seatColumns) + setSeat

func scanSeat(r row) (s workflow.SeatRecord, err error) {
	return s, r.Scan(&s.InvitationID, &s.Seat, &s.Issue, &s.Read, (*instant)(&s.AskedAt), (*instant)(&s.ConsultedAt), fromJSON{&s.Act})
}

// Seats implements workflow.Reader.
func (r reader) Seats(ctx context.Context, invitationID string) ([]workflow.SeatRecord, error) {
	return many(ctx, r.link, scanSeat, "SELECT "+seatColumns+" FROM seat WHERE invitation_id = $1", invitationID)
}

// SetSeat implements workflow.Tx.
func (t *tx) SetSeat(ctx context.Context, s workflow.SeatRecord) error {
	_, err := t.exec(ctx, upsertSeat, s.InvitationID, s.Seat, s.Issue, s.Read, ms(s.AskedAt), ms(s.ConsultedAt), asJSON(s.Act))
	return err
}
