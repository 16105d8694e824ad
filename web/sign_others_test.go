package web

import (
	"path"
	"strings"
	"testing"

	"jachete/workflow"
)

// cosignLink is where the last mail to somebody who signs beside leads.
func (x *site) cosignLink() string {
	x.t.Helper()
	link := ""
	mails, err := x.service.ClaimDeliveries(x.t.Context(), 100)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, d := range mails {
		if d.Kind != workflow.DeliveryCosign {
			continue
		}
		m, err := x.service.MailContent(x.t.Context(), d)
		if err != nil {
			x.t.Fatal(err)
		}
		link = "/i/s/" + path.Base(m.LinkURL)
	}
	if link == "" {
		x.t.Fatal("nobody was asked to sign beside")
	}
	return link
}

// Two sign one declaration: each sees who has still to, and both end at the
// same certificate.
func TestTwoSignatories(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	first := x.browser()
	first.post(link)
	first.post("/signature")
	answers := []string{"organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "Mairesse", "beside", "yes", "second-name", "Dominique Essai"}
	refused := first.post("/signature/organisation", answers...).must(t, 422)
	refused.says(t, "Sa fonction\u00a0:", "Son courriel\u00a0:")
	if !strings.Contains(refused.body, `value="Dominique Essai"`) {
		t.Error("what was typed is lost")
	}
	first.post("/signature/organisation", append(answers, "second-function", "Greffier", "second-email", "dominique@example.org", "order", "after")...).leadsTo(t, "/signature/resolution")
	first.post("/signature/resolution", "needed", "no").leadsTo(t, "/signature/verification")
	first.confirm()
	first.open("/signature/signer").must(t, 200).says(t, "Dominique Essai , Greffier", "Son tour viendra", "L’attestation est scellée quand la dernière personne a signé.")
	first.post("/signature/signer", "review", first.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, othersPath)
	first.open("/signature/merci").leadsTo(t, othersPath)
	waits := first.open(othersPath).must(t, 200)
	waits.says(t, "Votre signature est donnée", "Lien envoyé le 22\u00a0novembre\u00a02026")
	if strings.Contains(waits.body, "dominique@") {
		t.Error("the page shows the address of the other")
	}

	second := x.browser()
	door := x.cosignLink()
	second.open(door).must(t, 200).says(t, "votre signature est demandée", "Camille Exemple, Mairesse, vous demande, Dominique Essai", "d…@example.org")
	second.post(door).leadsTo(t, "/signature")
	second.open("/signature").must(t, 200).says(t, "Étape 1 sur 3")
	second.post("/signature").leadsTo(t, "/signature/verification")
	second.open("/signature/organisation").leadsTo(t, "/signature/verification")
	second.confirm()
	summary := second.open("/signature/signer").must(t, 200)
	summary.says(t, "Étape 3 sur 3", "Camille Exemple , Mairesse", "A signé le 22\u00a0novembre\u00a02026")
	if strings.Contains(summary.body, "/signature/organisation") {
		t.Error("who did not give the answers is offered to change them")
	}
	second.post("/signature/signer", "review", second.review(), "typed", "Camille Exemple", "consent", "1").must(t, 422)
	second.post("/signature/signer", "review", second.review(), "typed", "Dominique Essai", "consent", "1", "publish", "1").leadsTo(t, "/signature/merci")
	number := numberIn(t, second.open("/signature/merci").must(t, 200).body)
	first.open(othersPath).leadsTo(t, "/signature/merci")
	if got := numberIn(t, first.open("/signature/merci").must(t, 200).body); got != number {
		t.Errorf("the first reads %s, the second %s", got, number)
	}
	public := first.open("/v/"+number).must(t, 200)
	public.says(t, "Autre signataire Dominique Essai, Greffier")
	for _, hidden := range []string{"Camille Exemple", "d…@"} {
		if strings.Contains(public.body, hidden) {
			t.Errorf("the public page shows %s", hidden)
		}
	}
	second.open(door).must(t, 200).says(t, "La déclaration est signée")
}

// A new link may be asked for whoever has still to sign, and kills the one before.
func TestAskingAgain(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.post(link)
	b.post("/signature")
	b.post("/signature/organisation", "organisation", "Ville", "name", "Camille Exemple", "function", "Mairesse", "beside", "yes",
		"second-name", "Dominique Essai", "second-function", "Greffier", "second-email", "dominique@example.org", "order", "after")
	b.post("/signature/resolution", "needed", "no")
	b.confirm()
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, othersPath)
	old := x.cosignLink()
	b.post(othersPath, "seat", "second").leadsTo(t, othersPath+"?renvoye=1")
	b.open(othersPath+"?renvoye=1").must(t, 200).says(t, "Un nouveau lien est parti.")
	b.open(old).must(t, 410).says(t, "Un lien plus récent existe")
	b.open(x.cosignLink()).must(t, 200)
	b.post(othersPath, "seat", "pole").must(t, 409)
}
