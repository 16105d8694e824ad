package evidence

import "jachete/workflow/journal"

// Record is what the service knows of one signature. [Build] adds what follows
// from the files: Timestamp, and the parts chain and seal of evidence.json.
type Record struct {
	ID           Text         `json:"id"` // of the signature
	Number       Text         `json:"number"`
	Region       Place        `json:"region"` // as displayed
	Organisation Organisation `json:"organisation"`
	Signatory    Signatory    `json:"signatory"`
	Declaration  Declaration  `json:"declaration"`
	Consent      Consent      `json:"consent"`
	Invited      Invited      `json:"invited"`
	Invitation   Invitation   `json:"invitation"`
	Transfers    []Transfer   `json:"transfers"` // the person first invited first; empty when she signed
	Code         Code         `json:"code"`
	Review       Text         `json:"review_sha256"` // digest of what was shown before signing
	SignedAt     Instant      `json:"signed_at"`
	Network      Network      `json:"network"`
	Browser      Browser      `json:"browser"`
	Session      Session      `json:"session"`
	Service      Service      `json:"service"`
	Clock        Clock        `json:"clock"`
	PDF          PDF          `json:"pdf"`
	Timestamp    Timestamp    `json:"timestamp"`
	Deliveries   []Delivery   `json:"deliveries"` // oldest first
	Commitment   Commitment   `json:"commitment"`
	Signatories  []Cosigned   `json:"signatories,omitempty"` // everybody, when several signed
	Retention    Retention    `json:"retention"`

	File          []byte             `json:"-"` // the certificate
	Extract       []byte             `json:"-"` // of the minutes, as it was sent; nil when there is none
	Drawn         []byte             `json:"-"` // PNG of the drawn signature, likewise
	Shown         []byte             `json:"-"` // what was reviewed: its SHA-256 is Review
	Page          []byte             `json:"-"` // what the certificate says, as HTML
	Events        []journal.Entry    `json:"-"` // of the record, oldest first
	Checkpoint    journal.Checkpoint `json:"-"` // the first that covers all of Events
	CheckpointKey string             `json:"-"` // public
	Proofs        []journal.Proof    `json:"-"` // under Checkpoint
}

// Place is a code of the territory and the name shown for it.
type Place struct {
	Code Text `json:"code"`
	Name Text `json:"name"`
}

// Organisation is who committed: as invited, as entered by the person, and as
// it stood when it signed.
type Organisation struct {
	ID           Text  `json:"id"`
	Invited      Text  `json:"name_invited"`
	Entered      Text  `json:"name_entered"`
	Name         Text  `json:"name"`
	Kind         Text  `json:"kind"`
	Municipality Text  `json:"municipality_code"`
	MRC          Place `json:"mrc"`
	NEQ          Text  `json:"neq"`
}

// Signatory is the person, and what the person said of the authority to sign.
type Signatory struct {
	Name       Text       `json:"name"`
	Function   Text       `json:"function"`
	Authority  Text       `json:"authority"` // "resolution" or "function"
	Resolution Resolution `json:"resolution"`
	Drawing    Text       `json:"drawing_sha256"`
}

// Cosigned is what one of several signatories did.
type Cosigned struct {
	Seat        Text    `json:"seat"` // "first", "second" or "pole"
	Name        Text    `json:"name"`
	Function    Text    `json:"function"`
	Consent     Consent `json:"consent"`
	Drawing     Text    `json:"drawing_sha256"`
	Email       Text    `json:"email"`
	AskedAt     Instant `json:"asked_at"`
	ConsultedAt Instant `json:"consulted_at"`
	CodeSentAt  Instant `json:"code_sent_at"`
	ConfirmedAt Instant `json:"code_confirmed_at"`
	Review      Text    `json:"review_sha256"`
	SignedAt    Instant `json:"signed_at"`
	Network     Network `json:"network"`
	Browser     Browser `json:"browser"`
	Session     Session `json:"session"`
}

// Resolution is the decision that authorised the signature.
type Resolution struct {
	Number Text `json:"number"`
	Date   Text `json:"date"`
	Body   Text `json:"body"`
	// Sitting is which meeting of the body.
	Sitting Text `json:"sitting"`
	Extract Text `json:"extract_sha256"`
}

// Declaration is the version signed. Text is exact, placeholders not filled.
type Declaration struct {
	ID       Text `json:"id"`
	Version  Text `json:"version"`
	Language Text `json:"language"` // of Text: the instrument
	Pages    Text `json:"language_of_pages"`
	SHA256   Text `json:"sha256"`
	Text     Text `json:"text"`
}

// Consent is the wording beside the button and each box.
type Consent struct {
	Wording   Text `json:"wording"`
	SHA256    Text `json:"sha256"`
	Given     bool `json:"given"`
	Publish   bool `json:"publish_signatory"`
	Bulletins bool `json:"newsletter"`
	Quote     Text `json:"publish_quote"` // the words; null when none are public
	Logo      Text `json:"publish_logo"`  // hash of the picture, likewise
}

// Invited is the address invited, by whom and when.
type Invited struct {
	Email      Text    `json:"email"`
	Commitment Text    `json:"commitment"` // salted, in the journal
	ByID       Text    `json:"by_id"`
	ByName     Text    `json:"by_name"`
	At         Instant `json:"at"`
}

// Invitation is what became of the mail that was answered.
type Invitation struct {
	ID          Text    `json:"id"`
	CreatedAt   Instant `json:"created_at"`
	MailedAt    Instant `json:"mailed_at"` // when the relay took it
	Answer      Text    `json:"relay_answer"`
	MessageID   Text    `json:"message_id"`
	Opened      int     `json:"links_opened"`         // before the signature; by the button, not by fetching
	Shown       int     `json:"ceremony_links_shown"` // before the signature, to sign in the room
	Ceremony    bool    `json:"opened_at_ceremony"`   // signed in a browser opened by such a link
	ConsultedAt Instant `json:"consulted_at"`
}

// Code is the control of the mailbox. The code itself is nowhere.
type Code struct {
	SentAt      Instant `json:"sent_at"`
	Answer      Text    `json:"relay_answer"`
	Failed      int     `json:"failed_tries"` // before the signature
	ConfirmedAt Instant `json:"confirmed_at"`
}

// Network is where the request came from.
type Network struct {
	IP    Text `json:"ip"`
	Chain Text `json:"proxy_chain"`
	Port  Text `json:"port"`
}

// Browser is what the browser said of itself.
type Browser struct {
	UserAgent      Text `json:"user_agent"`
	AcceptLanguage Text `json:"accept_language"`
}

// Session ties the request to its session and to the log.
type Session struct {
	Hash     Text `json:"sha256"`
	Instance Text `json:"instance"`
	Request  Text `json:"request_id"`
}

// Service is the program that signed.
type Service struct {
	Version Text `json:"version"`
	Commit  Text `json:"commit"`
	Build   Text `json:"build_sha256"`
}

// Clock is the state of the clock at consent.
type Clock struct {
	Source       Text `json:"source"`
	Offset       Text `json:"offset"`
	MaximumError Text `json:"maximum_error"`
}

// PDF is the certificate's file.
type PDF struct {
	Unsealed Text    `json:"sha256_before_seal"`
	SHA256   Text    `json:"sha256"`
	Size     int     `json:"size"`
	Level    Text    `json:"level"`
	SealedAt Instant `json:"sealed_at"`
}

// Timestamp is what a timestamp authority stated of the seal.
type Timestamp struct {
	Authority Text    `json:"authority"`
	Serial    Text    `json:"serial"`
	Policy    Text    `json:"policy"`
	Time      Instant `json:"gen_time"`
	SHA256    Text    `json:"token_sha256"`
}

// Delivery is one mail to one recipient.
type Delivery struct {
	Kind      Text    `json:"kind"`
	Recipient Text    `json:"recipient"`
	MessageID Text    `json:"message_id"`
	State     Text    `json:"state"`
	Answer    Text    `json:"relay_answer"`
	QueuedAt  Instant `json:"queued_at"`
	EndedAt   Instant `json:"ended_at"`
}

// Commitment is what became of the act.
type Commitment struct {
	Status Text `json:"status"`
	Slug   Text `json:"slug"`
}

// Retention is how long this is kept at least. Nothing destroys it by itself.
type Retention struct {
	Class string `json:"class"`
	Years int    `json:"least_years_after_end"`
	Until Text   `json:"destroy_on"` // null: no day is set
}
