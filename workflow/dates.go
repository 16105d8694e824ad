package workflow

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the service runs on images without zone files
)

// Zone is the local time of the movement.
var Zone = mustZone("America/Toronto")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return z
}

// CivilDate is the local date of an instant, YYYY-MM-DD.
func CivilDate(t time.Time) string { return t.In(Zone).Format(time.DateOnly) }

var months = map[Language][12]string{
	French: {"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre"},
	English: {"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"},
}

// DateInWords writes the local date of an instant: « 1er novembre 2026 »,
// "November 1, 2026".
func DateInWords(t time.Time, lang Language) string {
	t = t.In(Zone)
	return dateWords(t.Year(), t.Month(), t.Day(), lang)
}

// CivilDateInWords writes a YYYY-MM-DD date in words; anything else comes back
// as it is.
func CivilDateInWords(date string, lang Language) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return dateWords(t.Year(), t.Month(), t.Day(), lang)
}

func dateWords(year int, month time.Month, day int, lang Language) string {
	if lang == English {
		return fmt.Sprintf("%s %d, %d", months[English][month-1], day, year)
	}
	ordinal := fmt.Sprint(day)
	if day == 1 {
		ordinal = "1er"
	}
	return fmt.Sprintf("%s\u00a0%s\u00a0%d", ordinal, months[French][month-1], year)
}

// TimeInWords writes the local time of an instant: « 14 h 03 », "2:03 p.m.".
func TimeInWords(t time.Time, lang Language) string {
	t = t.In(Zone)
	if lang == English {
		half := "a.m."
		if t.Hour() >= 12 {
			half = "p.m."
		}
		return fmt.Sprintf("%s\u00a0%s", t.Format("3:04"), half)
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// LocalStamp writes an instant to the second where it was signed, with a true
// minus: « 2019-11-16 14:03:05 −05:00 ».
func LocalStamp(t time.Time) string {
	return strings.Replace(t.In(Zone).Format("2006-01-02 15:04:05 -07:00"), " -", " −", 1)
}

// UTCStamp writes an instant to the second: « 2019-11-16 19:03:05 UTC ».
func UTCStamp(t time.Time) string { return t.UTC().Format(time.DateTime) + " UTC" }
