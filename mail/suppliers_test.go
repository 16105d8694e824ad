package mail

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// The yearly mail leads to who sells nearby, with their number, and says nothing
// where there is nobody. The list is public: the copy for the staff keeps it.
func TestYearlyMailLeadsToSuppliers(t *testing.T) {
	c := newComposer(t)
	for lang, want := range map[workflow.Language][2]string{
		workflow.French:  {"28 entreprises d’économie sociale de votre territoire", "1 entreprise d’économie sociale de votre territoire présente ce"},
		workflow.English: {"28 social economy enterprises of your territory", "1 social economy enterprise of your territory presents"},
	} {
		for k, n := range []int{28, 1, 0} {
			content := sampleDelivery(workflow.DeliveryAnniversary, lang)
			if content.Suppliers = n; n == 0 {
				content.SuppliersURL = ""
			}
			m, err := c.Delivery(content)
			if err != nil {
				t.Fatal(err)
			}
			text := parse(t, m).Text
			if n > 0 && (!strings.Contains(text, want[k]) || !strings.Contains(text, content.SuppliersURL) || !strings.Contains(c.Copy(content), content.SuppliersURL)) {
				t.Errorf("%s, %d: %s", lang, n, text)
			}
			if n == 0 && (strings.Contains(text, "fournisseurs") || strings.Contains(text, "suppliers")) {
				t.Errorf("%s: %s", lang, text)
			}
		}
	}
}
