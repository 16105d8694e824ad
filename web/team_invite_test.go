package web

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

var choices = regexp.MustCompile(`href="(/equipe/invitations/nouvelle\?choix=[^"]+)"`)

// Two plain steps: a name, a choice, and the form knows the rest.
func TestInvitingWithoutAScript(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open("/equipe/invitations/nouvelle").must(t, 200).says(t, "Quelle organisation voulez-vous inviter?", "qui n’est pas dans la liste")
	found := b.open("/equipe/invitations/nouvelle?q=memphremagog").must(t, 200)
	found.says(t, "MRC de Memphrémagog", "Hatley (Memphrémagog, canton)")
	choice := choices.FindStringSubmatch(found.body)
	if choice == nil {
		t.Fatal("nothing to choose")
	}
	form := b.open(choice[1]).must(t, 200)
	for _, want := range []string{`value="MRC de Memphrémagog"`, `<option value="mrc" selected`, `action="/equipe/invitations/nouvelle/verifier"`} {
		if !strings.Contains(form.body, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	other := b.open("/equipe/invitations/nouvelle?q="+url.QueryEscape("Cégep de la <Démo>")).must(t, 200)
	other.says(t, "Aucune organisation connue ne porte ce nom")
	at := choices.FindStringSubmatch(other.body)[1]
	if form := b.open(html.UnescapeString(at)).must(t, 200); !strings.Contains(form.body, `value="Cégep de la &lt;Démo&gt;"`) {
		t.Errorf("what was typed is lost on the way to the form %s", at)
	}
	b.open("/equipe/invitations/nouvelle?choix=m99999").must(t, 404)
	b.open("/equipe/invitations/nouvelle?q="+strings.Repeat("a", 201)).must(t, 422)
	b.open("/equipe/invitations/nouvelle?choix=autre&nom="+strings.Repeat("a", 201)).must(t, 422)
}

func TestProposalsWhileTyping(t *testing.T) {
	x := newTeam(t)
	x.invited(func(r *workflow.InviteRequest) {
		r.Organisation, r.Kind = "Coopérative Gabarit", workflow.KindCooperative
	})
	a := x.as("agent").open("/equipe/invitations/nouvelle/organisations.json?q=gabarit").must(t, 200)
	var got struct {
		Matches []struct{ Address, Label, Where, Known string }
		Said    string
	}
	if err := json.Unmarshal([]byte(a.body), &got); err != nil || len(got.Matches) != 1 {
		t.Fatal(a.body, err)
	}
	if m := got.Matches[0]; m.Label != "Coopérative Gabarit" || m.Known != "Déjà invitée" || !strings.HasPrefix(m.Address, "/equipe/invitations/nouvelle?choix=o") {
		t.Errorf("%+v", m)
	}
	if kind := a.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %s", kind, a.Header.Get("Cache-Control"))
	}
	if a := x.as("elsewhere").open("/equipe/invitations/nouvelle/organisations.json?q=gabarit").must(t, 200); strings.Contains(a.body, "Gabarit") {
		t.Error("another pôle's invitation is proposed")
	}
}

func TestPageHasTheScriptOfItsOwn(t *testing.T) {
	x := newTeam(t)
	a := x.as("agent").open("/equipe/invitations/nouvelle").must(t, 200)
	nonce := nonceShape.FindStringSubmatch(a.Header.Get("Content-Security-Policy"))
	if nonce == nil || !strings.Contains(a.body, `<script src="`+scriptAddress+`" nonce="`+nonce[1]+`" defer>`) {
		t.Error("the script is not there under the nonce of the answer")
	}
	script := x.browser().open(scriptAddress).must(t, 200)
	if kind := script.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/javascript") {
		t.Errorf("served as %s", kind)
	}
	for _, banned := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "http"} {
		if strings.Contains(script.body, banned) {
			t.Errorf("the script holds %s", banned)
		}
	}
}

func TestPreviewBeforeSending(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	form := goodInvite("message", "Au plaisir!", "civility", "madame", "expires", "2026-12-24", "neq", "1199999907")
	a := b.post("/equipe/invitations/nouvelle/verifier", form...).must(t, 200)
	a.says(t, "Vérifiez l’invitation avant l’envoi", "Texte: Au plaisir!", "Objet pour Ville de Rivière-Exemple", "camille@example.org", "24\u00a0décembre\u00a02026",
		"forme inhabituelle", "n’a pas d’adresse postale")
	if !strings.Contains(a.Header.Get("Content-Security-Policy"), "frame-src 'self'") {
		t.Error("the page may not hold its frame")
	}
	if _, total, _ := x.world.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{}); total != 0 {
		t.Fatal("looking at it sent it")
	}
	frame := b.post("/equipe/invitations/nouvelle/apercu", form...).must(t, 200)
	if !strings.Contains(frame.body, "<p style=\"color:red\">Page: Ville de Rivière-Exemple") {
		t.Errorf("the frame holds %s", frame.body)
	}
	if p := frame.Header.Get("Content-Security-Policy"); p != policyMail || !strings.HasPrefix(p, "sandbox;") || strings.Contains(p, "script") ||
		frame.Header.Get("X-Frame-Options") != "SAMEORIGIN" {
		t.Errorf("%s, %s", p, frame.Header.Get("X-Frame-Options"))
	}
	again := b.post("/equipe/invitations/nouvelle/verifier", append(form, "etape", "modifier")...).must(t, 200)
	for _, kept := range []string{`value="2026-12-24"`, "Au plaisir!", `value="madame" checked`, `value="1199999907"`} {
		if !strings.Contains(again.body, kept) {
			t.Errorf("changing something loses %s", kept)
		}
	}
	id, _ := created(t, b, b.post("/equipe/invitations/nouvelle", hiddenOf(t, a.body)...))
	v, err := x.world.Invitation(t.Context(), workflow.Operator(), id)
	if err != nil || v.Contact.Civility != workflow.Madame || v.Message != "Au plaisir!" || workflow.CivilDate(v.ExpiresAt) != "2026-12-24" {
		t.Errorf("%+v %v", v.Invitation, err)
	}
}

var hiddenInput = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// hiddenOf reads the confirm form of the preview, as a browser would send it.
func hiddenOf(t *testing.T, body string) (pairs []string) {
	t.Helper()
	_, rest, found := strings.Cut(body, `action="/equipe/invitations/nouvelle">`)
	form, _, closed := strings.Cut(rest, "</form>")
	if !found || !closed {
		t.Fatal("no form confirms")
	}
	for _, m := range hiddenInput.FindAllStringSubmatch(form, -1) {
		pairs = append(pairs, m[1], html.UnescapeString(m[2]))
	}
	return pairs
}

// What is known is told before anybody sends, and refuses nothing.
func TestKnownOrganisationsAreTold(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	sherbrooke := func(r *workflow.InviteRequest) {
		r.Organisation, r.Place = "Ville de Sherbrooke", territory.Place{MunicipalityCode: "43027"}
	}
	inv, token := x.invited(sherbrooke)
	form := b.open("/equipe/invitations/nouvelle?choix=m43027").must(t, 200)
	form.says(t, "Cette organisation est déjà connue", "Invitée le 22\u00a0novembre\u00a02026", "Envoyée")
	secret, signing := x.world.Ready(t, token)
	if _, err := x.world.Sign(t.Context(), secret, signing, inviteVisit); err != nil {
		t.Fatal(err)
	}
	checked := b.post("/equipe/invitations/nouvelle/verifier", goodInvite("email", "autre@example.org")...).must(t, 200)
	checked.says(t, "Cette organisation est déjà connue", "Elle a signé le 22\u00a0novembre\u00a02026", "en ligne", "Signée", "quand même")
	if !strings.Contains(checked.body, "/equipe/invitations/"+inv.ID) {
		t.Error("no way to the earlier invitation")
	}
	other := x.as("elsewhere").post("/equipe/invitations/nouvelle/verifier", goodInvite("email", "autre@example.org")...).must(t, 200)
	other.says(t, "Elle a signé le 22\u00a0novembre\u00a02026") // public
	if strings.Contains(other.body, inv.ID) || strings.Contains(visible(other.body), "Invitée le") {
		t.Error("another pôle sees the invitation")
	}
	created(t, b, b.post("/equipe/invitations/nouvelle", goodInvite("email", "autre@example.org")...))
}

var inviteVisit = workflow.Visit{IP: "192.0.2.9"}

func TestCampaignOfANewInvitation(t *testing.T) {
	x := newTeam(t)
	x.openCampaign("estrie", "automne", "Grand automne")
	x.openCampaign("montreal", "ailleurs", "Ailleurs")
	b := x.as("agent")
	form := b.open("/equipe/invitations/nouvelle?choix=autre").must(t, 200)
	form.says(t, "Grand automne")
	if strings.Contains(form.body, "Ailleurs") {
		t.Error("another pôle's campaign is proposed")
	}
	b.post("/equipe/invitations/nouvelle/verifier", goodInvite("campaign", "estrie/automne")...).must(t, 200).says(t, "Campagne", "Grand automne")
	id, _ := created(t, b, b.post("/equipe/invitations/nouvelle", goodInvite("campaign", "estrie/automne")...))
	if v, _ := x.world.Invitation(t.Context(), workflow.Operator(), id); v.Campaign != "automne" {
		t.Errorf("campaign %q", v.Campaign)
	}
	b.post("/equipe/invitations/nouvelle", goodInvite("campaign", "montreal/ailleurs", "email", "b@example.org")...).must(t, 422)
}

// openCampaign adds an open campaign with a slug of its own.
func (x *teamSite) openCampaign(pole, slug, name string) {
	x.t.Helper()
	err := x.world.Store.Update(x.t.Context(), func(tx workflow.Tx) error {
		return tx.AddCampaign(x.t.Context(), workflow.Campaign{PoleSlug: pole, Slug: slug, Name: name, CreatedAt: x.world.Clock.Now()})
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

func TestDeadlineAsTyped(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{"60": "2027-01-21T15:00:00Z", " 1 ": "2026-11-23T15:00:00Z", "2026-12-24": "2026-12-25T04:59:59Z",
		"2026-07-01": "2026-07-02T03:59:59Z", "": "", "soixante": "", "0": "", "-3": "", "2026-02-30": "", "24/12/2026": "", "1e3": "", "99999999999999999999": ""} {
		got, ok := deadlineOf(typed, now)
		if ok != (want != "") || ok && got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q is %s %v, want %s", typed, got.UTC(), ok, want)
		}
	}
}

func TestStepsAreRefusedTogether(t *testing.T) {
	x := newTeam(t)
	a := x.as("agent").post("/equipe/invitations/nouvelle/verifier", goodInvite("email", "x", "civility", "maître", "expires", "2020-01-01")...)
	a.must(t, http.StatusUnprocessableEntity).says(t, "adresse complète", "choisissez une des réponses", "entrez une date à venir")
	if !strings.Contains(a.body, `id="civility-error"`) || !strings.Contains(a.body, `href="#civility"`) || !strings.Contains(a.body, `id="civility"`) {
		t.Error("the refusal of the civility has no place")
	}
}
