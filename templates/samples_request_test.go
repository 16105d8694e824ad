package templates

import (
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// requestFamilies are the families of keys of requests for an invitation.
func requestFamilies() map[string][]string {
	outcomes, reasons := []string{"open", "invited", "lapsed"}, []string{}
	for _, r := range workflow.RequestReasons {
		outcomes, reasons = append(outcomes, string(r)), append(reasons, string(r))
	}
	return map[string][]string{"requests.outcome-": outcomes, "requests.reason-": reasons}
}

func askSamples() (pages []Page) {
	kinds := []Option{{"mrc", "MRC", true}, {"other", "Autre", false}}
	pages = append(pages, &Ask{Town: "Magog", MRC: "MRC de Memphrémagog", Kinds: kinds}, &Ask{Town: "Laval"}, &Asked{Pole: workflow.Pole{Slug: "pole", Name: "Pôle"}})
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		form := workflow.RequestForm{Organisation: text, Place: text, Message: text, Contact: workflow.Contact{Name: text, Function: text, Email: text}}
		named := samplePole
		named.Name, named.Contact.Privacy = text, text
		refused := wrong("organisation", "kind", "place", "name", "function", "email", "message", "website")
		refused.Plain = false
		pages = append(pages, &Ask{Form: form, Town: text, MRC: text, Kinds: kinds}, &Asked{Pole: named}, &Ask{Form: form, Busy: named},
			&Ask{Frame: refused, Form: form, Town: text, MRC: text, Kinds: kinds, Choices: []Option{{"m45008", text, false}, {"m45025", "B", true}}},
			&Ask{Frame: wrong("place"), Form: form, NoPole: true, Nearby: []workflow.Pole{named}}, &Ask{Frame: wrong("place"), Form: form, NoPole: true})
	}
	return pages
}

// sampleRequest is a request with that outcome.
func sampleRequest(text string, outcome workflow.RequestOutcome) workflow.RequestPage {
	p := workflow.RequestPage{Pole: samplePole, InvitationRequest: workflow.InvitationRequest{ID: "ABC", Organisation: text, Kind: workflow.KindMRC, Message: text,
		Contact: workflow.Contact{Name: text, Function: text, Email: "camille@example.org"}, Language: workflow.French, AskedAt: sampleTime, Outcome: outcome,
		Place: territory.Place{RegionCode: "05"}}}
	if outcome != workflow.RequestOpen {
		p.ClosedAt, p.Closer.Name = sampleTime, text
	}
	return p
}

func requestSamples(team TeamFrame) (pages []Page) {
	team.Here = "invitations"
	reader, refused := team, team
	reader.Writer, reader.Several = false, false
	refused.Problems = []Problem{{"outcome", long}}
	pages = append(pages, &TeamRequests{TeamFrame: team}, &TeamRequests{TeamFrame: reader})
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		list := &TeamRequests{TeamFrame: team, Total: 1_234, Open: 1, Page: 2, Pages: 3, Previous: "/equipe/demandes?page=1", Next: "/equipe/demandes?page=3"}
		for _, o := range append([]workflow.RequestOutcome{workflow.RequestOpen, workflow.RequestInvited, workflow.RequestLapsed}, workflow.RequestReasons...) {
			list.Found = append(list.Found, RequestLine{sampleRequest(text, o).InvitationRequest, text, text})
			pages = append(pages, &TeamRequest{TeamFrame: team, Found: sampleRequest(text, o), Place: text, Closed: true})
		}
		forgotten, known := sampleRequest(text, workflow.RequestInvited), sampleRequest(text, workflow.RequestOpen)
		forgotten.Contact, forgotten.Message, forgotten.InvitationID = workflow.Contact{}, "", "DEF"
		known.Past = workflow.OrganisationPast{Invitations: sampleViews(text)[:2], Commitments: sampleCommitments(text)}
		pages = append(pages, list, &TeamRequests{TeamFrame: reader, Total: 1, Page: 1, Pages: 1, Found: list.Found[1:2]},
			&TeamRequest{TeamFrame: team, Found: forgotten}, &TeamRequest{TeamFrame: reader, Found: known, Place: text},
			&TeamRequest{TeamFrame: refused, Found: known, Place: text, Chosen: "other"},
			&TeamInvite{TeamFrame: team, Known: text, Form: InviteForm{Request: "ABC", Organisation: text}})
	}
	return pages
}

// The box that only programs fill in is hidden from eyes, screen readers and
// keyboards, and has words for those who meet it; once it was filled in, it
// shows, with the reason.
func TestTrapIsMetByProgramsOnly(t *testing.T) {
	page := &Ask{Frame: Frame{Lang: workflow.French}}
	out, err := Render(page)
	if err != nil {
		t.Fatal(err)
	}
	_, trap, _ := strings.Cut(string(out), `<div class="unseen">`)
	trap, _, _ = strings.Cut(trap, "</div>")
	for _, part := range []string{`<label for="website">Laissez cette case vide`, `id="website" name="website" value="" tabindex="-1" autocomplete="off"`} {
		if !strings.Contains(trap, part) {
			t.Errorf("%s is not in %q", part, trap)
		}
	}
	if css := sources(t, "static/style.css"); !strings.Contains(css, ".unseen { display: none; }") {
		t.Error("it shows")
	}
	page.Problems = []Problem{{"website", "x"}}
	if out, err = Render(page); err != nil || strings.Contains(string(out), "unseen") || !strings.Contains(string(out), `id="website-error"`) {
		t.Errorf("it does not show once filled in: %v", err)
	}
}
