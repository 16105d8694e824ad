package workflow

import "jachete/workflow/roster"

// Columns of a file of invitations, as the cells of a BatchRow are named.
const (
	columnOrganisation = "organisation"
	columnKind         = "type"
	columnMunicipality = "code_municipal"
	columnMRC          = "mrc"
	columnRegion       = "region"
	columnNEQ          = "neq"
	columnFirstName    = "prenom"
	columnName         = "nom"
	columnCivility     = "civilite"
	columnFunction     = "fonction"
	columnEmail        = "courriel"
	columnLanguage     = "langue"
	columnSource       = "source"
	columnMessage      = "message"
)

// InvitationColumns lists the columns in the order of the model file.
var InvitationColumns = []string{columnOrganisation, columnKind, columnMunicipality, columnMRC, columnRegion, columnNEQ, columnCivility,
	columnFirstName, columnName, columnFunction, columnEmail, columnLanguage, columnSource, columnMessage}

// invitationColumns are the words people write above them, folded.
var invitationColumns = roster.Columns{
	Fold:     Fold,
	Required: []string{columnOrganisation, columnKind, columnName, columnFunction, columnEmail},
	Names: map[string][]string{
		columnOrganisation: {"organisation", "nom de l organisation", "organization", "organization name", "organisme"},
		columnKind:         {"type", "type d organisation", "categorie", "kind", "organization type", "category"},
		columnMunicipality: {"code municipal", "code de municipalite", "code geographique", "municipalite", "municipal code", "municipality code", "municipality"},
		columnMRC:          {"mrc", "code mrc", "code de mrc", "mrc code"},
		columnRegion:       {"region", "code de region", "code region", "region administrative", "region code", "administrative region"},
		columnNEQ:          {"neq", "numero d entreprise", "numero d entreprise du quebec", "enterprise number", "quebec enterprise number"},
		columnFirstName:    {"prenom", "first name", "given name"},
		columnName:         {"nom", "prenom et nom", "nom complet", "nom de famille", "personne", "name", "full name", "last name", "family name", "person"},
		columnCivility:     {"civilite", "civility", "salutation"},
		columnFunction:     {"fonction", "titre", "poste", "function", "title", "position", "job title"},
		columnEmail:        {"courriel", "adresse courriel", "adresse de courriel", "email", "e mail", "email address", "mail"},
		columnLanguage:     {"langue", "language", "lang"},
		columnSource:       {"source", "provenance", "provenance de l adresse", "address source"},
		columnMessage:      {"message", "mot personnel", "personal message"},
	},
}

// kindWords are the sorts of organisations as people write them, folded, beside
// their names in code.
var kindWords = map[string]OrganisationKind{
	"municipalite": KindMunicipality, "ville": KindMunicipality, "city": KindMunicipality, "town": KindMunicipality,
	"paroisse": KindMunicipality, "village": KindMunicipality, "canton": KindMunicipality,
	"municipalite regionale de comte": KindMRC, "regional county municipality": KindMRC,
	"centre de services scolaire": KindSchool, "css": KindSchool, "commission scolaire": KindSchool, "ecole": KindSchool, "school board": KindSchool,
	"cegep": KindCollege, "cegep ou college": KindCollege, "universite": KindUniversity,
	"sante": KindHealth, "sante et services sociaux": KindHealth, "hopital": KindHealth, "hospital": KindHealth, "cisss": KindHealth, "ciusss": KindHealth,
	"transport": KindTransit, "transport collectif": KindTransit, "societe de transport": KindTransit, "public transit": KindTransit,
	"societe d etat": KindStateCompany, "state corporation": KindStateCompany, "crown corporation": KindStateCompany,
	"cooperative": KindCooperative, "cooperative ou mutuelle": KindCooperative, "coop": KindCooperative, "mutuelle": KindCooperative,
	"cooperative financiere": KindCooperative,
	"entreprise":             KindCompany, "entreprise privee": KindCompany, "compagnie": KindCompany, "business": KindCompany,
	"obnl": KindNonprofit, "osbl": KindNonprofit, "organisme a but non lucratif": KindNonprofit, "non profit": KindNonprofit, "npo": KindNonprofit,
	"autre": KindOther, "autre organisation": KindOther, "organisme culturel": KindOther, "organisme municipal": KindOther,
	"organisme regional": KindOther, "school service centre": KindSchool, "health and social services": KindHealth,
	"cooperative or mutual": KindCooperative, "non profit organization": KindNonprofit, "other organization": KindOther,
}

// kindOf reads a sort of organisation; what is not one comes back for the
// check of the request to refuse.
func kindOf(cell string) OrganisationKind {
	folded := Fold(cell)
	for _, k := range OrganisationKinds {
		if folded == Fold(string(k)) {
			return k
		}
	}
	if k, known := kindWords[folded]; known {
		return k
	}
	return OrganisationKind(cell)
}

var languageWords = map[string]Language{
	"": French, "fr": French, "fr ca": French, "francais": French, "french": French,
	"en": English, "en ca": English, "anglais": English, "english": English,
}

func languageOf(cell string) Language {
	if l, known := languageWords[Fold(cell)]; known {
		return l
	}
	return Language(cell)
}

var civilityWords = map[string]Civility{
	"": NoCivility, "madame": Madame, "mme": Madame, "mrs": Madame, "ms": Madame, "madam": Madame,
	"monsieur": Monsieur, "m": Monsieur, "mr": Monsieur, "sir": Monsieur,
}
