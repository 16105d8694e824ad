package workflow

import "jachete/workflow/territory"

// placesLike looks among municipalities and MRC, but for those already known.
func (s *Service) placesLike(words []string, known []OrganisationMatch) (found []OrganisationMatch) {
	taken := map[string]bool{}
	for _, m := range known {
		switch o := m.Organisation; o.Kind {
		case KindMunicipality:
			taken[fromMunicipalities+o.MunicipalityCode] = true
		case KindMRC:
			taken[fromMRCs+o.MRCCode] = true
		}
	}
	for _, p := range s.directory() {
		if !taken[p.match.Key] && holdsAll(p.folded, words) {
			found = append(found, p.match)
		}
	}
	return found
}

// listedPlace is a municipality or MRC with the words it is found by.
type listedPlace struct {
	match  OrganisationMatch
	folded string
}

// newDirectory lays out the places of an atlas to be searched.
func newDirectory(atlas *territory.Atlas) (all []listedPlace) {
	for _, m := range atlas.Municipalities(territory.Set{}) {
		all = append(all, listedPlace{OrganisationMatch{Key: fromMunicipalities + m.Code, Label: atlas.Label(m), Organisation: Organisation{
			Name: m.FullName(), Kind: KindMunicipality, MunicipalityCode: m.Code, MRCCode: m.MRCCode, RegionCode: m.RegionCode}},
			Fold(atlas.Label(m) + " " + m.FullName() + " " + m.Code)})
	}
	for _, m := range atlas.MRCs() {
		all = append(all, listedPlace{OrganisationMatch{Key: fromMRCs + m.Code, Label: m.FullName(), Organisation: Organisation{
			Name: m.FullName(), Kind: KindMRC, MRCCode: m.Code, RegionCode: m.RegionCode}},
			Fold(m.FullName() + " " + m.Name)})
	}
	return all
}
