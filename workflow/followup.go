package workflow

import "time"

const (
	// lapseAfter is how long after a signature or a confirmation a commitment
	// counts as confirmed: a year, and half of one to answer.
	lapseAfter = 18 // months
	// followUpHour is when the yearly mail goes, local time.
	followUpHour = 9
	// MaxFollowUpFigure bounds each figure: more is a slip of the keyboard.
	MaxFollowUpFigure = 100_000_000_000
	// fewestInAggregate is how many organisations a published sum is made of, at
	// least: nobody's own figure can be read from it.
	fewestInAggregate = 3
)

// Practice is something an organisation did to buy more from the social economy.
type Practice string

// The practices, in the order of the page.
const (
	PracticeClause     Practice = "clause"     // a preferential clause in its purchasing policy
	PracticeInvite     Practice = "invite"     // invites such enterprises to submit offers
	PracticeTraining   Practice = "training"   // trained its purchasing staff
	PracticeDirectory  Practice = "directory"  // looks for suppliers in a directory of them
	PracticeAllotment  Practice = "allotment"  // divides contracts into lots within their reach
	PracticePromotion  Practice = "promotion"  // makes the offer known to its teams and members
	PracticeNetworking Practice = "networking" // met enterprises of its territory
)

// Practices lists them.
var Practices = []Practice{PracticeClause, PracticeInvite, PracticeTraining, PracticeDirectory, PracticeAllotment, PracticePromotion, PracticeNetworking}

// Figure is a number that may not have been given.
type Figure struct {
	Known bool
	N     int64
}

// FollowUp is one year's question to an organisation, and its answer.
type FollowUp struct {
	CommitmentID string
	Year         int     // 1 for the first anniversary
	Recipient    Contact // to whom the question went
	AskedAt      time.Time
	ConfirmedAt  time.Time  // zero until the organisation said that its commitment holds
	Contact      Contact    // to ask from now on; zero when it stays the same
	Amount       Figure     // dollars bought in the year, whole
	Contracts    Figure     // given in the year
	Suppliers    Figure     // bought from in the year
	Practices    []Practice // in the order of the page
}

// asks is who is asked next.
func (f FollowUp) asks() Contact {
	if f.Contact.Email != "" {
		return f.Contact
	}
	return f.Recipient
}

// FollowUpTotals is what the organisations of a region said of their last year.
type FollowUpTotals struct {
	Organisations int // that answered
	// The sums, and how many gave the figure. A sum of too few is not Known.
	Amount, Contracts, Suppliers             Figure
	GaveAmount, GaveContracts, GaveSuppliers int
	Practices                                map[Practice]int // by how many organisations
}

// totalsOf adds up the last answer of each organisation.
func totalsOf(answers []FollowUp) FollowUpTotals {
	last := map[string]FollowUp{}
	for _, f := range answers {
		if f.Year > last[f.CommitmentID].Year {
			last[f.CommitmentID] = f
		}
	}
	t := FollowUpTotals{Organisations: len(last), Practices: map[Practice]int{}}
	for _, f := range last {
		add(&t.Amount, &t.GaveAmount, f.Amount)
		add(&t.Contracts, &t.GaveContracts, f.Contracts)
		add(&t.Suppliers, &t.GaveSuppliers, f.Suppliers)
		for _, p := range f.Practices {
			t.Practices[p]++
		}
	}
	for _, sum := range []*Figure{&t.Amount, &t.Contracts, &t.Suppliers} {
		if !sum.Known {
			sum.N = 0
		}
	}
	return t
}

func add(sum *Figure, gave *int, f Figure) {
	if !f.Known {
		return
	}
	*gave++
	sum.N += f.N
	sum.Known = *gave >= fewestInAggregate
}

// anniversary is when an organisation is asked for the n-th time: at nine, local
// time, on the day it signed, n years later.
func anniversary(signed time.Time, n int) time.Time {
	year, month, day := signed.In(Zone).Date()
	return time.Date(year+n, month, day, followUpHour, 0, 0, 0, Zone).UTC()
}

// Lapsed tells that a commitment signed here has not been confirmed for long. It
// still holds: nobody withdrew it.
func (c Commitment) Lapsed(now time.Time) bool {
	at := c.LapsesAt()
	return !at.IsZero() && at.Before(now)
}

// LapsesAt is when it lapses if nobody confirms it; zero for one that cannot.
func (c Commitment) LapsesAt() time.Time {
	if c.Mode != ModeElectronic || !c.holds() {
		return time.Time{}
	}
	last, err := time.ParseInLocation(time.DateOnly, max(c.SignedOn, c.ConfirmedOn), Zone)
	if err != nil {
		return time.Time{}
	}
	return last.AddDate(0, lapseAfter, 0)
}
