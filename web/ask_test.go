package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// goodAsk is a form that is accepted; pairs change it.
func goodAsk(pairs ...string) []string {
	return append([]string{"organisation", "Coopérative Gabarit", "kind", "cooperative", "place", "Magog", "name", "Camille Exemple",
		"function", "Achats", "email", "camille@example.org", "message", "Bonjour!", "website", ""}, pairs...)
}

// requested is an open request of estrie.
func (x *teamSite) requested(change ...func(*workflow.RequestForm)) workflow.InvitationRequest {
	x.t.Helper()
	x.asked++
	f := workflow.RequestForm{Organisation: "Coopérative Gabarit", Kind: workflow.KindCooperative, Place: "Magog", Language: workflow.French,
		Contact: workflow.Contact{Name: "Camille Exemple", Function: "Achats", Email: fmt.Sprintf("camille%d@example.org", x.asked)}, Message: "Un mot"}
	for _, c := range change {
		c(&f)
	}
	visit := workflow.Visit{IP: fmt.Sprintf("2001:db8:0:%x::1", x.asked)}
	if _, err := x.world.AskInvitation(x.t.Context(), f, visit); err != nil {
		x.t.Fatal(err)
	}
	list, _, err := x.world.Requests(x.t.Context(), workflow.Operator(), 0, 0)
	for _, r := range list {
		if r.Contact.Email == f.Contact.Email && err == nil {
			return r
		}
	}
	x.t.Fatal("the request is not there", err)
	return workflow.InvitationRequest{}
}

// The page after the form names the pôle, how to reach it, and what happens
// next; no cookie is set.
func TestAskingForAnInvitation(t *testing.T) {
	x := newTeam(t)
	contact := workflow.PoleContact{Email: "pole@example.org", Phone: "819 555-0103", Privacy: "Claude Exemple"}
	if err := x.world.SetPoleContact(t.Context(), workflow.Operator(), "estrie", contact); err != nil {
		t.Fatal(err)
	}
	b := x.browser()
	b.open("/demander").must(t, 200).says(t, "Demander une invitation", "par exemple Magog ou MRC de Memphrémagog", "effacés 90\u00a0jours après")
	a := b.post("/demander", goodAsk()...)
	a.leadsTo(t, "/demander?envoye=estrie")
	page := b.open("/demander?envoye=estrie").must(t, 200)
	page.says(t, "Demande envoyée", "Estrie", "pole@example.org", "819 555-0103", "Claude Exemple", "invitation par courriel")
	b.open("/demander?envoye=estrie&lang=en").must(t, 200).says(t, "Request sent", "pole@example.org")
	for _, unknown := range []string{"nulle-part", "ESTRIE", "a%00b", ""} {
		b.open("/demander?envoye="+unknown).must(t, 404)
	}
	delete(b.cookies, cookieLanguage) // asked for by ?lang=
	if len(b.cookies) != 0 {
		t.Errorf("cookies %v", b.cookies)
	}
	if mails := x.world.Deliver(t); len(mails) != 1 || mails[0].Delivery.Recipient != "pole@example.org" {
		t.Errorf("mailed %+v", mails)
	}
}

// Examples of places are of where the reader comes from; nothing else is filled
// in, and what does not exist changes nothing.
func TestExamplesOfPlaces(t *testing.T) {
	x := newTeam(t)
	for query, want := range map[string]string{"": "Magog ou MRC de Memphrémagog", "?pole=estrie": "Sherbrooke ou MRC", "?region=laval": "exemple Laval.",
		"?mrc=les-maskoutains": "Saint-Hyacinthe ou MRC des Maskoutains", "?pole=nulle-part": "Magog ou", "?region=x&mrc=y": "Magog ou", "?pole=%3Cb%3E": "Magog ou"} {
		a := x.get("/demander"+query).must(t, 200)
		if a.says(t, want); inputValue(a.body, "place") != "" {
			t.Errorf("%s: a place is filled in", query)
		}
	}
	for path, want := range map[string]string{"/": "/demander", "/regions/estrie": "/demander?region=estrie", "/mrc/les-maskoutains": "/demander?mrc=les-maskoutains", "/poles/estrie": "/demander?pole=estrie"} {
		if a := x.get(path).must(t, 200); !strings.Contains(a.body, `href="`+want+`"`) {
			t.Errorf("%s does not lead to %s", path, want)
		}
	}
}

func TestAskingComesBackFilled(t *testing.T) {
	x := newTeam(t)
	for name, c := range map[string]struct {
		pairs []string
		field string
		say   string
	}{
		"no name":    {[]string{"organisation", ""}, "organisation", "écrivez une réponse"},
		"kind":       {[]string{"kind", "bank"}, "kind", "Choisissez le type"},
		"unknown":    {[]string{"place", "Nulle-Part"}, "place", "Écrivez le nom officiel"},
		"near":       {[]string{"place", "hyacinthe"}, "place", "ou corrigez le nom"},
		"homonym":    {[]string{"place", "Stanstead"}, "place", "Plusieurs lieux portent ce nom"},
		"function":   {[]string{"function", "🏛"}, "function", "ne peut pas être imprimé"},
		"email":      {[]string{"email", "camille"}, "email", "courriel"},
		"link":       {[]string{"message", "voyez www.example.org"}, "message", "retirez l’adresse Web"},
		"long":       {[]string{"message", strings.Repeat("a", 1001)}, "message", "Raccourcissez-le"},
		"trap":       {[]string{"website", "https://evil.example"}, "website", "doit rester vide ne l’était pas"},
		"everything": {[]string{"organisation", "", "kind", "", "place", "", "name", "", "function", "", "email", ""}, "name", "écrivez une réponse"},
	} {
		t.Run(name, func(t *testing.T) {
			form := goodAsk(c.pairs...)
			a := x.browser().post("/demander", form...).must(t, 422)
			if strings.Count(visible(a.body), c.say) < 2 || !strings.Contains(a.body, `<a href="#`+c.field+`">`) ||
				!strings.Contains(a.body, "<title>Erreur\u00a0:") {
				t.Errorf("%q is not said twice:\n%s", c.say, visible(a.body))
			}
			typed := map[string]string{}
			for i := 0; i < len(form); i += 2 {
				typed[form[i]] = form[i+1]
			}
			for _, field := range []string{"organisation", "place", "name", "function", "email"} {
				if got := inputValue(a.body, field); got != typed[field] {
					t.Errorf("%s came back as %q, not %q", field, got, typed[field])
				}
			}
			if inputValue(a.body, "website") != "" {
				t.Error("the box that must be empty came back filled")
			}
		})
	}
	if _, n, err := x.world.Requests(t.Context(), workflow.Operator(), 1, 0); n != 0 || err != nil {
		t.Errorf("%d requests, %v", n, err)
	}
}

// Homonyms are chosen from by radio buttons.
func TestHomonymIsChosenOnThePage(t *testing.T) {
	x := newTeam(t)
	b := x.browser()
	a := b.post("/demander", goodAsk("place", "Stanstead")...).must(t, 422)
	a.says(t, "Stanstead (Memphrémagog, canton)", "Stanstead (Memphrémagog, ville)")
	if !strings.Contains(a.body, `type="radio" id="where" name="where" value="m45008"`) {
		t.Error("there is nothing to choose from")
	}
	b.post("/demander", goodAsk("place", "Stanstead", "where", "m45025")...).leadsTo(t, "/demander?envoye=estrie")
}

// Where no pôle is, the page lists those of the region.
func TestNoPoleListsThoseOfTheRegion(t *testing.T) {
	x := newTeam(t)
	x.cover("monteregie-est", "municipality:58007")
	a := x.browser().post("/demander", goodAsk("place", "Saint-Hyacinthe")...).must(t, 422)
	a.says(t, "Aucun pôle n’a ce lieu dans son territoire")
	if !strings.Contains(a.body, `href="/poles/longueuil"`) || strings.Contains(a.body, `href="/poles/estrie"`) {
		t.Error("the pôles listed are not those of the region")
	}
	x.cover("laval", "municipality:58227")
	x.browser().post("/demander", goodAsk("place", "Laval")...).must(t, 422).says(t, "Cette région n’a pas encore de pôle")
}

// What is refused for being too much keeps what was typed, and says whom to
// write to.
func TestTooManyRequests(t *testing.T) {
	x := newTeam(t)
	if err := x.world.SetPoleContact(t.Context(), workflow.Operator(), "estrie", workflow.PoleContact{Email: "pole@example.org"}); err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		a := x.browser().post("/demander", goodAsk("email", strings.Repeat("c", i+1)+"@example.org")...)
		if i < 5 {
			a.must(t, http.StatusSeeOther)
			continue
		}
		a.must(t, http.StatusTooManyRequests).says(t, "Plusieurs demandes ont été faites depuis votre réseau", "pole@example.org")
		if a.Header.Get("Retry-After") != "3600" || inputValue(a.body, "organisation") != "Coopérative Gabarit" {
			t.Errorf("%v", a.Header)
		}
	}
}

// A member of staff sees, answers and files requests.
func TestStaffAnswerARequest(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open("/equipe/demandes").must(t, 200).says(t, "Aucune demande pour l’instant")
	if page := b.open("/equipe").must(t, 200); strings.Contains(page.body, "attendent une réponse") {
		t.Error("the dashboard counts none")
	}
	first, second := x.requested(), x.requested()
	b.open("/equipe").must(t, 200).says(t, "2 demandes d’invitation attendent une réponse")
	b.open("/equipe/demandes").must(t, 200).says(t, "Coopérative Gabarit", "Magog", "À traiter")
	page := b.open("/equipe/demandes/"+first.ID).must(t, 200)
	page.says(t, "Camille Exemple", "camille1@example.org", "Un mot", "Rien ne prouve qui a écrit")
	if reader := x.as("reader").open("/equipe/demandes/"+first.ID).must(t, 200); strings.Contains(reader.body, "camille1@example.org") || strings.Contains(reader.body, "?demande=") {
		t.Error("who only reads sees the address, or may invite")
	}

	form := b.open("/equipe/invitations/nouvelle?demande="+first.ID).must(t, 200)
	for field, want := range map[string]string{"organisation": "Coopérative Gabarit", "municipality": "Magog — 45072", "name": "Camille Exemple", "email": "camille1@example.org",
		"source": "demande reçue le 22\u00a0novembre\u00a02026 sur le site", "demande": first.ID} {
		if got := inputValue(form.body, field); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	invite := goodInvite("organisation", "Coopérative Gabarit", "kind", "cooperative", "email", "camille1@example.org", "demande", first.ID, "source", "")
	preview := b.post("/equipe/invitations/nouvelle/verifier", invite...).must(t, 200)
	if inputValue(preview.body, "demande") != first.ID {
		t.Error("the preview forgets the request")
	}
	id, made := created(t, b, b.post("/equipe/invitations/nouvelle", invite...))
	made.says(t, "demande reçue le 22\u00a0novembre\u00a02026 sur le site")
	b.open("/equipe/demandes/"+first.ID).says(t, "Invitée", "Voir l’invitation")
	b.open("/equipe/invitations/nouvelle?demande="+first.ID).leadsTo(t, "/equipe/demandes/"+first.ID)
	b.post("/equipe/invitations/nouvelle", goodInvite("demande", first.ID, "email", "d@example.org")...).must(t, 409).says(t, "Cette demande est déjà classée")
	if !strings.Contains(b.open("/equipe/demandes/"+first.ID).body, `href="/equipe/invitations/`+id+`"`) {
		t.Error("the request does not lead to its invitation")
	}

	b.post("/equipe/demandes/"+second.ID+"/classer").must(t, 422).says(t, "Choisissez pourquoi la demande est classée.")
	b.post("/equipe/demandes/"+second.ID+"/classer", "outcome", "improper").leadsTo(t, "/equipe/demandes/"+second.ID+"?fait=classee")
	b.open("/equipe/demandes/"+second.ID+"?fait=classee").says(t, "La demande est classée.", "Classée\u00a0: pas sérieuse")
	b.post("/equipe/demandes/"+second.ID+"/classer", "outcome", "other").must(t, 409).says(t, "Cette demande est déjà classée")
	b.open("/equipe/demandes").says(t, "Toutes les demandes ont eu une réponse")
}

// An invitation from another pôle's request is as one from none.
func TestInvitingFromAnotherPolesRequest(t *testing.T) {
	x := newTeam(t)
	r := x.requested()
	b := x.as("elsewhere")
	theirs := b.post("/equipe/invitations/nouvelle", goodInvite("demande", r.ID)...)
	wantSameRefusal(t, "a request of estrie and none", theirs, b.post("/equipe/invitations/nouvelle", goodInvite("demande", nobodys)...))
	theirs.must(t, 404)
}

// cover gives a pôle another territory.
func (x *teamSite) cover(pole, set string) {
	x.t.Helper()
	err := x.world.Store.Update(x.t.Context(), func(tx workflow.Tx) error {
		p, err := tx.Pole(x.t.Context(), pole)
		if err != nil {
			return err
		}
		if p.Territory, err = territory.ParseSet(set); err != nil {
			return err
		}
		return tx.SetPole(x.t.Context(), p)
	})
	if err != nil {
		x.t.Fatal(err)
	}
}
