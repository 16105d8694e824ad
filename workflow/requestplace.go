package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"jachete/workflow/territory"
)

// PlaceMatch is a municipality or an MRC that a typed name may mean.
type PlaceMatch struct {
	Key   string // names it to AskInvitation
	Label string // its name, with what tells it from its homonyms
	Place territory.Place
}

// placesShown bounds what there is to choose from.
const placesShown = 8

// PlacesNamed gives the places that bear a typed name: one in most cases,
// several for homonyms. When none does, near is true and they are those whose
// names hold its words, the nearest first, at most 8. A name that an MRC shares
// with a municipality in it means the MRC for an MRC, and the municipality for
// anybody else.
func (s *Service) PlacesNamed(typed string, kind OrganisationKind) (found []PlaceMatch, near bool) {
	typed = clip(typed)
	if found = s.placesOfName(typed, kind); len(found) > 0 {
		return found, false
	}
	// « Magog (Memphrémagog) » is said of a place that needs no telling apart.
	name, _, _ := strings.Cut(strings.ReplaceAll(typed, "(", ","), ",")
	return s.placesNear(name)
}

func (s *Service) placesOfName(typed string, kind OrganisationKind) (found []PlaceMatch) {
	g := s.gazetteer()
	mrc := g.mrcNamed(typed)
	if kind == KindMRC && mrc != "" {
		return []PlaceMatch{s.placeOfMRC(mrc)}
	}
	for _, m := range g.named(typed) {
		found = append(found, PlaceMatch{fromMunicipalities + m.Code, s.Atlas.Label(m), m.Place()})
	}
	if mrc != "" && !slices.ContainsFunc(found, func(m PlaceMatch) bool { return m.Place.MRCCode == mrc }) {
		found = append(found, s.placeOfMRC(mrc))
	}
	return found
}

func (s *Service) placeOfMRC(code string) PlaceMatch {
	m, _ := s.Atlas.MRC(code)
	return PlaceMatch{fromMRCs + code, m.FullName(), territory.Place{RegionCode: m.RegionCode, MRCCode: code}}
}

// placesNear looks for the words of a name. Those that are the very name, but for
// small words and « St » for « Saint », are no guess.
func (s *Service) placesNear(name string) (found []PlaceMatch, near bool) {
	words := searchWords(name)
	if len(words) == 0 {
		return nil, true
	}
	list, query := s.placesLike(words, nil), strings.Join(words, " ")
	distance := func(m OrganisationMatch) int { return nearness(m.Label, query) }
	slices.SortStableFunc(list, func(x, y OrganisationMatch) int { return cmp.Compare(distance(x), distance(y)) })
	near = len(list) == 0 || distance(list[0]) > 0
	for _, m := range list[:min(len(list), placesShown)] {
		if near || distance(m) == 0 {
			found = append(found, PlaceMatch{m.Key, m.Label, m.Organisation.place()})
		}
	}
	return found, near
}

// placeIn gives the place a form means, or notes why that cannot be told.
func (s *Service) placeIn(form RequestForm, f *fields) territory.Place {
	typed, problem := CleanLine(form.Place, MaxName)
	if problem == nil && typed == "" {
		problem = &FieldError{Key: "text.empty"}
	}
	if problem != nil {
		f.check("place", problem)
		return territory.Place{}
	}
	found, near := s.PlacesNamed(typed, form.Kind)
	chosen := slices.IndexFunc(found, func(m PlaceMatch) bool { return m.Key == form.Choice })
	switch {
	case chosen >= 0:
		return found[chosen].Place
	case len(found) == 0:
		f.add("place", "ask.place-unknown")
	case near:
		f.add("place", "ask.place-near")
	case len(found) > 1:
		f.add("place", "ask.place-several")
	default:
		return found[0].Place
	}
	return territory.Place{}
}

// poleFor gives the pôle whose territory covers a place; of several, that with
// the smallest one, which is the nearest. Invalid on field "place" when none
// does, with the code of the region in Args.
func (s *Service) poleFor(ctx context.Context, place territory.Place) (Pole, error) {
	poles, err := s.Store.Poles(ctx)
	if err != nil {
		return Pole{}, err
	}
	poles = slices.DeleteFunc(poles, func(p Pole) bool { return !p.Territory.Covers(place) })
	if len(poles) == 0 {
		return Pole{}, &Error{Kind: Invalid, Key: "error.invalid", Args: map[string]string{"region": place.RegionCode},
			Fields: []FieldError{{Field: "place", Key: "ask.no-pole"}}}
	}
	return slices.MinFunc(poles, func(x, y Pole) int {
		return cmp.Compare(s.Atlas.Count(x.Territory), s.Atlas.Count(y.Territory))
	}), nil
}
