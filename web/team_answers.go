package web

import (
	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/journal"
)

// answer is the sentence beside what an invited person answered otherwise than
// by signing.
func (w storyteller) answer(e journal.Entry, data map[string]string) string {
	switch e.Type {
	case "invitation.created":
		if data["from"] != "" {
			return templates.Sentence(w.lang, "detail.passed-on", nil)
		}
	case "invitation.snooze":
		return templates.Sentence(w.lang, "detail.snoozed", map[string]string{"Day": workflow.CivilDateInWords(data["until"], w.lang)})
	case "invitation.transfer":
		return w.withWords(templates.Sentence(w.lang, "detail.transferred", map[string]string{"Name": opening(e, "name"), "Function": opening(e, "function")}), opening(e, "reason"))
	case "invitation.decline":
		return w.withWords(templates.Sentence(w.lang, "refusal."+data["reason"], nil), opening(e, "words"))
	}
	return ""
}

// withWords adds the person's own words to a sentence, if any are left.
func (w storyteller) withWords(text, words string) string {
	if words == "" {
		return text
	}
	return text + " " + templates.Sentence(w.lang, "detail.words", map[string]string{"Words": words})
}
