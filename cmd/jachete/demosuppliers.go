package main

import (
	"context"
	"fmt"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// demoSupplier is a fictional enterprise that sells.
type demoSupplier struct {
	pole, name  string
	place       territory.Place
	categories  []string
	site        string // below example.org; empty for none
	description string
}

var demoSuppliers = []demoSupplier{
	{"estrie", "Traiteur du Gabarit", territory.Place{MunicipalityCode: "45072"}, []string{"alimentation", "culture"}, "traiteur-gabarit",
		"Repas de réunion, buffets et boîtes à lunch préparés avec des produits de la région."},
	{"estrie", "Buanderie de l’Épreuve", territory.Place{MunicipalityCode: "43027"}, []string{"textile", "entretien-menager"}, "buanderie-epreuve",
		"Location et entretien de linge pour les établissements, et fabrication d’uniformes."},
	{"estrie", "Coopérative forestière du Canevas", territory.Place{MRCCode: "440"}, []string{"amenagement-paysager", "energie"}, "canevas",
		"Plantation, entretien de sentiers et chauffage à la biomasse."},
	{"estrie", "Le Prototype numérique", territory.Place{RegionCode: "05"}, []string{"technologies", "imprimerie", "formation"}, "prototype-numerique",
		"Sites Web accessibles, logiciels libres et formation des équipes."},
	{"montreal", "Imprimerie de la Maquette", territory.Place{MunicipalityCode: "66023"}, []string{"imprimerie", "emballage"}, "imprimerie-maquette",
		"Rapports, affiches et envois postaux, par une entreprise adaptée."},
	{"montreal", "Entretien Spécimen", territory.Place{MunicipalityCode: "66023"}, []string{"entretien-menager", "formation"}, "entretien-specimen",
		"Entretien ménager de bureaux et d’écoles, par des personnes en parcours d’insertion."},
	{"montreal", "Coop Conseil-Modèle", territory.Place{RegionCode: "06"}, []string{"conseil", "administration"}, "conseil-modele",
		"Accompagnement en approvisionnement responsable, tenue de livres et paie."},
	{"longueuil", "Ressourcerie du Témoin", territory.Place{MunicipalityCode: "58227"}, []string{"matieres-residuelles", "mobilier", "transport"}, "ressourcerie-temoin",
		"Collecte, réparation et revente de mobilier de bureau."},
	{"longueuil", "Transport collectif d’Essai", territory.Place{MunicipalityCode: "58227"}, []string{"transport"}, "",
		"Navettes et transport adapté pour les événements."},
	{"capitale-nationale", "Ébénisterie du Patron", territory.Place{MunicipalityCode: "23027"}, []string{"mobilier", "construction"}, "ebenisterie-patron",
		"Mobilier sur mesure et aménagement de salles, en bois d’ici."},
	{"capitale-nationale", "Auberge de l’Ébauche", territory.Place{RegionCode: "03"}, []string{"hebergement", "alimentation", "loisir"}, "auberge-ebauche",
		"Salles de réunion, repas et hébergement de groupes au bord du fleuve."},
	{"chaudiere-appalaches", "Aide à domicile de l’Exemple", territory.Place{MunicipalityCode: "25213"}, []string{"aide-a-domicile", "entretien-menager"}, "aide-exemple",
		"Soutien à domicile et entretien pour les résidences et les établissements."},
}

// listSuppliers lets the founding pôles present their enterprises.
func (a storyteller) listSuppliers(ctx context.Context) error {
	for _, d := range demoSuppliers {
		form := workflow.SupplierForm{Name: d.name, Place: d.place, Categories: d.categories, Description: d.description}
		if d.site != "" {
			form.Site = "https://" + d.site + ".example.org"
		}
		if _, err := a.service.AddSupplier(ctx, workflow.Operator(), d.pole, form); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
	}
	return nil
}
