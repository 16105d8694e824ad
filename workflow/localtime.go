package workflow

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// LocalTime is a moment as people type it, in America/Toronto: a date
// (YYYY-MM-DD) and an hour (« 14 h 30 », « 14:30 », « 14 h »).
type LocalTime struct {
	Day  string
	Hour string
}

// LocalTimeOf writes an instant as a form shows it; the zero time is empty.
func LocalTimeOf(t time.Time) LocalTime {
	if t.IsZero() {
		return LocalTime{}
	}
	return LocalTime{Day: CivilDate(t), Hour: TimeInWords(t, French)}
}

var hourShape = regexp.MustCompile(`^(\d{1,2}) ?(?:[hH:] ?(\d{2})?)?$`)

// instant reads what was typed, or says what is wrong with either half; both
// halves empty are the zero time. Of an hour that the change of clocks repeats,
// it is the first; one that it skips does not exist and is refused.
func (l LocalTime) instant() (at time.Time, day, hour *FieldError) {
	typedDay, typedHour := strings.TrimSpace(l.Day), strings.Join(strings.Fields(l.Hour), " ")
	if typedDay == "" && typedHour == "" {
		return time.Time{}, nil, nil
	}
	date, err := time.Parse(time.DateOnly, typedDay)
	if err != nil || date.Year() < 1990 {
		return time.Time{}, &FieldError{Key: "date.invalid"}, nil
	}
	m := hourShape.FindStringSubmatch(typedHour)
	if m == nil {
		return time.Time{}, nil, &FieldError{Key: "hour.invalid"}
	}
	h, _ := strconv.Atoi(m[1]) // digits, or nothing
	minutes, _ := strconv.Atoi(m[2])
	at = time.Date(date.Year(), date.Month(), date.Day(), h, minutes, 0, 0, Zone)
	if at.Hour() != h || at.Minute() != minutes { // past 23:59, or skipped
		return time.Time{}, nil, &FieldError{Key: "hour.invalid"}
	}
	return at.UTC(), nil, nil
}
