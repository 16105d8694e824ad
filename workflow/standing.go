package workflow

import (
	"context"
	"strings"

	"jachete/workflow/territory"
)

// standing is what already exists that bears on new invitations of a pôle,
// read in a few queries for many of them.
type standing struct {
	organisations map[string]Organisation // by likeness
	open          map[string]string       // id of the open invitation, by appointment of the organisation's id
	signed        map[string]bool         // electronically, by organisation id
	paper         map[string]bool         // on paper, by organisation id
	suppressed    map[string]bool         // by address
}

// place is where the organisation is.
func (o Organisation) place() territory.Place {
	return territory.Place{RegionCode: o.RegionCode, MRCCode: o.MRCCode, MunicipalityCode: o.MunicipalityCode}
}

// likeness is the same for the same body, as FindOrganisation tells it.
func (o Organisation) likeness() string {
	if o.Kind == KindMunicipality && o.MunicipalityCode != "" {
		return "municipality " + o.MunicipalityCode
	}
	return o.nameLikeness()
}

// nameLikeness is the likeness of a body known by its name.
func (o Organisation) nameLikeness() string {
	return strings.Join([]string{string(o.Kind), Fold(o.Name), o.MRCCode, o.RegionCode}, "\x00")
}

// standing reads what bears on the good ones among the questions.
func (s *Service) standing(ctx context.Context, r Reader, pole Pole, questions []asked) (standing, error) {
	var like []Organisation
	var emails []string
	for _, q := range questions {
		if q.verdict == RowGood {
			like, emails = append(like, q.organisation), append(emails, q.request.Contact.Email)
		}
	}
	k := standing{organisations: map[string]Organisation{}, open: map[string]string{}}
	found, err := r.OrganisationsLike(ctx, like)
	if err != nil {
		return k, err
	}
	ids := make([]string, len(found))
	for i, o := range found {
		k.know(o)
		ids[i] = o.ID
	}
	open, err := r.OpenInvitationsTo(ctx, pole.Slug, emails, s.now())
	if err != nil {
		return k, err
	}
	for _, inv := range open {
		k.open[inv.OrganisationID+"\x00"+inv.Contact.Email] = inv.ID
	}
	if k.signed, err = setOf(r.CommittedAmong(ctx, pole.Slug, ids, ModeElectronic, s.now())); err != nil {
		return k, err
	}
	if k.paper, err = setOf(r.CommittedAmong(ctx, pole.Slug, ids, ModePaper, s.now())); err != nil {
		return k, err
	}
	k.suppressed, err = setOf(r.SuppressedAmong(ctx, pole.Slug, emails))
	return k, err
}

func setOf(list []string, err error) (map[string]bool, error) {
	set := make(map[string]bool, len(list))
	for _, v := range list {
		set[v] = true
	}
	return set, err
}

// know keeps an organisation under each name it may be asked for; of several
// alike, the first stays.
func (k standing) know(o Organisation) {
	for _, likeness := range []string{o.likeness(), o.nameLikeness()} {
		if _, known := k.organisations[likeness]; !known {
			k.organisations[likeness] = o
		}
	}
}

// verdict says what stands against a line, besides what it says itself.
func (k standing) verdict(q asked) (RowVerdict, []FieldError) {
	if q.verdict != RowGood {
		return q.verdict, q.reasons
	}
	email := q.request.Contact.Email
	org, known := k.organisations[q.organisation.likeness()]
	switch {
	case known && k.signed[org.ID]:
		return RowSigned, nil
	case known && k.open[org.ID+"\x00"+email] != "":
		return RowInvited, nil
	case k.suppressed[email]:
		return RowUnsubscribed, nil
	case known && k.paper[org.ID]: // may adhere again, electronically: said, not refused
		return RowGood, []FieldError{{Field: "organisation", Key: "batch.on-paper"}}
	}
	return RowGood, nil
}
