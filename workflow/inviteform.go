package workflow

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"jachete/workflow/territory"
)

var neqShape = regexp.MustCompile(`^(11|22|33|88)\d{8}$`)

// cleanInvite tidies a request in place and gives the organisation it names.
func (s *Service) cleanInvite(r *InviteRequest) (Organisation, error) {
	var f fields
	var problem *FieldError
	org := s.cleanOrganisation(r.Organisation, r.Kind, r.Place, r.NEQ, &f)
	cleanContact(&r.Contact, &f)
	r.Source, problem = CleanLine(r.Source, 2*MaxName)
	f.check("source", problem)
	r.Message, problem = CleanText(r.Message, MaxMessage)
	f.check("message", problem)
	if holdsAddress(r.Message) {
		f.add("message", "text.address")
	}
	cleanTerms(r, &f)
	return org, f.err()
}

// cleanOrganisation tidies what a form says of an organisation.
func (s *Service) cleanOrganisation(name string, kind OrganisationKind, place territory.Place, neq string, f *fields) Organisation {
	org := Organisation{Kind: kind, NEQ: strings.ReplaceAll(neq, " ", "")}
	var problem *FieldError
	org.Name, problem = CleanName(name, MaxName)
	f.check("organisation", problem)
	s.cleanPlace(place, &org, f)
	if org.NEQ != "" && !neqShape.MatchString(org.NEQ) {
		f.add("neq", "neq.invalid")
	}
	return org
}

func (s *Service) cleanPlace(given territory.Place, org *Organisation, f *fields) {
	if !slices.Contains(OrganisationKinds, org.Kind) {
		f.add("kind", "kind.unknown")
	}
	if org.Kind == KindMunicipality && given == (territory.Place{}) {
		f.add("municipality", "place.missing")
		return
	}
	place := s.cleanWhere(given, f)
	org.MunicipalityCode, org.MRCCode, org.RegionCode = place.MunicipalityCode, place.MRCCode, place.RegionCode
}

// cleanWhere completes a place, of which at least the region must be known.
func (s *Service) cleanWhere(given territory.Place, f *fields) territory.Place {
	place, err := s.Atlas.Resolve(given)
	switch {
	case err != nil:
		f.add("municipality", "place.unknown")
	case place.RegionCode == "":
		f.add("region", "place.missing")
	}
	return place
}

func cleanContact(c *Contact, f *fields) {
	var problem *FieldError
	c.Name, problem = CleanName(c.Name, MaxName)
	f.check("name", problem)
	c.Function, problem = CleanName(c.Function, MaxFunction)
	f.check("function", problem)
	c.Email, problem = CleanEmail(c.Email)
	f.check("email", problem)
	if !slices.Contains(Civilities, c.Civility) {
		f.add("civility", "civility.unknown")
	}
}

func cleanTerms(r *InviteRequest, f *fields) {
	if r.Language == "" {
		r.Language = French
	}
	if r.Language != French && r.Language != English {
		f.add("lang", "language.unknown")
	}
	if r.Life == 0 {
		r.Life = InvitationLife
	}
	if r.Life < 0 || r.Life > maxInvitationLife {
		f.add("expires", "duration.invalid")
	}
	if r.Campaign != "" && !slugShape.MatchString(r.Campaign) {
		f.add("campaign", "slug.invalid")
	}
}

// linkURL is the address of a link under the public base.
func (s *Service) linkURL(parts ...string) string {
	u, err := url.JoinPath(s.BaseURL, parts...)
	if err != nil {
		return s.BaseURL // the base was checked at start
	}
	return u
}
