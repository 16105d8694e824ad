package web

import (
	"path"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// yearlyLink signs, lets a year pass, and gives where the yearly mail leads.
func (x *site) yearlyLink() (link string) {
	x.t.Helper()
	_, invited := x.invite()
	b := x.browser()
	b.ready(invited)
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(x.t, "/signature/merci")
	x.clock.Move(366 * 24 * time.Hour)
	if err := x.service.Tick(x.t.Context()); err != nil {
		x.t.Fatal(err)
	}
	mails, err := x.service.ClaimDeliveries(x.t.Context(), 100)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, d := range mails {
		if d.Kind == workflow.DeliveryAnniversary {
			m, err := x.service.MailContent(x.t.Context(), d)
			if err != nil {
				x.t.Fatal(err)
			}
			return "/engagement/" + path.Base(m.LinkURL)
		}
	}
	x.t.Fatal("no yearly mail")
	return ""
}

func TestStillCommitted(t *testing.T) {
	x := newSite(t)
	link := x.yearlyLink()
	b := x.browser()
	for range 3 { // a scanner fetches
		b.open(link).must(t, 200).says(t, "Toujours engagés?", "c…@example.org")
	}
	b.open(link+"?envoye=1").must(t, 200).says(t, "Oui, nous sommes toujours engagés") // nobody asked for a code
	b.post(link, "do", "send").leadsTo(t, link+"?envoye=1")
	b.open(link+"?envoye=1").must(t, 200).says(t, "Code de 6\u00a0chiffres", "Votre dernière année")
	codes := x.courier.Codes()
	code := codes[len(codes)-1].Code
	refused := b.post(link, "do", "confirm", "code", code, "amount", "beaucoup", "contracts", "4", "practice-clause", "1").must(t, 422)
	refused.says(t, "Achats\u00a0: ce nombre n’est pas un nombre entier")
	for _, kept := range []string{`value="beaucoup"`, `value="4"`, `name="practice-clause" value="1" checked`} {
		if !strings.Contains(refused.body, kept) {
			t.Errorf("the page does not hold %s", kept)
		}
	}
	b.post(link, "do", "confirm", "code", code, "amount", "12 500", "practice-clause", "1").leadsTo(t, link)
	if thanks := b.open(link).must(t, 200); strings.Contains(thanks.body, "/fournisseurs") {
		t.Error("a link leads to an empty list")
	}
	_, err := x.service.AddSupplier(t.Context(), workflow.Operator(), "longueuil", workflow.SupplierForm{Name: "Coop", Place: territory.Place{RegionCode: "16"},
		Categories: []string{"conseil"}, Description: "Des conseils"})
	if err != nil {
		t.Fatal(err)
	}
	thanks := b.open(link).must(t, 200)
	thanks.says(t, "Merci, c’est confirmé!", "1 entreprise d’économie sociale de votre territoire")
	thanks.holds(t, `href="/fournisseurs?region=monteregie"`)
	b.post(link, "do", "send").must(t, 409)
	b.post(link, "do", "nothing").must(t, 400)
	b.open("/engagement/a.b.c").must(t, 404)
	b.open("/signataires/ville-de-riviere-exemple").must(t, 200).says(t, "Renouvelé")
}
