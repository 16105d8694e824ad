package mail

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// A mail that follows a signature says when it becomes public, and never that
// it is.
func TestMailsSayWhenAnEmbargoEnds(t *testing.T) {
	c := newComposer(t)
	until := time.Date(2026, 12, 1, 19, 30, 0, 0, time.UTC)
	says := map[workflow.Language][2]string{
		workflow.French:  {"confidentiel jusqu’au 1er\u00a0décembre\u00a02026, à 14\u00a0h\u00a030", "registre public des signataires"},
		workflow.English: {"confidential until December 1, 2026, 2:30\u00a0p.m.", "public register of signatories"},
	}
	for _, kind := range []workflow.DeliveryKind{workflow.DeliveryCertificate, workflow.DeliveryPoleCopy} {
		for lang, words := range says {
			for _, embargo := range []time.Time{{}, until} {
				content := sampleDelivery(kind, lang)
				content.Embargo = embargo
				m, err := c.Delivery(content)
				if err != nil {
					t.Fatal(err)
				}
				text := strings.Join(strings.Fields(strings.ReplaceAll(parse(t, m).Text, "\u00a0", "~")), " ")
				held := strings.Contains(text, strings.ReplaceAll(words[0], "\u00a0", "~"))
				if public := strings.Contains(text, words[1]); held == embargo.IsZero() || public != embargo.IsZero() {
					t.Errorf("%s in %s, embargo %v: %s", kind, lang, !embargo.IsZero(), text)
				}
			}
		}
	}
}
