package mail

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// The pôle reads which organisation asks. The mail answers to the pôle, names
// nobody, and what was typed cannot become a header or a link.
func TestRequestTellsThePole(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryRequest, workflow.French)
	content.Organisation = "Gabarit\r\nBcc: autre@example.org"
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	l, raw := parse(t, m), string(m.Raw)
	for _, want := range []string{"Type\u00a0: Municipalité", "Lieu\u00a0: Magog, MRC de Memphrémagog, Estrie", "22\u00a0novembre\u00a02026, à 10\u00a0h\u00a004", content.LinkURL} {
		if !strings.Contains(l.Text, want) {
			t.Errorf("%q is not in\n%s", want, l.Text)
		}
	}
	if !strings.Contains(raw, "Reply-To: <bonjour@pole.example.org>") || strings.Contains(raw, "\nBcc:") || strings.Contains(l.To, "Camille") {
		t.Errorf("headers of\n%s", raw)
	}
	if l.Subject != "Gabarit Bcc: autre@example.org demande une invitation" {
		t.Errorf("subject %q", l.Subject)
	}
}
