package mail

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

func TestAReminderSaysWhoWhatAndWhy(t *testing.T) {
	for lang, want := range map[workflow.Language][]string{
		workflow.French:  {"Le 12\u00a0novembre\u00a02026, Pôle d’économie sociale du Haut-Essai a invité", "Provenance de votre adresse\u00a0: ville[.]example[.]org/conseil"},
		workflow.English: {"On November 12, 2026, Pôle d’économie sociale du Haut-Essai invited", "Where your address comes from: ville[.]example[.]org/conseil"},
	} {
		content := sampleDelivery(workflow.DeliveryReminder, lang)
		m, err := newComposer(t).Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		l := parse(t, m)
		if !strings.HasPrefix(l.Subject, "Ville de Rivière-Exemple") {
			t.Errorf("subject %q", l.Subject)
		}
		for _, part := range []string{l.Text, readable(t, l.HTML)} {
			for _, words := range append(want, content.LinkURL, testPole.Contact.PostalAddress) {
				if !strings.Contains(part, words) {
					t.Errorf("%s: no %q in\n%s", lang, words, part)
				}
			}
			if strings.Contains(part, "conseil devait") || strings.Contains(part, "council was") {
				t.Errorf("%s: speaks of a council", lang)
			}
			if strings.Contains(part, "cérémonie") || strings.Contains(part, "ceremony") {
				t.Errorf("%s: speaks of a ceremony", lang)
			}
		}
		content.MeetingOn, content.Source = "2026-12-07", ""
		content.CeremonyAt = time.Date(2026, 12, 1, 19, 0, 0, 0, time.UTC)
		if m, err = newComposer(t).Delivery(content); err != nil {
			t.Fatal(err)
		}
		text := parse(t, m).Text
		if !strings.Contains(text, "7\u00a0décembre\u00a02026") && !strings.Contains(text, "December 7, 2026") {
			t.Errorf("%s: the council's day is missing", lang)
		}
		if !strings.Contains(text, "La cérémonie du 1er\u00a0décembre\u00a02026 est passée; il est encore temps de signer.") &&
			!strings.Contains(text, "The ceremony of December 1, 2026 is over; there is still time to sign.") {
			t.Errorf("%s: the ceremony that was missed is missing from %s", lang, text)
		}
		if strings.Contains(text, "Provenance") || strings.Contains(text, "comes from") {
			t.Errorf("%s: a source without value", lang)
		}
	}
}
