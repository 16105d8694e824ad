package workflow

import (
	"slices"
	"testing"
	"time"
)

// Weeks begin on Monday at midnight in Québec, whatever the clocks do: they go
// back on 1 November 2026.
func TestWeeksAreCivil(t *testing.T) {
	for now, monday := range map[string]string{"2026-11-22T23:59:59-05:00": "2026-11-16", "2026-11-23T00:00:00-05:00": "2026-11-23", "2026-11-01T12:00:00-05:00": "2026-10-26"} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		midnights := weeksUntil(at)
		if len(midnights) != progressWeeks+1 || CivilDate(midnights[progressWeeks-1]) != monday {
			t.Errorf("%s: %v", now, midnights)
		}
		for _, m := range midnights {
			if local := m.In(Zone); local.Weekday() != time.Monday || local.Hour() != 0 {
				t.Errorf("%s: %s", now, local)
			}
		}
		if !slices.IsSortedFunc(midnights, time.Time.Compare) || midnights[progressWeeks].Before(at) {
			t.Errorf("%s: %v", now, midnights)
		}
	}
}

func TestProgressBeginsWithTheFirst(t *testing.T) {
	midnights := weeksUntil(time.Date(2026, 11, 25, 12, 0, 0, 0, Zone))
	none := make([]int, progressWeeks+1)
	if weeks := progress(midnights, none, none); weeks != nil {
		t.Errorf("%+v", weeks)
	}
	signed := slices.Clone(none)
	signed[progressWeeks] = 2
	if weeks := progress(midnights, none, signed); !slices.Equal(weeks, []Week{{Monday: "2026-11-23", Signatures: 2}}) {
		t.Errorf("%+v", weeks)
	}
	old := slices.Repeat([]int{22}, progressWeeks+1) // long before
	if weeks := progress(midnights, none, old); len(weeks) != progressWeeks || weeks[0] != (Week{Monday: "2026-06-01", Signatures: 22}) {
		t.Errorf("%+v", weeks)
	}
}
