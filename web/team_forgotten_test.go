package web

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// An invitation whose person is forgotten says so wherever that person would be
// named, in both languages, and offers nothing to do.
func TestAForgottenPersonIsToldToBe(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited(func(r *workflow.InviteRequest) { r.Contact.Name, r.Contact.Function = "Zoé Gabarit", "Essayeuse" })
	must(t, x.world.Revoke(t.Context(), workflow.Operator(), inv.ID))
	x.world.Clock.Move(workflow.InvitationMemory)
	must(t, x.world.Tick(t.Context()))
	page := "/equipe/invitations/" + inv.ID
	for language, words := range map[string]string{"": "coordonnées effacées", "?lang=en": "contact details erased"} {
		b := x.as("agent")
		for _, path := range []string{page, "/equipe/invitations"} {
			a := b.open(path+language).must(t, 200)
			if strings.Contains(a.body, "Gabarit") || strings.Contains(a.body, "Essayeuse") || strings.Contains(a.body, "camille") {
				t.Errorf("%s%s names the person", path, language)
			}
			if !strings.Contains(a.body, words) {
				t.Errorf("%s%s does not say %q", path, language, words)
			}
		}
	}
	a := x.as("agent").open(page).must(t, 200)
	for _, action := range []string{"renvoyer", "corriger", "prolonger", "annuler", "note"} {
		if strings.Contains(a.body, page+"/"+action) {
			t.Errorf("offers %s", action)
		}
	}
	if strings.Count(a.body, "coordonnées effacées") != 2 { // who was invited, whom the mail went to
		t.Errorf("said %d times", strings.Count(a.body, "coordonnées effacées"))
	}
	x.as("agent").post(page+"/renvoyer").must(t, 409).says(t, "Les coordonnées de la personne invitée sont effacées")
	x.exportsForgotten(t)
}

// exportsForgotten reads the list as a file.
func (x *teamSite) exportsForgotten(t *testing.T) {
	t.Helper()
	rows := rowsOf(t, x.as("reader").open("/equipe/invitations/exporter?format=csv").must(t, 200))
	if len(rows) != 2 || strings.Count(strings.Join(rows[1], ";"), "coordonnées effacées") != 3 {
		t.Errorf("%q", rows)
	}
}
