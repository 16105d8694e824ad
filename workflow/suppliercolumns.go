package workflow

import (
	"strings"

	"jachete/workflow/roster"
)

// Columns that only a list of suppliers has.
const (
	columnPlace       = "municipalite"
	columnCategories  = "categories"
	columnSite        = "site"
	columnDescription = "description"
)

// SupplierColumns lists the columns in the order of the model file.
var SupplierColumns = []string{columnName, columnPlace, columnMRC, columnRegion, columnCategories, columnSite, columnDescription}

// supplierColumns are the words people write above them, folded. Those of places
// are the words of invitations.
var supplierColumns = roster.Columns{
	Fold:     Fold,
	Required: []string{columnName, columnCategories, columnDescription},
	Names: map[string][]string{
		columnName:        {"nom", "entreprise", "nom de l entreprise", "fournisseur", "organisation", "name", "enterprise", "business", "supplier", "organization"},
		columnPlace:       append([]string{"ville", "city"}, invitationColumns.Names[columnMunicipality]...),
		columnMRC:         invitationColumns.Names[columnMRC],
		columnRegion:      invitationColumns.Names[columnRegion],
		columnCategories:  {"categories", "categorie", "produits et services", "secteurs", "secteur", "category", "goods and services"},
		columnSite:        {"site", "site web", "site internet", "adresse web", "url", "website", "web site"},
		columnDescription: {"description", "description courte", "presentation", "short description"},
	},
}

// categoriesOf reads the categories of a cell, separated by « | ». One that is
// not of the list comes back as it is, for the check of the form to refuse.
func categoriesOf(cell string) (codes []string) {
	for part := range strings.SplitSeq(cell, "|") {
		part = strings.TrimSpace(part)
		if code, known := categoryCodes[Fold(part)]; known {
			part = string(code)
		}
		if part != "" {
			codes = append(codes, part)
		}
	}
	return codes
}
