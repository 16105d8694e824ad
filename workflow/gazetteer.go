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
	for _, p := range s.gazetteer() {
		if !taken[p.match.Key] && holdsAll(p.folded, words) {
			found = append(found, p.match)
		}
	}
	return found
}

// gazetted is a municipality or MRC with the words it is found by.
type gazetted struct {
	match  OrganisationMatch
	folded string
}

// newGazetteer lays out the places of an atlas to be searched.
func newGazetteer(atlas *territory.Atlas) (all []gazetted) {
	for _, m := range atlas.Municipalities(territory.Set{}) {
		all = append(all, gazetted{OrganisationMatch{Key: fromMunicipalities + m.Code, Label: atlas.Label(m), Organisation: Organisation{
			Name: m.FullName(), Kind: KindMunicipality, MunicipalityCode: m.Code, MRCCode: m.MRCCode, RegionCode: m.RegionCode}},
			Fold(atlas.Label(m) + " " + m.FullName() + " " + m.Code)})
	}
	for _, m := range atlas.MRCs() {
		all = append(all, gazetted{OrganisationMatch{Key: fromMRCs + m.Code, Label: m.FullName(), Organisation: Organisation{
			Name: m.FullName(), Kind: KindMRC, MRCCode: m.Code, RegionCode: m.RegionCode}},
			Fold(m.FullName() + " " + m.Name)})
	}
	return all
}
