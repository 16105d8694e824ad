package workflow

import "time"

// Batch is a file of invitations on its way: shown with a verdict for each
// line, confirmed by a person, then turned into invitations line by line. Until
// it is confirmed, nothing of it reaches an invitation.
type Batch struct {
	ID          string
	Purpose     BatchPurpose
	PoleSlug    string
	Campaign    string // slug, or empty
	FileName    string // as the browser told it; shown as text only
	SHA256      string // hex, of the file
	State       BatchState
	Unknown     []string           // headings of columns left aside
	Counts      map[RowVerdict]int // of the lines, when they were read
	Made        int                // lines that became invitations, or entries, so far
	Skipped     int                // good lines that something stood against when their turn came
	Lease       string             // random, of the worker that is at it
	LeaseUntil  time.Time
	CreatedBy   string // staff id, or "operator"
	CreatedAt   time.Time
	ConfirmedBy string
	ConfirmedAt time.Time
	FinishedAt  time.Time // done or cancelled
}

// BatchPurpose is what the lines of a batch become.
type BatchPurpose string

// The purposes. Signatories on paper and suppliers have no state between preview
// and done: their lines are entered as they are confirmed.
const (
	BatchOfInvitations BatchPurpose = "invitations"
	BatchOfPaper       BatchPurpose = "paper"
	BatchOfSuppliers   BatchPurpose = "suppliers"
)

// BatchState is where a batch stands.
type BatchState string

// The states of a batch.
const (
	BatchPreview   BatchState = "preview"
	BatchConfirmed BatchState = "confirmed" // invitations are being made
	BatchDone      BatchState = "done"
	BatchCancelled BatchState = "cancelled"
)

// RowVerdict says what becomes of a line.
type RowVerdict string

// The verdicts. All but the first keep the line from being sent.
const (
	RowGood         RowVerdict = "good"
	RowAddress      RowVerdict = "address"      // not an e-mail address
	RowMunicipality RowVerdict = "municipality" // unknown
	RowAmbiguous    RowVerdict = "ambiguous"    // a name that several municipalities bear
	RowOutside      RowVerdict = "outside"      // not in the pôle's territory
	RowFields       RowVerdict = "fields"       // anything else to correct
	RowDuplicate    RowVerdict = "duplicate"    // of an earlier line
	RowInvited      RowVerdict = "invited"      // has an open invitation already
	RowSigned       RowVerdict = "signed"       // has a living commitment
	RowUnsubscribed RowVerdict = "unsubscribed"
	RowDate         RowVerdict = "date"   // not a date, none, or one to come
	RowSource       RowVerdict = "source" // does not say how it is known
	RowPole         RowVerdict = "pole"   // another pôle's
	RowPaper        RowVerdict = "paper"  // is in the register, on paper
	RowListed       RowVerdict = "listed" // is among the suppliers
)

// RowVerdicts lists every verdict in the order pages show them: what can be
// mended before what cannot.
var RowVerdicts = []RowVerdict{RowGood, RowAddress, RowDate, RowMunicipality, RowAmbiguous, RowOutside, RowSource, RowFields,
	RowDuplicate, RowInvited, RowSigned, RowPaper, RowListed, RowUnsubscribed, RowPole}

// Mendable tells whether correcting the line could make it good.
func (v RowVerdict) Mendable() bool {
	switch v {
	case RowAddress, RowDate, RowMunicipality, RowAmbiguous, RowOutside, RowSource, RowFields:
		return true
	}
	return false
}

// BatchRow is a line of a batch.
type BatchRow struct {
	Line         int // in the file, from 1
	Verdict      RowVerdict
	Reasons      []FieldError      // what is wrong with it, for Verdict or for Outcome
	Cells        map[string]string // as typed, by column; empty ones are left out
	Outcome      RowVerdict        // of a good line: empty until its turn, RowGood once invited
	InvitationID string            // once invited; the id of the commitment or the supplier once entered
}

// Fate is the verdict that counts: the one that stood against a line when its
// turn came, else the one it had when the file was read.
func (r BatchRow) Fate() RowVerdict {
	if r.Outcome != "" {
		return r.Outcome
	}
	return r.Verdict
}

// BatchRowFilter picks lines of a batch.
type BatchRowFilter struct {
	Batch   string
	Waiting bool // good ones whose turn has not come
	Good    bool // whose fate is good
	Refused bool // whose fate is anything else
	Limit   int  // 0 is none
	Offset  int
}

// BatchFilter narrows a list of batches.
type BatchFilter struct {
	Purpose BatchPurpose
	Poles   []string // slugs; nil means every pôle, empty means none
	Limit   int
}

// How long the lines of a batch are kept: they hold addresses of people.
const (
	PreviewLife   = 7 * 24 * time.Hour  // of one that nobody confirmed, with the batch itself
	BatchRowsLife = 90 * 24 * time.Hour // after the end of one
)

// Good is how many lines would be invited.
func (b Batch) Good() int { return b.Counts[RowGood] }

// Settled is how many good lines have had their turn.
func (b Batch) Settled() int { return b.Made + b.Skipped }

// Lines is how many lines the file has.
func (b Batch) Lines() (n int) {
	for _, count := range b.Counts {
		n += count
	}
	return n
}
