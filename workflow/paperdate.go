package workflow

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// PaperDate is a date as people remember it: a year, a month or a day, or any
// time before one. What is not known stays unknown: no day is ever made up.
// The zero PaperDate is no date.
type PaperDate struct {
	Year   int
	Month  time.Month // 0 when only the year is known
	Day    int        // 0 when only the month is known
	Before bool       // some time before it, nobody knows when
}

// FirstSignature is the year in which the first declaration was signed; an
// earlier date is doubtful.
const FirstSignature = 2013

// earliestYear is before anything that could be meant: a smaller year is a slip
// of the keyboard.
const earliestYear = 1900

var (
	paperDateShape = regexp.MustCompile(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$`)
	beforeWords    = regexp.MustCompile(`(?i)^(?:avant|before)[ \x{a0}\x{202f}]+`)
)

// ParsePaperDate reads « 2013 », « 2013-03 », « 2018-02-20 », and each of them
// after « avant » or "before"; nothing is no date. The refusal has key
// "date.paper", as for a day that the calendar does not have.
func ParsePaperDate(text string) (PaperDate, *FieldError) {
	text = strings.TrimSpace(text)
	if text == "" {
		return PaperDate{}, nil
	}
	rest := beforeWords.ReplaceAllString(text, "")
	part := paperDateShape.FindStringSubmatch(rest)
	if part == nil {
		return PaperDate{}, &FieldError{Key: "date.paper"}
	}
	number := func(digits string) int { n, _ := strconv.Atoi(digits); return n } // the shape has digits only
	d := PaperDate{Year: number(part[1]), Month: time.Month(number(part[2])), Day: number(part[3]), Before: rest != text}
	if !d.exists(part[2] != "", part[3] != "") {
		return PaperDate{}, &FieldError{Key: "date.paper"}
	}
	return d, nil
}

// exists tells whether the calendar has what was written.
func (d PaperDate) exists(month, day bool) bool {
	start := d.start()
	return d.Year >= earliestYear && (!month || d.Month >= 1 && start.Month() == d.Month) && (!day || d.Day >= 1 && start.Day() == d.Day)
}

// start is the first moment of the period that is named.
func (d PaperDate) start() time.Time {
	return time.Date(d.Year, max(d.Month, time.January), max(d.Day, 1), 0, 0, 0, 0, Zone)
}

// IsZero tells that there is no date.
func (d PaperDate) IsZero() bool { return d == PaperDate{} }

// Future tells that all of it lies after now.
func (d PaperDate) Future(now time.Time) bool { return d.start().After(now) }

// Compare orders dates: one « before » stands just before what it names, and a
// period before its parts. No date comes last.
func (d PaperDate) Compare(e PaperDate) int {
	if d.IsZero() || e.IsZero() {
		return cmp.Compare(boolRank(d.IsZero()), boolRank(e.IsZero()))
	}
	return cmp.Or(d.start().Compare(e.start()), cmp.Compare(boolRank(!d.Before), boolRank(!e.Before)),
		cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ISO writes what is known, without the mark: « 2013-03 ».
func (d PaperDate) ISO() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// String writes the date as records keep it: "2013-03", "before 2017-02".
// ParsePaperDate reads it back.
func (d PaperDate) String() string {
	if d.Before {
		return "before " + d.ISO()
	}
	return d.ISO()
}

// Short writes the date as tables and files do: « 2013-03 », « avant 2017-02 ».
func (d PaperDate) Short(lang Language) string {
	if d.Before && lang != English {
		return "avant\u00a0" + d.ISO()
	}
	return strings.ReplaceAll(d.String(), " ", "\u00a0")
}

// InWords writes the date as it stands after a verb: « en mars 2013 », « le
// 20 février 2018 », « avant février 2017 », "on February 20, 2018".
func (d PaperDate) InWords(lang Language) string {
	if d.IsZero() {
		return ""
	}
	words := d.period(lang)
	in, on, before := "en ", "le ", "avant "
	if lang == English {
		in, on, before = "in ", "on ", "before "
	}
	switch {
	case d.Before && d.Day != 0 && lang != English:
		return before + on + words
	case d.Before:
		return before + words
	case d.Day != 0:
		return on + words
	}
	return in + words
}

// period names the day, the month or the year.
func (d PaperDate) period(lang Language) string {
	switch {
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0 && lang == English:
		return fmt.Sprintf("%s\u00a0%d", months[English][d.Month-1], d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%s\u00a0%d", months[French][d.Month-1], d.Year)
	}
	return dateWords(d.Year, d.Month, d.Day, lang)
}
