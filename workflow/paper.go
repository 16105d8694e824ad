package workflow

import "time"

// Paper is a commitment that was signed on paper, with what staff know of it.
// Only its Commitment is ever public.
type Paper struct {
	Commitment  Commitment
	Signatory   Signatory // each part may be unknown; never public
	Source      string    // how it is known: an address or words
	Batch       string    // id of the list it came with, or empty
	EnteredBy   string    // staff id, or "operator"
	EnteredAt   time.Time
	Reason      string // of the withdrawal
	WithdrawnBy string
	WithdrawnAt time.Time // zero while it stands
	Scan        PaperScan // without its content; zero when there is none
}

// PaperScan is the picture of a paper original: exact bytes, never opened, with
// who scanned them and when, as the law asks (LCCJTI 17).
type PaperScan struct {
	MediaType  string // by its first bytes, whatever its name says
	SHA256     string // hex, computed here
	Size       int    // bytes
	ScannedBy  string // name
	ScannedOn  string // civil date
	AttachedBy string // staff id, or "operator"
	AttachedAt time.Time
	Content    []byte
}

// IsZero tells that there is no scan.
func (s PaperScan) IsZero() bool { return s.SHA256 == "" }

// MaxScan is how many bytes a scan may have.
const MaxScan = 10 << 20

// Signed is the date of a signature on paper; zero when only the announcement
// is known.
func (c Commitment) Signed() PaperDate {
	d, _ := ParsePaperDate(c.SignedOn) // what is stored was parsed before
	return d
}

// AnnouncedDate is when a commitment on paper was made known.
func (c Commitment) AnnouncedDate() PaperDate {
	d, _ := ParsePaperDate(c.Announced)
	return d
}

// record names the commitment in the journal.
func (c Commitment) record() string { return "commitment:" + c.ID }

// doubtful tells of a date before the first declaration was signed.
func (d PaperDate) doubtful() bool { return !d.IsZero() && d.Year < FirstSignature }

// Doubtful tells of a commitment dated before the first declaration.
func (p Paper) Doubtful() bool {
	return p.Commitment.Signed().doubtful() || p.Commitment.AnnouncedDate().doubtful()
}
