package workflow

import "time"

// heldData is all that is held about a mailbox and whose it is, for programs.
type heldData struct {
	GeneratedAt  time.Time           `json:"generated_at"`
	Service      string              `json:"service"`
	Mailbox      string              `json:"mailbox"`
	Invitations  []dataOfInvited     `json:"invitations"`
	Seats        []dataOfSeat        `json:"seats"`
	Signatures   []*personalData     `json:"signatures"`
	NamedIn      []dataOfNamed       `json:"named_in_evidence_of"`
	Requests     []dataOfRequest     `json:"requests"`
	Mails        []dataOfMail        `json:"mails"`
	FollowUps    []dataOfFollowUp    `json:"follow_ups"`
	Lines        []dataOfLine        `json:"lines_of_uploaded_lists"`
	Suppressions []dataOfSuppression `json:"suppressions"`
	Accounts     []dataOfAccount     `json:"staff_accounts"`
}

type dataOfInvited struct {
	ID             string        `json:"id"`
	Pole           string        `json:"pole"`
	Organisation   string        `json:"organisation"`
	Name           string        `json:"name"`
	Function       string        `json:"function"`
	Email          string        `json:"email"`
	Civility       Civility      `json:"civility,omitempty"`
	Language       Language      `json:"language"`
	Source         string        `json:"source_of_the_address"`
	Message        string        `json:"message,omitempty"`
	Note           string        `json:"note_of_the_staff,omitempty"`
	Campaign       string        `json:"campaign,omitempty"`
	State          State         `json:"state"`
	Details        Details       `json:"details"`
	RefusalReason  RefusalReason `json:"refusal_reason,omitempty"`
	RefusalWords   string        `json:"refusal_words,omitempty"`
	TransferReason string        `json:"transfer_reason,omitempty"`
	SnoozedUntil   string        `json:"snoozed_until,omitempty"`
	Reminders      int           `json:"reminders"`
	CreatedAt      time.Time     `json:"created_at"`
	SentAt         time.Time     `json:"sent_at"`
	ConsultedAt    time.Time     `json:"consulted_at"`
	ExpiresAt      time.Time     `json:"expires_at"`
	EndedAt        time.Time     `json:"ended_at"`
	Events         []dataOfEvent `json:"events"`
}

// dataOfSeat is a place at which the person is to sign beside somebody, in an
// invitation, or countersigns for a pôle.
type dataOfSeat struct {
	Invitation string    `json:"invitation,omitempty"`
	Pole       string    `json:"pole"`
	Seat       Seat      `json:"seat"`
	Name       string    `json:"name"`
	Function   string    `json:"function"`
	SignedAt   time.Time `json:"signed_at,omitzero"`
}

// dataOfNamed is a signature of somebody else whose evidence names the mailbox.
type dataOfNamed struct {
	Number    string             `json:"number"`
	Transfers []TransferEvidence `json:"transfers"`
}

type dataOfRequest struct {
	ID           string         `json:"id"`
	Pole         string         `json:"pole"`
	Organisation string         `json:"organisation"`
	Name         string         `json:"name"`
	Function     string         `json:"function"`
	Email        string         `json:"email"`
	Message      string         `json:"message"`
	AskedAt      time.Time      `json:"asked_at"`
	Outcome      RequestOutcome `json:"outcome"`
	ClosedAt     time.Time      `json:"closed_at"`
}

type dataOfFollowUp struct {
	Commitment  string    `json:"commitment"`
	Year        int       `json:"year"`
	Asked       bool      `json:"asked"` // the question went to the mailbox
	Name        string    `json:"name"`
	Function    string    `json:"function"`
	AskedAt     time.Time `json:"asked_at"`
	ConfirmedAt time.Time `json:"confirmed_at"`
}

type dataOfLine struct {
	List  string            `json:"list"`
	Line  int               `json:"line"`
	Cells map[string]string `json:"cells"`
}

type dataOfSuppression struct {
	Pole   string            `json:"pole"`
	Reason SuppressionReason `json:"reason"`
	Answer string            `json:"answer_of_the_relay,omitempty"`
	At     time.Time         `json:"at"`
}

type dataOfAccount struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Role      Role      `json:"role"`
	Poles     []string  `json:"poles"`
	Disabled  bool      `json:"disabled"`
	Sessions  int       `json:"open_sessions"`
	CreatedAt time.Time `json:"created_at"`
}
