package evidence

import (
	"encoding/json"
	"time"
)

// Text is a string of which nothing may be known: empty is written null.
type Text string

// MarshalJSON implements json.Marshaler.
func (t Text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

// Instant is a time in UTC with milliseconds; the zero one is written null.
type Instant struct{ time.Time }

// MarshalJSON implements json.Marshaler.
func (i Instant) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(i.UTC().Format("2006-01-02T15:04:05.000Z"))
}
