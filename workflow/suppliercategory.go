package workflow

import "slices"

// SupplierCategory is a sort of goods or services, as addresses, lists and open
// data name it: a code that stays when its words change.
type SupplierCategory string

// categoryWords is a line of the closed list of categories.
type categoryWords struct {
	code   SupplierCategory
	fr, en string
	also   []string // what people write or look for instead, in either language
}

// supplierCategories is the list, in the order of its French names. Add to it;
// a code that some supplier has is never taken away.
var supplierCategories = []categoryWords{
	{"aide-a-domicile", "Aide à domicile et soins", "Home care", []string{"soutien à domicile", "aide domestique", "personal care"}},
	{"alimentation", "Alimentation et traiteur", "Food and catering", []string{"traiteur", "aliments", "repas", "cafétéria", "épicerie", "catering", "meals"}},
	{"amenagement-paysager", "Aménagement paysager et horticulture", "Landscaping and horticulture", []string{"horticulture", "déneigement", "jardins", "snow removal"}},
	{"construction", "Construction et rénovation", "Construction and renovation", []string{"rénovation", "bâtiment", "architecture", "building"}},
	{"culture", "Culture et événements", "Culture and events", []string{"spectacles", "animation", "congrès", "arts", "shows"}},
	{"emballage", "Emballage, assemblage et sous-traitance", "Packaging, assembly and subcontracting", []string{"emballage", "assemblage", "sous-traitance", "manufacturing"}},
	{"energie", "Énergie et environnement", "Energy and environment", []string{"environnement", "efficacité énergétique", "climat", "environment"}},
	{"entretien-menager", "Entretien ménager", "Cleaning and maintenance", []string{"ménage", "nettoyage", "conciergerie", "janitorial"}},
	{"formation", "Formation et insertion en emploi", "Training and job integration", []string{"insertion", "ateliers", "cours", "workshops"}},
	{"matieres-residuelles", "Gestion des matières résiduelles", "Waste and materials management", []string{"recyclage", "compostage", "réemploi", "ressourcerie", "recycling"}},
	{"hebergement", "Hébergement et location de salles", "Lodging and room rental", []string{"hôtel", "auberge", "salles", "venues"}},
	{"immobilier", "Immobilier et habitation", "Real estate and housing", []string{"logement", "gestion immobilière", "bureaux", "offices"}},
	{"imprimerie", "Imprimerie et communication", "Printing and communications", []string{"impression", "graphisme", "publicité", "design", "advertising"}},
	{"loisir", "Loisir, sport et tourisme", "Recreation, sports and tourism", []string{"camps de jour", "plein air", "outdoors"}},
	{"medias", "Médias et audiovisuel", "Media and audiovisual", []string{"journal", "radio", "télévision", "vidéo", "video"}},
	{"mobilier", "Mobilier et ébénisterie", "Furniture and woodworking", []string{"meubles", "menuiserie", "bois", "wood"}},
	{"petite-enfance", "Petite enfance et famille", "Childcare and family", []string{"garderie", "halte-garderie", "daycare"}},
	{"administration", "Services administratifs et comptables", "Administrative and accounting services", []string{"comptabilité", "paie", "centre d’appels", "payroll"}},
	{"conseil", "Services-conseils", "Consulting", []string{"consultation", "gestion", "recherche", "advice", "research"}},
	{"finance", "Services financiers et assurances", "Financial services and insurance", []string{"assurance", "épargne", "crédit", "banking"}},
	{"technologies", "Technologies de l’information", "Information technology", []string{"informatique", "logiciels", "sites web", "numérique", "software"}},
	{"textile", "Textile et buanderie", "Textiles and laundry", []string{"couture", "vêtements", "uniformes", "friperie", "clothing"}},
	{"transport", "Transport et livraison", "Transport and delivery", []string{"déménagement", "messagerie", "autopartage", "moving", "courier"}},
}

// SupplierCategories lists every category in the order pages show them.
var SupplierCategories = func() (codes []SupplierCategory) {
	for _, c := range supplierCategories {
		codes = append(codes, c.code)
	}
	return codes
}()

// In names the category in a language; one that is not of the list is named by
// its code.
func (c SupplierCategory) In(lang Language) string {
	i := c.index()
	switch {
	case i < 0:
		return string(c)
	case lang == English:
		return supplierCategories[i].en
	}
	return supplierCategories[i].fr
}

// Known tells whether the category is of the list.
func (c SupplierCategory) Known() bool { return c.index() >= 0 }

func (c SupplierCategory) index() int { return slices.Index(SupplierCategories, c) }

// words are all that somebody may look for the category by.
func (c SupplierCategory) words() []string {
	i := c.index()
	if i < 0 {
		return nil
	}
	known := supplierCategories[i]
	return append([]string{known.fr, known.en}, known.also...)
}

// categoryCodes are the categories by what people write for them, folded. Of two
// that share a word, the first of the list has it.
var categoryCodes = func() map[string]SupplierCategory {
	codes := map[string]SupplierCategory{}
	for _, c := range supplierCategories {
		for _, words := range append([]string{string(c.code), c.fr, c.en}, c.also...) {
			if _, taken := codes[Fold(words)]; !taken {
				codes[Fold(words)] = c.code
			}
		}
	}
	return codes
}()
