package workflow

import "time"

// Language is a language of the service.
type Language string

// The languages: French is the instrument, English a courtesy.
const (
	French  Language = "fr"
	English Language = "en"
)

// Invitation asks one contact of one organisation to sign one version of a
// declaration. The row is the truth about its link: only the issue number
// below opens it.
type Invitation struct {
	ID                 string
	PoleSlug           string
	OrganisationID     string
	DeclarationID      string
	DeclarationVersion string
	Contact            Contact
	Language           Language
	Source             string    // where the address comes from, as the anti-spam law asks
	Message            string    // personal line in the mail, plain text
	Campaign           string    // slug, or empty
	Note               string    // of the staff, never shown outside
	MeetingOn          string    // YYYY-MM-DD of the council that will decide, or empty
	Renews             string    // id of the commitment that signing would replace, or empty
	SnoozedUntil       string    // YYYY-MM-DD until which the person asked to be left in peace, or empty
	Refusal            Refusal   // why it was declined; zero when it is not
	TransferredFrom    string    // id of the invitation that a colleague passed on, or empty
	TransferredTo      string    // id of the invitation that took its place, or empty
	TransferReason     string    // why TransferredFrom was passed on, in the words of who did; or empty
	Reminders          int       // sent so far
	RemindAt           time.Time // of the next reminder, see NextReminder; zero for none
	RemindedAt         time.Time // of the last reminder; zero for none
	RemindersOff       bool      // stopped by staff
	State              State
	Issue              int // number of the live link, 1 and up
	Version            int // moves with every change: no write goes over an unseen one
	CodeTries          int // failed codes of the live link
	Details            Details
	CreatedBy          string // staff id, or "operator"
	CreatedAt          time.Time
	ExpiresAt          time.Time
	EndedAt            time.Time // zero while it is open or signed
	SentAt             time.Time // zero until a relay accepted the mail of the live link
	ConsultedAt        time.Time // zero until a person opened it
}

// Forgotten tells that the person invited is not known any more.
func (i Invitation) Forgotten() bool { return i.Contact.Email == "" }

// Contact is the person invited.
type Contact struct {
	Name     string
	Function string
	Email    string
	Civility Civility
}

// Civility is how a person asked to be addressed; it is never guessed.
type Civility string

// The civilities.
const (
	NoCivility Civility = ""
	Madame     Civility = "madame"
	Monsieur   Civility = "monsieur"
)

// Civilities lists what may be known of a person.
var Civilities = []Civility{NoCivility, Madame, Monsieur}

// Details are what the person fills in before signing. They are kept between
// steps and across devices.
type Details struct {
	Organisation string     `json:"organisation"` // official name
	Signatory    Signatory  `json:"signatory"`
	Resolution   Resolution `json:"resolution"`
	Council      string     `json:"council,omitempty"` // that has to decide first, or empty
	// Second is another person of the organisation who signs, and Countersigner
	// who does for the pôle; zero for nobody.
	Second        Cosignatory `json:"second,omitzero"`
	Countersigner Cosignatory `json:"countersigner,omitzero"`
	// Steps already passed: the text read, who signs for whom told, how it is
	// authorised told.
	Read       bool `json:"read"`
	Named      bool `json:"named"`
	Authorised bool `json:"authorised"`
}

// complete tells that every step before the code is passed.
func (d Details) complete() bool { return d.Read && d.Named && d.Authorised }

// StateAt is the state with the passing of time taken in: an open invitation
// past its term is expired, whether or not the sweep has been by.
func (i Invitation) StateAt(now time.Time) State {
	if i.State.Open() && !now.Before(i.ExpiresAt) {
		return StateExpired
	}
	return i.State
}

// InvitationView is an invitation with what lists and pages show beside it.
type InvitationView struct {
	Invitation
	Organisation Organisation
	Pole         Pole
	LastDelivery Delivery  // zero when none
	Number       string    // of the certificate, once signed
	ActiveAt     time.Time // of the last entry of the journal about it
}

// InvitationFilter narrows and orders a list. Empty fields do not narrow.
type InvitationFilter struct {
	Poles []string // slugs; nil means every pôle, empty means none
	Pole  string
	State State
	// Organisation narrows to one, by id.
	Organisation string
	// RemindedBefore narrows to those that still wait for an answer although
	// their last reminder went before that time.
	RemindedBefore time.Time
	// Unplanned narrows to those that no reminder is to go to any more.
	Unplanned bool
	// MetBefore (YYYY-MM-DD) narrows to those that still wait for the resolution
	// of a council that met before that day.
	MetBefore string
	Query     string  // folded words, all must occur
	Campaign  string  // slug, which tells something with a pôle only
	States    []State // any of them, judged as State is; nil does not narrow
	Limit     int
	Offset    int
	// EndingBefore narrows to the open ones whose term comes before it.
	EndingBefore time.Time
	// CreatedFrom and CreatedBefore bound the creation: from the first on, and
	// before the second.
	CreatedFrom, CreatedBefore time.Time
	// At is when states are judged: an invitation open past its term counts as
	// expired. Zero takes states as they are stored.
	At      time.Time
	Sort    InvitationSort
	Reverse bool // the other way round
}

// InvitationSort is an order of the list.
type InvitationSort string

// The orders.
const (
	SortNewest   InvitationSort = ""         // created last first
	SortName     InvitationSort = "name"     // of the organisation, French collation
	SortDeadline InvitationSort = "deadline" // open ones whose term comes first, then the others
	SortActivity InvitationSort = "activity" // those something happened to last first
)
