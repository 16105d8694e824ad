package workflow

import (
	"strings"

	"jachete/workflow/roster"
)

// Columns that only a list of signatories on paper has.
const (
	columnPole       = "pole"
	columnSigned     = "date_signature"
	columnAnnounced  = "date_annonce"
	columnSignatory  = "signataire"
	columnResolution = "resolution"
)

// PaperColumns lists the columns in the order of the model file.
var PaperColumns = []string{columnOrganisation, columnKind, columnMunicipality, columnMRC, columnRegion, columnPole, columnSigned,
	columnAnnounced, columnSignatory, columnFunction, columnResolution, columnSource}

// paperColumns are the words people write above them, folded. Those of places
// and bodies are the words of invitations.
var paperColumns = roster.Columns{
	Fold:     Fold,
	Required: []string{columnOrganisation, columnKind, columnSource},
	Names: map[string][]string{
		columnOrganisation: invitationColumns.Names[columnOrganisation],
		columnKind:         invitationColumns.Names[columnKind],
		columnMunicipality: invitationColumns.Names[columnMunicipality],
		columnMRC:          invitationColumns.Names[columnMRC],
		columnRegion:       invitationColumns.Names[columnRegion],
		columnPole:         {"pole", "hub", "pole d economie sociale"},
		columnSigned:       {"date signature", "date de signature", "signature", "signee le", "signed", "signed on", "date signed", "signature date"},
		columnAnnounced:    {"date annonce", "date d annonce", "date de l annonce", "annonce", "annoncee le", "announced", "announced on", "announcement date"},
		columnSignatory:    {"signataire", "personne signataire", "nom du signataire", "signatory", "signatory name", "signed by"},
		columnFunction:     invitationColumns.Names[columnFunction],
		columnResolution:   {"resolution", "numero de resolution", "no de resolution", "resolution number"},
		columnSource:       {"source", "provenance", "reference"},
	},
}

// broadKinds are words that say too little: the name of the organisation tells.
var broadKinds = []string{"enseignement", "education", "organisme scolaire", "organisme", "organization", "organisation"}

// namedKinds are the beginnings of names, folded, that tell what a body is.
var namedKinds = []struct {
	begins string
	kind   OrganisationKind
}{
	{"cegep", KindCollege}, {"college", KindCollege}, {"universite", KindUniversity}, {"university", KindUniversity},
	{"centre de services scolaire", KindSchool}, {"commission scolaire", KindSchool}, {"mrc", KindMRC}, {"cooperative", KindCooperative},
	{"ville", KindMunicipality}, {"municipalite", KindMunicipality},
}

// paperKind reads a sort of organisation. A broad word is made precise by the
// name where that is plain, and else is « other »: nothing is guessed.
func paperKind(cell, name string) OrganisationKind {
	folded := Fold(cell)
	for _, broad := range broadKinds {
		if folded != broad {
			continue
		}
		for _, n := range namedKinds {
			if strings.HasPrefix(Fold(name)+" ", n.begins+" ") {
				return n.kind
			}
		}
		return KindOther
	}
	return kindOf(cell)
}
