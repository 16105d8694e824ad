package pdf

import (
	"fmt"
	"strconv"
	"time"
	_ "time/tzdata" // the service may run where no zone files are
)

// zone is where the declarations are signed. Its rules are in the binary.
var zone = mustZone("America/Toronto")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // embedded above
	}
	return z
}

var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// dateInWords is « 16 novembre 2019 » or « 1er mars 2020 », with no-break
// spaces.
func dateInWords(year int, month time.Month, day int) string {
	d := strconv.Itoa(day)
	if day == 1 {
		d = "1er"
	}
	return fmt.Sprintf("%s\u00a0%s\u00a0%d", d, months[month-1], year)
}

// localDate is the day of t where it was signed.
func localDate(t time.Time) string { return dateInWords(t.In(zone).Date()) }

// civilDate words a date written YYYY-MM-DD; what is not one stays as it is.
func civilDate(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return dateInWords(t.Date())
}

// clock is « 14 h 03 », where it was signed.
func clock(t time.Time) string { return t.In(zone).Format("15\u00a0h\u00a004") }

// localStamp is « 2019-11-16 14:03:05 −05:00 », with a true minus.
func localStamp(t time.Time) string {
	t = t.In(zone)
	_, offset := t.Zone()
	sign := "+"
	if offset < 0 {
		sign, offset = "−", -offset
	}
	return fmt.Sprintf("%s %s%02d:%02d", t.Format(time.DateTime), sign, offset/3600, offset/60%60)
}

// utcStamp is « 2019-11-16 19:03:05 UTC ».
func utcStamp(t time.Time) string { return t.UTC().Format(time.DateTime) + " UTC" }
