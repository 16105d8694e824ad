package workflow

import "time"

// Code is a one-time secret sent by mail. Only its HMAC under a key outside
// the database is stored, so that a stolen database gives no code.
type Code struct {
	ID        string
	Subject   string // what it opens: "sign:<invitation>" or "staff:<staff id>"
	Browser   string // hash of the session that asked: another browser cannot use it
	HMAC      []byte
	Tries     int
	SentAt    time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // also set when void
}

// Limits of codes.
const (
	CodeLife            = 10 * time.Minute
	CodeTries           = 5  // per code
	InvitationCodeTries = 10 // per live link
)
