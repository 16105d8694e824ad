package main

import (
	"context"
	"fmt"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// demoPapers are fictional organisations that signed on paper before the
// service existed: by the region that they are in, and the date.
var demoPapers = []struct {
	pole, organisation string
	kind               workflow.OrganisationKind
	region, signed     string
}{
	{"longueuil", "Ville de la Première-Ébauche", workflow.KindMunicipality, "16", "2013-03-19"},
	{"montreal", "Société d’habitation du Spécimen", workflow.KindStateCompany, "06", "2013-11-06"},
	{"montreal", "Collège du Canevas", workflow.KindCollege, "06", "2015-05-21"},
	{"estrie", "Centre de services scolaire du Modèle", workflow.KindSchool, "05", "2016-10-20"},
	{"estrie", "MRC de la Maquette", workflow.KindMRC, "05", "2016-10-20"},
	{"longueuil", "Coopérative d’habitation du Gabarit", workflow.KindCooperative, "16", "2017-04-12"},
	{"capitale-nationale", "Ville du Vieux-Prototype", workflow.KindMunicipality, "03", "2019-05-28"},
	{"capitale-nationale", "Université de l’Épreuve", workflow.KindUniversity, "03", "2019-05-28"},
	{"chaudiere-appalaches", "MRC du Grand-Patron", workflow.KindMRC, "12", "2019-05-28"},
	{"chaudiere-appalaches", "Atelier Témoin", workflow.KindNonprofit, "12", "2021-09-14"},
	{"estrie", "Municipalité de Notre-Dame-de-l’Exemple", workflow.KindMunicipality, "05", "2022-06-07"},
	{"montreal", "Imprimerie Brouillon et fille", workflow.KindCompany, "06", "2023-02-16"},
}

// enterPapers brings them into the register, as the staff of a pôle does.
func (a storyteller) enterPapers(ctx context.Context) error {
	for _, d := range demoPapers {
		_, err := a.service.EnterPaper(ctx, workflow.Operator(), workflow.PaperRequest{Pole: d.pole, Organisation: d.organisation, Kind: d.kind,
			Place: territory.Place{RegionCode: d.region}, Signed: d.signed, Source: "Archives du pôle (démonstration)"})
		if err != nil {
			return fmt.Errorf("%s: %w", d.organisation, err)
		}
	}
	return nil
}

// announceCeremony tells the public of a ceremony three weeks from now.
func (a storyteller) announceCeremony(ctx context.Context) error {
	day := workflow.CivilDate(time.Now().AddDate(0, 0, 21))
	_, err := a.service.AddCampaign(ctx, workflow.Operator(), "estrie", workflow.CampaignRequest{Name: "Grande signature de l’Estrie",
		Place: "Salle du Modèle, 3, rue du Gabarit, Sherbrooke", Ceremony: workflow.LocalTime{Day: day, Hour: "10:30"}, Announce: true})
	return err
}
