package workflow

import (
	"fmt"
	"strings"
)

// Words of the model resolution, French only: a council deliberates in the
// language of the instrument.
const (
	modelTitle        = "Modèle de résolution"
	modelIntro        = "Un exemple, que le conseil adapte à ses façons de faire. Remplacez ce qui est entre crochets."
	modelWhereasRead  = "CONSIDÉRANT QUE le conseil a pris connaissance de la déclaration d’engagement «\u00a0L’économie sociale, j’achète!\u00a0»;"
	modelWhereasRules = "CONSIDÉRANT QUE cette déclaration exprime une volonté et ne modifie pas les règles d’attribution des contrats %s;"
	modelProposed     = "Il est proposé par [nom], appuyé par [nom] et résolu\u00a0:"
	modelAdhere       = "D’ADHÉRER à la déclaration au nom %s;"
	modelAuthorise    = "D’AUTORISER %s et %s à la signer, y compris par un moyen technologique;"
	modelDesignate    = "DE DÉSIGNER [fonction] comme personne-ressource."
	modelCarried      = "ADOPTÉE"

	modelOfAny = "de l’organisation «\u00a0%s\u00a0»"
)

// articles go before names that begin with these words.
var articles = map[string]string{
	"Ville": "de la", "Municipalité": "de la", "MRC": "de la", "Paroisse": "de la", "Communauté": "de la", "Régie": "de la", "Société": "de la",
	"Coopérative": "de la", "Commission": "de la", "Corporation": "de la", "Fondation": "de la",
	"Village": "du", "Canton": "du", "Territoire": "du", "Cégep": "du", "Collège": "du", "Centre": "du", "Conseil": "du", "Réseau": "du", "Regroupement": "du",
}

// ofOrganisation is « de la Ville de X », or names an organisation whose
// article is not known without one.
func ofOrganisation(name string) string {
	first, _, _ := strings.Cut(name, " ")
	if article, ok := articles[first]; ok {
		return article + " " + name
	}
	return fmt.Sprintf(modelOfAny, name)
}

// authorised are the two functions that a council usually authorises.
func authorised(kind OrganisationKind) (first, second string) {
	switch kind {
	case KindMunicipality:
		return "la mairesse ou le maire", "la greffière ou le greffier"
	case KindMRC:
		return "la préfète ou le préfet", "la direction générale"
	default:
		return "la présidence", "la direction générale"
	}
}
