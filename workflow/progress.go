package workflow

import "time"

// progressWeeks is how far back the progress of a pôle is told.
const progressWeeks = 26

// Week is how far a pôle had come by the end of a week: everything since its
// beginning, not only what happened in that week.
type Week struct {
	Monday      string // YYYY-MM-DD
	Invitations int
	Signatures  int
}

// weeksUntil gives the local midnights that begin the last weeks, and the one
// that ends the week of now: one more than there are weeks. Weeks begin on
// Monday; days are civil, so that the change of clocks moves none.
func weeksUntil(now time.Time) (midnights []time.Time) {
	year, month, day := now.In(Zone).Date()
	sinceMonday := (int(now.In(Zone).Weekday()) + 6) % 7
	for k := range progressWeeks + 1 {
		midnights = append(midnights, time.Date(year, month, day-sinceMonday+7*(k-progressWeeks+1), 0, 0, 0, 0, Zone))
	}
	return midnights
}

// progress puts together what was counted before each midnight. It begins with
// the week of the first invitation or signature, and is empty without any.
func progress(midnights []time.Time, invitations, signatures []int) (weeks []Week) {
	for k := range len(midnights) - 1 {
		w := Week{Monday: CivilDate(midnights[k]), Invitations: invitations[k+1], Signatures: signatures[k+1]}
		if len(weeks) > 0 || w.Invitations > 0 || w.Signatures > 0 {
			weeks = append(weeks, w)
		}
	}
	return weeks
}
