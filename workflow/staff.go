package workflow

import (
	"slices"
	"time"
)

// Role is what a member of staff may do.
type Role string

// The roles.
const (
	RoleAdmin  Role = "admin"  // every pôle
	RoleAgent  Role = "agent"  // writes in his pôles
	RoleReader Role = "reader" // reads in his pôles
)

// Staff is a person of a pôle. One person may serve several pôles.
type Staff struct {
	ID         string
	Email      string
	Name       string
	Role       Role
	Poles      []string // slugs
	Disabled   bool
	TOTPSealed []byte // secret of the second factor, encrypted under a key outside the database; nil until enrolled
	TOTPStep   int64  // last step accepted: each code works once
	CreatedAt  time.Time
}

// Serves tells whether the pôle is in the person's scope.
func (s Staff) Serves(pole string) bool {
	return s.Role == RoleAdmin || slices.Contains(s.Poles, pole)
}

// StaffSession is a signed-in browser. Only the hash of its secret is stored.
type StaffSession struct {
	Hash         string
	StaffID      string
	SecondFactor bool // passed, or not needed for the role
	CreatedAt    time.Time
	ExpiresAt    time.Time
	Browser      string    // "Firefox, Windows"; empty when unknown
	SeenAt       time.Time // last use, to seenEvery; zero before the second
}

// SigningSession is a browser in which a link was exchanged. Only the hash of
// its secret is stored.
type SigningSession struct {
	Hash         string
	InvitationID string
	Issue        int // of the link it was exchanged for: dies with it
	CreatedAt    time.Time
	ExpiresAt    time.Time
	ConfirmedAt  time.Time // zero until the right code was typed here
	CodeSentAt   time.Time // when the code that was confirmed had been accepted by the relay
	Seat         Seat      // whose link it was exchanged for
	Ceremony     bool      // opened by the link shown at a ceremony, not by the mailed one
}
