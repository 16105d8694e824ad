package workflow_test

import (
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestCampaignReportNamesNoPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := campaign(t, w)
		_, token := w.Invite(t, in(c))
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"MRC du Haut-Essai", "Cégep de la Démo"} {
			r := in(c)
			r.Organisation, r.Contact.Email = name, strings.ToLower(name[:1])+"@example.org"
			if inv, _ := w.Invite(t, r); name == "Cégep de la Démo" {
				if err := w.Revoke(t.Context(), workflow.Operator(), inv.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		file, err := w.CampaignReport(t.Context(), reader, "estrie", c.Slug)
		if err != nil {
			t.Fatal(err)
		}
		text := string(file)
		for _, want := range []string{"Signed:[{Organisation:Ville de Rivière-Exemple Kind:municipality SignedOn:2026-11-22 Mode:electronic}]",
			"Awaited:[{Organisation:MRC du Haut-Essai Kind:municipality State:sent}]"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s is missing from %s", want, text)
			}
		}
		if strings.Contains(text, "Camille") || strings.Contains(text, "@example.org") || strings.Contains(text, "Cégep") {
			t.Errorf("the report names a person, or who is no longer invited: %s", text)
		}
		elsewhere := workflow.StaffActor(hire(t, w, "e@example.org", workflow.RoleAgent, "montreal"))
		_, err = w.CampaignReport(t.Context(), elsewhere, "estrie", c.Slug)
		wantKey(t, err, workflow.NotFound, "record.not-found")
	})
}
