package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

func poles(t *testing.T, w *world) {
	far, near := Pole("estrie"), Pole("abitibi")
	far.Name, near.Name = "Zec-Exemple", "Étchemins-Exemple"
	near.Territory, near.NameConfirmed = far.Territory, false
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddPole(w.ctx, far); err != nil {
			return err
		}
		return tx.AddPole(w.ctx, near)
	})
	wantEqual(t, read[workflow.Pole](t)(w.Pole(w.ctx, "estrie")), far)
	wantEqual(t, read[[]workflow.Pole](t)(w.Poles(w.ctx)), []workflow.Pole{near, Pole("rive"), far})
	far.Short, far.Contact.Phone = "Zec", "555-0101"
	w.must(func(tx workflow.Tx) error { return tx.SetPole(w.ctx, far) })
	wantEqual(t, read[workflow.Pole](t)(w.Pole(w.ctx, "estrie")), far)
}

func polesConflict(_ *testing.T, w *world) {
	w.refused(workflow.Conflict, "pole.exists", func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("rive")) })
	w.refused(workflow.NotFound, "pole.not-found", func(tx workflow.Tx) error { return tx.SetPole(w.ctx, Pole("nulle")) })
}

func declarations(t *testing.T, w *world) {
	later := Declaration("1.1", noon.Add(time.Hour))
	draft := Declaration("2.0", time.Time{})
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddDeclaration(w.ctx, later); err != nil {
			return err
		}
		return tx.AddDeclaration(w.ctx, draft)
	})
	current := func(now time.Time) string {
		return read[workflow.Declaration](t)(w.CurrentDeclaration(w.ctx, "esja", "rive", now)).Version
	}
	wantEqual(t, read[workflow.Declaration](t)(w.Declaration(w.ctx, "esja", "1.1")), later)
	wantEqual(t, read[workflow.Declaration](t)(w.Declaration(w.ctx, "esja", "2.0")), draft)
	wantEqual(t, current(noon), "1.0")
	wantEqual(t, current(noon.Add(time.Hour)), "1.1")
	_, err := w.CurrentDeclaration(w.ctx, "esja", "rive", noon.Add(-2*time.Hour))
	wantError(t, err, workflow.NotFound, "declaration.not-found")
	w.refused(workflow.Conflict, "declaration.exists", func(tx workflow.Tx) error { return tx.AddDeclaration(w.ctx, later) })
}

// variants are a pôle's own: others keep everybody's text, whatever came later.
func variants(t *testing.T, w *world) {
	own, later := Declaration("1.0-rive", noon.Add(-time.Minute)), Declaration("1.1", noon)
	own.PoleSlug = "rive"
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddDeclaration(w.ctx, own); err != nil {
			return err
		}
		return tx.AddDeclaration(w.ctx, later)
	})
	for pole, want := range map[string]string{"rive": "1.0-rive", "autre": "1.1", "": "1.1"} {
		wantEqual(t, read[workflow.Declaration](t)(w.CurrentDeclaration(w.ctx, "esja", pole, noon)).Version, want)
	}
}

// Campaign is a campaign of the pôle "rive" with every field set.
func Campaign(slug string) workflow.Campaign {
	return workflow.Campaign{PoleSlug: "rive", Slug: slug, Name: "Automne", Place: "Salle de l’Exemple", CeremonyAt: noon.Add(time.Hour),
		EmbargoUntil: noon.Add(2 * time.Hour), Reminders: workflow.ReminderPlan{AfterDays: []int{5}, Hour: 10}, CreatedBy: "s", CreatedAt: noon}
}

func campaigns(t *testing.T, w *world) {
	c, other := Campaign("automne"), Campaign("printemps")
	other.Reminders, other.CreatedAt = workflow.ReminderPlan{}, noon.Add(time.Minute)
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddCampaign(w.ctx, c); err != nil {
			return err
		}
		return tx.AddCampaign(w.ctx, other)
	})
	wantEqual(t, read[workflow.Campaign](t)(w.Campaign(w.ctx, "rive", "automne")), c)
	c.Name, c.Closed = "Automne 2026", true
	w.must(func(tx workflow.Tx) error { return tx.SetCampaign(w.ctx, c) })
	wantEqual(t, read[[]workflow.Campaign](t)(w.Campaigns(w.ctx, workflow.CampaignFilter{})), []workflow.Campaign{other, c})
	wantEqual(t, len(read[[]workflow.Campaign](t)(w.Campaigns(w.ctx, workflow.CampaignFilter{Poles: []string{}}))), 0)
	_, err := w.Campaign(w.ctx, "autre", "automne")
	wantError(t, err, workflow.NotFound, "campaign.not-found")
	w.refused(workflow.Conflict, "campaign.exists", func(tx workflow.Tx) error { return tx.AddCampaign(w.ctx, c) })
	w.refused(workflow.NotFound, "campaign.not-found", func(tx workflow.Tx) error { return tx.SetCampaign(w.ctx, Campaign("nulle")) })
}

func organisations(t *testing.T, w *world) {
	o := Organisation("o2", "Coopérative Gabarit")
	w.must(func(tx workflow.Tx) error { return tx.AddOrganisation(w.ctx, o) })
	wantEqual(t, read[workflow.Organisation](t)(w.Organisation(w.ctx, "o2")), o)
	wantEqual(t, read[bool](t)(w.SlugTaken(w.ctx, "slug-o2")), true)
	wantEqual(t, read[bool](t)(w.SlugTaken(w.ctx, "slug-o3")), false)
	o.ID = "o3"
	w.refused(workflow.Conflict, "organisation.exists", func(tx workflow.Tx) error { return tx.AddOrganisation(w.ctx, o) })
	for i, kind := range workflow.OrganisationKinds {
		o := Organisation("kind-"+string(kind), "Genre")
		o.Kind, o.NEQ = kind, string(rune('a'+i))
		w.must(func(tx workflow.Tx) error { return tx.AddOrganisation(w.ctx, o) })
	}
}

func organisationsAlike(t *testing.T, w *world) {
	city := Organisation("city", "Ville de Rivière-Exemple")
	city.Kind = workflow.KindMunicipality
	mrc := Organisation("mrc", "MRC du Haut-Essai")
	mrc.Kind, mrc.MunicipalityCode = workflow.KindMRC, ""
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddOrganisation(w.ctx, city); err != nil {
			return err
		}
		return tx.AddOrganisation(w.ctx, mrc)
	})
	find := func(kind workflow.OrganisationKind, name, municipality, mrc string) string {
		o, err := w.FindOrganisation(w.ctx, workflow.Organisation{Kind: kind, Name: name, MunicipalityCode: municipality,
			MRCCode: mrc, RegionCode: "16"})
		if err != nil {
			wantError(t, err, workflow.NotFound, "organisation.not-found")
		}
		return o.ID
	}
	wantEqual(t, find(workflow.KindMunicipality, "Rivière-Exemple", "58227", "580"), "city")
	wantEqual(t, find(workflow.KindMunicipality, "Ville de Rivière-Exemple", "58228", "580"), "")
	wantEqual(t, find(workflow.KindMRC, "mrc du HAUT essai", "", "580"), "mrc")
	wantEqual(t, find(workflow.KindMRC, "MRC du Haut-Essai", "", "581"), "")
	wantEqual(t, find(workflow.KindCooperative, "ville de riviere exemple", "58227", "580"), "org")
	wantEqual(t, find(workflow.KindCooperative, "Coopérative Gabarit", "58227", "580"), "")
}
