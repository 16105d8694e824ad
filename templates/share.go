package templates

import (
	"slices"

	"jachete/workflow"
)

// Ended tells of a commitment that was withdrawn or replaced.
func Ended(c workflow.Commitment) bool {
	return c.Status == workflow.CommitmentWithdrawn || c.Status == workflow.CommitmentSuperseded
}

// Standing is the commitment by which an organisation is known: the latest one
// that holds, or else the latest. list is latest first, with one at least.
func Standing(list []workflow.Commitment) workflow.Commitment {
	if i := slices.IndexFunc(list, func(c workflow.Commitment) bool { return !Ended(c) }); i >= 0 {
		return list[i]
	}
	return list[0]
}

// Committed says when an organisation committed itself, as far as that is known,
// or that this is over.
func Committed(lang workflow.Language, c workflow.Commitment) string {
	switch {
	case Ended(c):
		return Sentence(lang, "share.ended", nil)
	case c.SignedOn == "":
		return Sentence(lang, "share.announced", map[string]string{"When": c.AnnouncedDate().InWords(lang)})
	}
	return Sentence(lang, "share.signed", map[string]string{"When": c.Signed().InWords(lang)})
}
