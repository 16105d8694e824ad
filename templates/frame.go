package templates

import (
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// Frame is what every page shows around its own content. Pages embed it, so
// its methods are the vocabulary of their files.
type Frame struct {
	Lang     workflow.Language
	Nonce    string // of this answer's content security policy
	Style    string // address of the style sheet
	Other    string // address of this page in the other language
	Plain    bool   // a person at work on one thing: no menu to stray into
	Demo     bool   // show the way to the demonstration's mailbox
	Signed   string // name of the signed-in member of staff, or empty
	Refresh  int    // seconds after which the page loads itself again; 0 for never
	Problems []Problem

	Described Described // to whom a page is for everybody
	// LinkedData is for programs that read pages; nil where there is none.
	LinkedData LinkedData
}

// Problem is what is wrong with one field of a form, in words. An empty Field
// speaks of the whole form.
type Problem struct {
	Field string
	Text  string
}

// Page is a page of this package; web fills its Frame and renders it.
type Page interface {
	// File names the page's file under pages/, without its extension.
	File() string
	// Outline gives the Frame to fill.
	Outline() *Frame
}

// Outline implements part of [Page] for every struct that embeds a Frame.
func (f *Frame) Outline() *Frame { return f }

// Wide tells that the page needs more room than a column of text. Pages that do
// say so themselves, so that nothing moves while they load.
func (f *Frame) Wide() bool { return false }

// T gives the sentence of a key; what follows are pairs of placeholder and
// value.
func (f *Frame) T(key string, pairs ...any) string { return Sentence(f.Lang, key, values(pairs)) }

// N gives the sentence of a key that depends on a number.
func (f *Frame) N(key string, n int) string { return CountSentence(f.Lang, key, n) }

// Tag is the language of the page for browsers, BCP 47.
func (f *Frame) Tag() string { return string(f.Lang) + "-CA" }

// OtherTag is the language the reader may change to.
func (f *Frame) OtherTag() string {
	if f.Lang == workflow.English {
		return "fr-CA"
	}
	return "en-CA"
}

// Day writes the local date of an instant in words.
func (f *Frame) Day(t time.Time) string { return workflow.DateInWords(t, f.Lang) }

// Clock writes the local time of an instant.
func (f *Frame) Clock(t time.Time) string { return workflow.TimeInWords(t, f.Lang) }

// Machine writes an instant for programs, in local time.
func (f *Frame) Machine(t time.Time) string { return t.In(workflow.Zone).Format(time.RFC3339) }

// CivilDay writes a YYYY-MM-DD date in words.
func (f *Frame) CivilDay(date string) string { return workflow.CivilDateInWords(date, f.Lang) }

// Count writes a number.
func (f *Frame) Count(n int) string { return Number(f.Lang, n) }

// Count64 writes a number.
func (f *Frame) Count64(n int64) string { return Number(f.Lang, int(n)) }

// Kind names a sort of organisation.
func (f *Frame) Kind(k workflow.OrganisationKind) string { return f.T("kind." + string(k)) }

// Attribution is what the licence of the territory's data asks to show.
func (f *Frame) Attribution() string { return territory.Attribution }

// Wrong gives what is wrong with a field, or nothing.
func (f *Frame) Wrong(field string) string {
	for _, p := range f.Problems {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

// values makes a map of pairs of name and value.
func values(pairs []any) map[string]string {
	m := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		m[name] = text(pairs[i+1])
	}
	return m
}

// Help is whom to ask, for the blocks "help" and "contact".
type Help struct {
	*Frame
	Pole workflow.Pole
}

// Help names the pôle that answers questions.
func (f *Frame) Help(pole workflow.Pole) Help { return Help{f, pole} }

// LogoOf is the address of a pôle's picture, or empty. It changes with the
// picture, so that browsers may keep it.
func (f *Frame) LogoOf(pole workflow.Pole) string {
	if len(pole.Logo) < 16 {
		return ""
	}
	return "/poles/" + pole.Slug + "/logo.png?v=" + pole.Logo[:16]
}
