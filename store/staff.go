package store

import (
	"context"

	"jachete/workflow"
)

const (
	staffColumns        = "id, email, name, role, poles, disabled, totp_sealed, totp_step, created_at"
	staffSessionColumns = "hash, staff_id, second_factor, created_at, expires_at, browser, seen_at"

	// updateStaff never sets the step back: a code that was accepted stays used,
	// even when the row is written from an older reading.
	updateStaff = `UPDATE staff SET email = $2, name = $3, role = $4, poles = $5, disabled = $6, totp_sealed = $7,
		totp_step = CASE WHEN totp_step < $8 THEN $8 ELSE totp_step END, created_at = $9 WHERE id = $1`
)

var (
	insertStaff        = insert("staff", staffColumns)
	insertStaffSession = insert("staff_session", staffSessionColumns)
)

func staffArgs(s workflow.Staff) []any {
	return []any{s.ID, s.Email, s.Name, s.Role, asJSON(s.Poles), s.Disabled, s.TOTPSealed, s.TOTPStep, ms(s.CreatedAt)}
}

func scanStaff(r row) (s workflow.Staff, err error) {
	return s, r.Scan(&s.ID, &s.Email, &s.Name, &s.Role, fromJSON{&s.Poles}, &s.Disabled, &s.TOTPSealed, &s.TOTPStep,
		(*instant)(&s.CreatedAt))
}

// Staff implements workflow.Reader.
func (r reader) Staff(ctx context.Context, id string) (workflow.Staff, error) {
	return one(ctx, r.link, "staff.not-found", scanStaff, "SELECT "+staffColumns+" FROM staff WHERE id = $1", id)
}

// StaffByEmail implements workflow.Reader.
func (r reader) StaffByEmail(ctx context.Context, email string) (workflow.Staff, error) {
	return one(ctx, r.link, "staff.not-found", scanStaff, "SELECT "+staffColumns+" FROM staff WHERE email = $1", email)
}

// StaffList implements workflow.Reader.
func (r reader) StaffList(ctx context.Context) ([]workflow.Staff, error) {
	list, err := many(ctx, r.link, scanStaff, "SELECT "+staffColumns+" FROM staff ORDER BY id")
	sortByName(list, func(s workflow.Staff) string { return s.Name })
	return list, err
}

// AddStaff implements workflow.Tx.
func (t *tx) AddStaff(ctx context.Context, s workflow.Staff) error {
	return t.add(ctx, "staff.exists", insertStaff, staffArgs(s)...)
}

// SetStaff implements workflow.Tx; another person's address is a Conflict.
func (t *tx) SetStaff(ctx context.Context, s workflow.Staff) error {
	n, err := t.run(ctx, updateStaff, staffArgs(s)...)
	switch {
	case err != nil && isDuplicate(err):
		return t.fail(conflict("staff.exists"))
	case err != nil:
		return t.fail(err)
	case n == 0:
		return notFound("staff.not-found")
	}
	return nil
}

// TakeTOTPStep implements workflow.Tx.
func (t *tx) TakeTOTPStep(ctx context.Context, staffID string, step int64) (bool, error) {
	n, err := t.exec(ctx, "UPDATE staff SET totp_step = $1 WHERE id = $2 AND totp_step < $1", step, staffID)
	return n == 1, err
}

// StaffSession implements workflow.Reader. It gives expired ones too.
func (r reader) StaffSession(ctx context.Context, hash string) (workflow.StaffSession, error) {
	return one(ctx, r.link, "session.not-found", scanStaffSession,
		"SELECT "+staffSessionColumns+" FROM staff_session WHERE hash = $1", hash)
}

func scanStaffSession(r row) (s workflow.StaffSession, err error) {
	return s, r.Scan(&s.Hash, &s.StaffID, &s.SecondFactor, (*instant)(&s.CreatedAt), (*instant)(&s.ExpiresAt),
		&s.Browser, (*instant)(&s.SeenAt))
}

// AddStaffSession implements workflow.Tx.
func (t *tx) AddStaffSession(ctx context.Context, s workflow.StaffSession) error {
	return t.add(ctx, "session.exists", insertStaffSession, s.Hash, s.StaffID, s.SecondFactor, ms(s.CreatedAt), ms(s.ExpiresAt),
		s.Browser, ms(s.SeenAt))
}

// EndStaffSession implements workflow.Tx.
func (t *tx) EndStaffSession(ctx context.Context, hash string) error {
	_, err := t.exec(ctx, "DELETE FROM staff_session WHERE hash = $1", hash)
	return err
}

// EndStaffSessions implements workflow.Tx.
func (t *tx) EndStaffSessions(ctx context.Context, staffID string) error {
	_, err := t.exec(ctx, "DELETE FROM staff_session WHERE staff_id = $1", staffID)
	return err
}
