package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

func labels(t *testing.T, w *workflowtest.World, a workflow.Actor, query string) (list []string) {
	t.Helper()
	found, _, err := w.FindOrganisations(t.Context(), a, query)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		list = append(list, m.Label)
	}
	return list
}

func TestFindingPlaces(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		for query, first := range map[string]string{
			"sherb": "Sherbrooke", "SHERBROOKE": "Sherbrooke", "Ville de Sherbrooke": "Sherbrooke", "43027": "Sherbrooke",
			"st hyacinthe": "Saint-Hyacinthe", "Ste-Julie": "Sainte-Julie", "l'ancienne lorette": "L’Ancienne-Lorette",
			"mrc du granit": "MRC du Granit", "memphremagog mrc": "MRC de Memphrémagog", "ha ha": "Saint-Louis-du-Ha! Ha!",
		} {
			if got := labels(t, w, agent, query); len(got) == 0 || got[0] != first {
				t.Errorf("%q finds %v, want %q first", query, got, first)
			}
		}
		for _, nothing := range []string{"", "  ", "!", "nulle-part-ailleurs", strings.Repeat("a", 5000)} {
			if got := labels(t, w, agent, nothing); len(got) > 0 {
				t.Errorf("%.20q finds %v", nothing, got)
			}
		}
		twins := labels(t, w, agent, "valcourt")
		if len(twins) < 2 || twins[0] == twins[1] || !strings.Contains(twins[0], "(") {
			t.Errorf("homonyms are not told apart: %v", twins)
		}
		if _, more, _ := w.FindOrganisations(t.Context(), agent, "saint"); !more {
			t.Error("twelve are given as if there were no others")
		}
	})
}

// The register is everybody's; what a pôle invited is its own.
func TestFindingKnownOrganisationsWithinTheScope(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		invite := func(pole, name string, place territory.Place) (workflow.Invitation, string) {
			r := workflowtest.Request()
			r.Pole, r.Organisation, r.Kind, r.Place, r.Contact.Name = pole, name, workflow.KindCooperative, place, "Gabarit Exemple"
			r.Contact.Email = strings.ToLower(strings.ReplaceAll(name, " ", "")) + "@example.org"
			return w.Invite(t, r)
		}
		own, _ := invite("estrie", "Coop Modele", territory.Place{RegionCode: "05"})
		others, _ := invite("montreal", "Coop Cachee", territory.Place{RegionCode: "06"})
		signed, token := invite("montreal", "Coop Publique", territory.Place{RegionCode: "06"})
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		agent := agentOf(t, w, "estrie")
		if got := labels(t, w, agent, "coop"); !slices.Contains(got, "Coop Modele") || slices.Contains(got, "Coop Cachee") {
			t.Errorf("finds %v", got)
		}
		if got := labels(t, w, agent, "gabarit exemple"); len(got) > 0 {
			t.Errorf("the name of a contact finds organisations: %v", got)
		}
		found, _, err := w.FindOrganisations(t.Context(), agent, "Rivière-Exemple") // the name it gave itself when signing
		if err != nil || len(found) != 1 || !found[0].Signed || found[0].Invited {
			t.Errorf("%+v %v", found, err)
		}
		found, _, _ = w.FindOrganisations(t.Context(), agent, "coop modele")
		if len(found) != 1 || found[0].Signed || !found[0].Invited {
			t.Errorf("%+v", found)
		}
		choose := func(id string) error {
			_, _, err := w.ChooseOrganisation(t.Context(), agent, "o"+id)
			return err
		}
		wantKey(t, choose(others.OrganisationID), workflow.NotFound, "record.not-found")
		wantKey(t, choose("AAAA"), workflow.NotFound, "record.not-found")
		_, past, err := w.ChooseOrganisation(t.Context(), agent, "o"+signed.OrganisationID)
		if err != nil || len(past.Commitments) != 1 || len(past.Invitations) != 0 {
			t.Errorf("%+v %v", past, err)
		}
		org, past, err := w.ChooseOrganisation(t.Context(), agent, "o"+own.OrganisationID)
		if err != nil || org.Name != "Coop Modele" || len(past.Invitations) != 1 || past.Invitations[0].ID != own.ID {
			t.Errorf("%+v %+v %v", org, past, err)
		}
	})
}

func TestChoosingAPlace(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		org, past, err := w.ChooseOrganisation(t.Context(), agent, "m43027")
		if err != nil || org.Name != "Ville de Sherbrooke" || org.MunicipalityCode != "43027" || org.RegionCode != "05" ||
			org.Kind != workflow.KindMunicipality || len(past.Invitations) != 0 {
			t.Errorf("%+v %+v %v", org, past, err)
		}
		r := workflowtest.Request()
		r.Pole, r.Organisation, r.Place = "montreal", "Sherbrooke selon Montréal", territory.Place{MunicipalityCode: "43027"}
		w.Invite(t, r)
		if org, past, err = w.ChooseOrganisation(t.Context(), agent, "m43027"); err != nil || org.Name != "Ville de Sherbrooke" || len(past.Invitations) > 0 {
			t.Errorf("another pôle's invitation shows: %+v %+v %v", org, past, err)
		}
		for _, key := range []string{"", "m", "m99999", "x1", "43027"} {
			_, _, err := w.ChooseOrganisation(t.Context(), agent, key)
			wantKey(t, err, workflow.NotFound, "record.not-found")
		}
	})
}

func TestPreviewTellsThePastAndChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		r := workflowtest.Request()
		p, err := w.PreviewInvitation(t.Context(), agent, r)
		if err != nil || p.Mail.LinkURL != "" || p.Mail.Organisation != r.Organisation || p.Mail.Delivery.Recipient != r.Contact.Email ||
			p.Mail.Pole.Slug != "estrie" || len(p.Past.Invitations) != 0 {
			t.Errorf("%+v %v", p, err)
		}
		if _, total, _ := w.Invitations(t.Context(), agent, workflow.InvitationFilter{}); total != 0 {
			t.Error("a preview made an invitation")
		}
		inv, _ := w.Invite(t, r)
		if p, err = w.PreviewInvitation(t.Context(), agent, r); err != nil || len(p.Past.Invitations) != 1 || p.Past.Invitations[0].ID != inv.ID {
			t.Errorf("%+v %v", p.Past, err)
		}
		elsewhere := agentOf(t, w, "montreal")
		r.Pole = "montreal"
		if p, err = w.PreviewInvitation(t.Context(), elsewhere, r); err != nil || len(p.Past.Invitations) != 0 {
			t.Errorf("another pôle sees the invitation: %+v %v", p.Past, err)
		}
		r.Pole = "estrie"
		_, err = w.PreviewInvitation(t.Context(), elsewhere, r)
		wantKey(t, err, workflow.NotFound, "record.not-found")
		r.Contact.Email = "x"
		_, err = w.PreviewInvitation(t.Context(), agent, r)
		wantField(t, err, "email", "email.invalid")
	})
}
