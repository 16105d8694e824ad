package pdf

import (
	"fmt"
	"strings"

	"jachete/workflow"
)

// Words of the draft; the same typography as in words.go.
const (
	wordDraftMark    = "PROJET — non signé"
	wordWatermark    = "PROJET"
	wordDraftTitle   = "Projet – %s – %s"
	wordDraftFoot    = "Projet pour le conseil\u00a0: ne vaut pas signature"
	wordDraftNote    = "Ce document est un projet\u00a0: rien n’est signé. La signature se fait en ligne, à partir de l’invitation reçue par courriel, une fois la décision prise."
	wordDraftVersion = "Texte «\u00a0%s\u00a0», version %s. Empreinte SHA-256\u00a0: %s"

	wordModel        = "Modèle de résolution"
	wordModelIntro   = "Un exemple, que le conseil adapte à ses façons de faire. Remplacez ce qui est entre crochets."
	wordWhereasRead  = "CONSIDÉRANT QUE le conseil a pris connaissance de la déclaration d’engagement «\u00a0L’économie sociale, j’achète!\u00a0»;"
	wordWhereasRules = "CONSIDÉRANT QUE cette déclaration exprime une volonté et ne modifie pas les règles d’attribution des contrats %s;"
	wordProposed     = "Il est proposé par [nom], appuyé par [nom] et résolu\u00a0:"
	wordAdhere       = "D’ADHÉRER à la déclaration au nom %s;"
	wordAuthorise    = "D’AUTORISER %s et %s à la signer, y compris par un moyen technologique;"
	wordDesignate    = "DE DÉSIGNER [fonction] comme personne-ressource."
	wordCarried      = "ADOPTÉE"

	wordOfAny = "de l’organisation «\u00a0%s\u00a0»"
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
	return fmt.Sprintf(wordOfAny, name)
}

// signers are the two functions a council usually authorises.
func signers(kind workflow.OrganisationKind) (first, second string) {
	switch kind {
	case workflow.KindMunicipality:
		return "la mairesse ou le maire", "la greffière ou le greffier"
	case workflow.KindMRC:
		return "la préfète ou le préfet", "la direction générale"
	default:
		return "la présidence", "la direction générale"
	}
}
