package workflow

import (
	"errors"
	"strings"
	"time"
)

// ErrorKind is the family a refusal belongs to. Each front end maps kinds to
// its own terms (HTTP status, exit code) in one table.
type ErrorKind string

// The kinds of refusal.
const (
	NotFound        ErrorKind = "not-found"       // unknown, or not yours to know
	Invalid         ErrorKind = "invalid"         // input to correct, see Fields
	Conflict        ErrorKind = "conflict"        // the state has moved, or a step is missing
	Gone            ErrorKind = "gone"            // expired, revoked or replaced link
	Forbidden       ErrorKind = "forbidden"       // known, but not allowed to this role
	Unauthenticated ErrorKind = "unauthenticated" // no live session
	Limited         ErrorKind = "limited"         // too many tries, see RetryAfter
	Unavailable     ErrorKind = "unavailable"     // something we depend on is down, see RetryAfter
	Internal        ErrorKind = "internal"        // our fault
)

// Error is a refusal. Key names the sentence in the message catalogues; the
// person never reads Err, the log never shows Args.
type Error struct {
	Kind       ErrorKind
	Key        string            // message key, "invitation.not-found"
	Args       map[string]string // values for the sentence, safe to show to the person
	Fields     []FieldError      // for Invalid
	RetryAfter time.Duration     // for Limited and Unavailable
	Err        error             // cause, for the log
}

// FieldError says what is wrong with one field of a form or one option of a
// command.
type FieldError struct {
	Field string // name of the form field
	Key   string // message key
	Args  map[string]string
}

// Error implements error for the log.
func (e *Error) Error() string {
	parts := []string{string(e.Kind) + ": " + e.Key}
	for _, f := range e.Fields {
		parts = append(parts, f.Field+" "+f.Key)
	}
	s := strings.Join(parts, "; ")
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of err: Internal for any error that is not an *Error,
// empty for nil.
func KindOf(err error) ErrorKind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// IsKind tells whether err is a refusal of that kind.
func IsKind(err error, kind ErrorKind) bool { return err != nil && KindOf(err) == kind }

// KeyOf gives the message key of err, or "error.internal".
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	return "error.internal"
}

func refuse(kind ErrorKind, key string) *Error { return &Error{Kind: kind, Key: key} }

// fields collects what is wrong with a form, so that all of it is said at once.
type fields []FieldError

func (f *fields) add(field, key string) { *f = append(*f, FieldError{Field: field, Key: key}) }

// check notes a refusal of one field.
func (f *fields) check(field string, problem *FieldError) {
	if problem != nil {
		problem.Field = field
		*f = append(*f, *problem)
	}
}

// err gives nil when nothing was wrong.
func (f fields) err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Fields: f}
}

// KeyMoved is the key of the Conflict that Tx.MoveInvitation gives: the row
// has moved since it was read.
const KeyMoved = "invitation.moved"

// retryMoved repeats work that reads an invitation and then moves it, when
// somebody else moved it in between.
func retryMoved(work func() error) error {
	var err error
	for range 8 {
		if err = work(); KeyOf(err) != KeyMoved {
			return err
		}
	}
	return err
}
