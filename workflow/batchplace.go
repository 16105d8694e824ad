package workflow

import (
	"fmt"
	"strings"

	"jachete/workflow/territory"
)

// gazetteer finds places by what people write for them.
type gazetteer struct {
	atlas          *territory.Atlas
	municipalities map[string][]territory.Municipality // by folded name and label
	mrcs           map[string]string                   // code by folded name
	regions        map[string]string                   // code by folded name and slug
}

func newGazetteer(atlas *territory.Atlas) gazetteer {
	g := gazetteer{atlas, map[string][]territory.Municipality{}, map[string]string{}, map[string]string{}}
	for _, m := range atlas.Municipalities(territory.Set{}) {
		name, label := Fold(m.Name), Fold(atlas.Label(m))
		g.municipalities[name] = append(g.municipalities[name], m)
		if label != name {
			g.municipalities[label] = append(g.municipalities[label], m)
		}
	}
	for _, m := range atlas.MRCs() {
		g.mrcs[Fold(m.Name)] = m.Code
	}
	for _, r := range atlas.Regions() {
		g.regions[Fold(r.Name)], g.regions[Fold(r.Slug)] = r.Code, r.Code
	}
	return g
}

// code gives a code its leading zeros back, which spreadsheets drop; false for
// what is no number.
func code(cell string, digits int) (string, bool) {
	if cell == "" || len(cell) > digits || strings.Trim(cell, "0123456789") != "" {
		return "", false
	}
	return fmt.Sprintf("%0*s", digits, cell), true
}

// place reads where an organisation is, by codes or names.
func (g gazetteer) place(cells map[string]string, kind OrganisationKind, f *fields) territory.Place {
	p := territory.Place{RegionCode: g.region(cells[columnRegion], f), MRCCode: g.mrc(cells, kind, f)}
	typed := cells[columnMunicipality]
	if full, isCode := code(typed, 5); isCode {
		p.MunicipalityCode = full
		return p
	}
	switch {
	case typed != "":
		g.byName(typed, &p, f)
	case kind == KindMunicipality:
		g.ofItself(cells[columnOrganisation], &p, f)
	}
	return p
}

// ofItself finds the municipality that is the organisation. One in a stated
// region or MRC may bear a name that the directory does not have yet.
func (g gazetteer) ofItself(name string, p *territory.Place, f *fields) {
	if len(g.named(name)) > 0 || p.RegionCode == "" && p.MRCCode == "" {
		g.byName(name, p, f)
	}
}

// byName narrows what bears the name by the region and MRC of the line.
func (g gazetteer) byName(name string, p *territory.Place, f *fields) {
	var fit []territory.Municipality
	for _, m := range g.named(name) {
		if (p.RegionCode == "" || p.RegionCode == m.RegionCode) && (p.MRCCode == "" || p.MRCCode == m.MRCCode) {
			fit = append(fit, m)
		}
	}
	switch len(fit) {
	case 0:
		f.add("municipality", "batch.municipality")
	case 1:
		p.MunicipalityCode = fit[0].Code
	default:
		f.check("municipality", &FieldError{Key: "batch.ambiguous", Args: map[string]string{"codes": g.codes(fit)}})
	}
}

// codes lists what to choose from.
func (g gazetteer) codes(list []territory.Municipality) string {
	var said []string
	for _, m := range list {
		said = append(said, m.Code+" "+g.atlas.Label(m))
	}
	return strings.Join(said, "; ")
}

// designation are the words for the status of a municipality, folded.
var designation = map[string]bool{"ville": true, "municipalite": true, "paroisse": true, "canton": true, "cantons": true, "village": true,
	"city": true, "town": true, "municipality": true}

// contracted are the words between a status and a name, with what they leave
// of the name: « municipalité des Escoumins » is Les Escoumins.
var contracted = map[string]string{"de": "", "d": "", "of": "", "du": "le ", "des": "les "}

// named finds municipalities by name, « Nom (MRC) », or with their status in
// front: « Ville de Sherbrooke », « Municipalité de la paroisse de … ».
func (g gazetteer) named(text string) []territory.Municipality {
	name := Fold(text)
	for {
		if found := g.municipalities[name]; len(found) > 0 {
			return found
		}
		status, rest, _ := strings.Cut(strings.TrimPrefix(name, "la "), " ")
		link, rest, _ := strings.Cut(rest, " ")
		article, known := contracted[link]
		if !designation[status] || !known || rest == "" {
			return nil
		}
		name = article + rest
	}
}

// mrc reads the MRC of a line. An MRC that says nothing of where it is is
// looked for by its name.
func (g gazetteer) mrc(cells map[string]string, kind OrganisationKind, f *fields) string {
	typed := cells[columnMRC]
	if full, isCode := code(typed, 3); isCode {
		return full // the atlas knows whether it exists
	}
	found := g.mrcNamed(typed)
	switch {
	case found == "" && typed != "":
		f.add("mrc", "batch.mrc")
	case typed == "" && kind == KindMRC:
		return g.mrcNamed(cells[columnOrganisation])
	}
	return found
}

// mrcNamed finds an MRC by its name, with or without the words before it: « MRC
// du Val-Saint-François » is Le Val-Saint-François, « MRC des Chenaux » is Des
// Chenaux.
func (g gazetteer) mrcNamed(text string) string {
	name := strings.TrimPrefix(Fold(text), "municipalite regionale de comte ")
	name = strings.TrimPrefix(name, "mrc ")
	if found, known := g.mrcs[name]; known {
		return found
	}
	link, rest, _ := strings.Cut(name, " ")
	article, known := contracted[link]
	if !known {
		return ""
	}
	return g.mrcs[article+rest]
}

func (g gazetteer) region(typed string, f *fields) string {
	if full, isCode := code(typed, 2); isCode {
		return full
	}
	found, known := g.regions[Fold(typed)]
	if !known && typed != "" {
		f.add("region", "batch.region")
	}
	return found
}
