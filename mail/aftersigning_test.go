package mail

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// Every certificate has its line and its link; what is kept of the mail has
// the lines and no link.
func TestRetrievalListsEveryCertificate(t *testing.T) {
	c := newComposer(t)
	for _, lang := range []workflow.Language{workflow.French, workflow.English} {
		content := sampleDelivery(workflow.DeliveryRetrieval, lang)
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		l, kept := parse(t, m), c.Copy(content)
		for _, cert := range content.Certificates {
			label := cert.Organisation + " (" + cert.Number + ")"
			if !strings.Contains(l.Text, label+"\n"+cert.URL) || !strings.Contains(l.HTML, `href="`+cert.URL+`"`) {
				t.Errorf("%s: %s is not offered:\n%s", lang, label, l.Text)
			}
			if !strings.Contains(kept, label) || strings.Contains(kept, cert.URL) {
				t.Errorf("%s: kept as\n%s", lang, kept)
			}
		}
	}
}

// The one who signed and the pôle are told the same in their own words.
func TestWithdrawalIsToldToBoth(t *testing.T) {
	c := newComposer(t)
	content := sampleDelivery(workflow.DeliveryWithdrawn, workflow.French)
	for team, words := range map[bool][2]string{false: {"Comme vous l’avez demandé", "La personne qui a signé"}, true: {"La personne qui a signé", "Comme vous l’avez demandé"}} {
		content.Team = team
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		text := parse(t, m).Text
		if !strings.Contains(text, words[0]) || strings.Contains(text, words[1]) || !strings.Contains(text, "1er\u00a0mars\u00a02027") {
			t.Errorf("to the pôle %v:\n%s", team, text)
		}
	}
}

// An invitation to sign a corrected version does not claim that the text has
// changed.
func TestInvitationToCorrectSaysSo(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	content.Renews.SignedOn = "2019-11-15"
	for _, corrects := range []bool{false, true} {
		content.Corrects = corrects
		m, err := newComposer(t).Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		text := parse(t, m).Text
		if strings.Contains(text, "une correction a été demandée") != corrects || strings.Contains(text, "a changé depuis") == corrects {
			t.Errorf("corrects %v:\n%s", corrects, text)
		}
	}
}
