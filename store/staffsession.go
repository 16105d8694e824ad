package store

import (
	"context"
	"time"

	"jachete/workflow"
)

// StaffSessions implements workflow.Reader.
func (r reader) StaffSessions(ctx context.Context, staffID string) ([]workflow.StaffSession, error) {
	return many(ctx, r.link, scanStaffSession,
		"SELECT "+staffSessionColumns+" FROM staff_session WHERE staff_id = $1 ORDER BY created_at DESC, hash", staffID)
}

// TouchStaffSession implements workflow.Tx.
func (t *tx) TouchStaffSession(ctx context.Context, hash string, at time.Time) error {
	_, err := t.exec(ctx, "UPDATE staff_session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2", hash, ms(at))
	return err
}

// EndOtherStaffSessions implements workflow.Tx.
func (t *tx) EndOtherStaffSessions(ctx context.Context, staffID, hash string) error {
	_, err := t.exec(ctx, "DELETE FROM staff_session WHERE staff_id = $1 AND hash <> $2", staffID, hash)
	return err
}

// HoldStaff implements workflow.Tx.
func (t *tx) HoldStaff(ctx context.Context) error {
	if t.dialect.lockStaff == "" {
		return nil
	}
	_, err := t.exec(ctx, t.dialect.lockStaff)
	return err
}
