package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"jachete/workflow/territory"
)

// OrganisationMatch is an organisation that a typed name may mean.
type OrganisationMatch struct {
	Key          string // names it to ChooseOrganisation
	Organisation Organisation
	Label        string // its name, with what tells it from its homonyms
	Signed       bool   // in the public register
	OnPaper      bool   // and there on paper only
	Invited      bool   // by a pôle of the actor
}

// Where a match comes from: the first letter of its key.
const (
	fromMunicipalities = "m" // then the municipality's code
	fromMRCs           = "c" // then the MRC's code
	fromRecords        = "o" // then the organisation's id
)

// Bounds of a search.
const (
	matchesShown = 12
	recordsRead  = 60 // of the register, and of the invitations
)

// FindOrganisations proposes what a typed name may mean: municipalities, MRC,
// signatories of the public register, and organisations that the actor's pôles
// have invited, never those of others. The best matches come first, at most 12;
// more tells that there are others. Accents, hyphens, small words and « St » for
// « Saint » are forgiven.
func (s *Service) FindOrganisations(ctx context.Context, a Actor, query string) (found []OrganisationMatch, more bool, err error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return nil, false, err
	}
	words := searchWords(clip(query))
	if len(words) == 0 {
		return nil, false, nil
	}
	found, err = s.knownOrganisations(ctx, a, words)
	if err != nil {
		return nil, false, err
	}
	found = append(found, s.placesLike(words, found)...)
	s.rank(ctx, a, found, strings.Join(words, " "))
	return found[:min(len(found), matchesShown)], len(found) > matchesShown, nil
}

// smallWords tell no organisation from another.
var smallWords = []string{"de", "du", "des", "d", "la", "le", "les", "l"}

// searchWords are the folded words of a query that count.
func searchWords(query string) []string {
	all := strings.Fields(Fold(query))
	words := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(smallWords, w) })
	if len(words) == 0 {
		words = all
	}
	for i, w := range words {
		switch w {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		}
	}
	return words
}

func holdsAll(folded string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(folded, w) })
}

// knownOrganisations looks in the register and in the actor's invitations.
func (s *Service) knownOrganisations(ctx context.Context, a Actor, words []string) (found []OrganisationMatch, err error) {
	at := map[string]int{}
	note := func(o Organisation, signed, invited bool) {
		i, known := at[o.ID]
		if !known {
			i, at[o.ID] = len(found), len(found)
			found = append(found, OrganisationMatch{Key: fromRecords + o.ID, Organisation: o, Label: o.Name})
		}
		found[i].Signed, found[i].Invited = found[i].Signed || signed, found[i].Invited || invited
	}
	query := strings.Join(words, " ")
	page, err := s.Store.Register(ctx, RegisterFilter{Query: query, Limit: recordsRead}, s.now())
	if err != nil {
		return nil, err
	}
	electronic := map[string]bool{}
	for _, c := range page.Commitments {
		electronic[c.OrganisationID] = electronic[c.OrganisationID] || c.Mode != ModePaper
		o := c.Organisation
		note(Organisation{ID: c.OrganisationID, Slug: c.Slug, Name: o.Name, Kind: o.Kind, MunicipalityCode: o.MunicipalityCode,
			MRCCode: o.MRCCode, RegionCode: o.RegionCode, NEQ: o.NEQ}, true, false)
	}
	for i := range found {
		found[i].OnPaper = !electronic[found[i].Organisation.ID]
	}
	views, _, err := s.Store.Invitations(ctx, InvitationFilter{Poles: a.Poles(), Query: query, Sort: SortName, Limit: recordsRead})
	for _, v := range views {
		if holdsAll(Fold(v.Organisation.Name), words) { // and not only the contact's
			note(v.Organisation, false, true)
		}
	}
	return found, err
}

// rank puts the best matches first: the very name, then what begins with it,
// then the actor's own territory, then the names in French order.
func (s *Service) rank(ctx context.Context, a Actor, found []OrganisationMatch, query string) {
	near := s.territoryOf(ctx, a)
	type weighed struct {
		OrganisationMatch
		nearness, distance int
		key                string
	}
	list := make([]weighed, len(found))
	for i, m := range found {
		w := weighed{OrganisationMatch: m, distance: 1, key: string(CollationKey(m.Label))}
		w.nearness = min(nearness(m.Label, query), nearness(m.Organisation.Name, query))
		if slices.ContainsFunc(near, func(set territory.Set) bool { return set.Covers(placeOf(m.Organisation)) }) {
			w.distance = 0
		}
		list[i] = w
	}
	slices.SortStableFunc(list, func(x, y weighed) int {
		return cmp.Or(cmp.Compare(x.nearness, y.nearness), cmp.Compare(x.distance, y.distance), strings.Compare(x.key, y.key))
	})
	for i := range list {
		found[i] = list[i].OrganisationMatch
	}
}

// nearness is 0 for the very name, small words and status aside, 1 for one that
// begins with the query, 2 for one with a word that does, 3 for any other.
func nearness(name, query string) int {
	name, query = bareName(name), bareName(query)
	switch {
	case name == query:
		return 0
	case strings.HasPrefix(name, query):
		return 1
	case strings.Contains(" "+name, " "+query):
		return 2
	}
	return 3
}

// statusWords start the full names of places.
var statusWords = []string{"mrc", "ville", "municipalite"}

// bareName is a folded name without the words that tell no place from another.
func bareName(name string) string {
	words := searchWords(name)
	if len(words) > 1 && slices.Contains(statusWords, words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

func placeOf(o Organisation) territory.Place {
	return territory.Place{RegionCode: o.RegionCode, MRCCode: o.MRCCode, MunicipalityCode: o.MunicipalityCode}
}

// territoryOf gives what the actor's pôles cover. It only orders a list: when
// it cannot be read, the list has another order.
func (s *Service) territoryOf(ctx context.Context, a Actor) (sets []territory.Set) {
	poles, err := s.Store.Poles(ctx)
	for _, p := range poles {
		if err == nil && a.Permit(PermitRead, p.Slug) == nil {
			sets = append(sets, p.Territory)
		}
	}
	return sets
}
