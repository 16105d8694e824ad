package workflow

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Seat is a place at which somebody signs a declaration. Most have one.
type Seat string

// The seats, in the order of the certificate.
const (
	SeatFirst  Seat = "first"  // the contact of the invitation
	SeatSecond Seat = "second" // another person of the organisation
	SeatPole   Seat = "pole"   // for the pôle, which countersigns when the others have signed
)

// Cosignatory is who signs beside the contact. The zero value is nobody.
type Cosignatory struct {
	Signatory
	Email    string `json:"email"`
	Together bool   `json:"together,omitempty"` // asked at once, not when the contact has signed
}

// IsZero tells that nobody sits there.
func (c Cosignatory) IsZero() bool { return c == Cosignatory{} }

// SeatRecord is how far somebody has come at a seat. Details say who it is.
type SeatRecord struct {
	InvitationID string
	Seat         Seat
	Issue        int // number of the live link; 0 before the first, and at the seat of the contact
	Read         bool
	AskedAt      time.Time // when the live link was queued; zero when it is not this person's turn
	ConsultedAt  time.Time
	Act          Act // zero until given
}

// Act is what one person did: in which words, with what proof.
type Act struct {
	Seat         Seat      `json:"seat"`
	Signatory    Signatory `json:"signatory"`
	Language     Language  `json:"language"` // of the pages the person read
	Consent      string    `json:"consent"`
	Publish      Publish   `json:"publish"`
	SessionHash  string    `json:"session_hash"`
	ReviewSHA256 string    `json:"review_sha256"`
	// Drawing (PNG) and Logo are kept until all is sealed; the hash stays.
	DrawingSHA256 string    `json:"drawing_sha256,omitempty"`
	Drawing       []byte    `json:"drawing,omitempty"`
	Logo          Picture   `json:"logo,omitzero"`
	Evidence      Evidence  `json:"evidence"`
	SignedAt      time.Time `json:"signed_at"`
}

// IsZero tells that nothing was done yet.
func (a Act) IsZero() bool { return a.SignedAt.IsZero() }

// Cosignatories gives who signs beside the contact, by seat.
func (d Details) Cosignatories() map[Seat]Cosignatory {
	all := map[Seat]Cosignatory{}
	for seat, who := range map[Seat]Cosignatory{SeatSecond: d.Second, SeatPole: d.Countersigner} {
		if !who.IsZero() {
			all[seat] = who
		}
	}
	return all
}

// Seats lists the seats of a declaration, in the order of the certificate.
func (d Details) Seats() []Seat {
	list := []Seat{SeatFirst}
	for _, seat := range []Seat{SeatSecond, SeatPole} {
		if _, taken := d.Cosignatories()[seat]; taken {
			list = append(list, seat)
		}
	}
	return list
}

// signatory is who sits at a seat.
func (d Details) signatory(seat Seat) Signatory {
	if seat == SeatFirst {
		return d.Signatory
	}
	return d.Cosignatories()[seat].Signatory
}

// cosigned is who signs beside the contact, as it is hashed before signing.
type cosigned struct {
	Seat Seat `json:"seat"`
	Signatory
}

// beside lists who signs beside the contact.
func (d Details) beside() (list []cosigned) {
	for _, seat := range d.Seats()[1:] {
		list = append(list, cosigned{seat, d.signatory(seat)})
	}
	return list
}

// beside lists who signed beside the contact.
func (s Signature) beside() (list []cosigned) {
	for _, act := range s.Acts {
		if act.Seat != SeatFirst {
			list = append(list, cosigned{act.Seat, act.Signatory})
		}
	}
	return list
}

// act is what was done at a seat; zero when nobody sat there.
func (s Signature) act(seat Seat) Act {
	for _, act := range s.Acts {
		if act.Seat == seat {
			return act
		}
	}
	return Act{}
}

// seenFrom is a signature as what one person of the organisation did, beside whom
// another may have signed: it is theirs to see and to manage.
func (s Signature) seenFrom(seat Seat) Signature {
	if act := s.act(seat); !act.IsZero() {
		s.Signatory, s.Language, s.Consent, s.Publish = act.Signatory, act.Language, act.Consent, act.Publish
		s.SessionHash, s.ReviewSHA256, s.DrawingSHA256, s.Evidence = act.SessionHash, act.ReviewSHA256, act.DrawingSHA256, act.Evidence
	}
	return s
}

// Mailboxes gives the seats of the organisation by the mailbox each signed from.
func (s Signature) Mailboxes() map[string]Seat {
	from := map[string]Seat{}
	if s.Evidence.Email != "" {
		from[strings.ToLower(s.Evidence.Email)] = SeatFirst
	}
	if second := s.act(SeatSecond); !second.IsZero() {
		from[strings.ToLower(second.Evidence.Email)] = SeatSecond
	}
	return from
}

// secondOf is the other person of the organisation; zero for nobody.
func secondOf(beside []cosigned) (who Signatory) {
	for _, c := range beside {
		if c.Seat == SeatSecond {
			who = c.Signatory
		}
	}
	return who
}

// seatRecords are those of one invitation.
type seatRecords []SeatRecord

// at gives the record of a seat; a new one when there is none.
func (l seatRecords) at(inv Invitation, seat Seat) SeatRecord {
	i := slices.IndexFunc(l, func(r SeatRecord) bool { return r.Seat == seat })
	if i < 0 {
		return SeatRecord{InvitationID: inv.ID, Seat: seat}
	}
	return l[i]
}

// with is the list once a seat has another record.
func (l seatRecords) with(r SeatRecord) seatRecords {
	rest := slices.DeleteFunc(slices.Clone(l), func(old SeatRecord) bool { return old.Seat == r.Seat })
	return append(rest, r)
}

// acts gives what was done at the seats of an invitation, in the order of the
// certificate.
func (l seatRecords) acts(inv Invitation) (given []Act) {
	for _, seat := range inv.Details.Seats() {
		if act := l.at(inv, seat).Act; !act.IsZero() {
			given = append(given, act)
		}
	}
	return given
}

// turn tells whether a seat may sign now: everything is answered, and those who
// come before have signed.
func (l seatRecords) turn(inv Invitation, seat Seat) bool {
	given := func(s Seat) bool { return !l.at(inv, s).Act.IsZero() }
	if inv.State != StateReady {
		return false
	}
	switch seat {
	case SeatSecond:
		return inv.Details.Second.Together || given(SeatFirst)
	case SeatPole:
		return given(SeatFirst) && (inv.Details.Second.IsZero() || given(SeatSecond))
	}
	return true
}

// live is the number of the link that opens a seat; 0 for none.
func (l seatRecords) live(inv Invitation, seat Seat) int {
	if seat == SeatFirst {
		return inv.Issue
	}
	record := l.at(inv, seat)
	if _, taken := inv.Details.Cosignatories()[seat]; !taken || record.AskedAt.IsZero() {
		return 0
	}
	return record.Issue
}

// mailbox is where the codes of a seat go.
func (i Invitation) mailbox(seat Seat) string {
	return cmp.Or(i.Details.Cosignatories()[seat].Email, i.Contact.Email)
}
