package store

import (
	"context"

	"jachete/workflow"
)

const organisationColumns = "id, slug, name, kind, municipality_code, mrc_code, region_code, neq"

var insertOrganisation = insert("organisation", organisationColumns+", folded")

func organisationInto(o *workflow.Organisation) []any {
	return []any{&o.ID, &o.Slug, &o.Name, &o.Kind, &o.MunicipalityCode, &o.MRCCode, &o.RegionCode, &o.NEQ}
}

func scanOrganisation(r row) (o workflow.Organisation, err error) {
	return o, r.Scan(organisationInto(&o)...)
}

// Organisation implements workflow.Reader.
func (r reader) Organisation(ctx context.Context, id string) (workflow.Organisation, error) {
	return one(ctx, r.link, "organisation.not-found", scanOrganisation,
		"SELECT "+organisationColumns+" FROM organisation WHERE id = $1", id)
}

// FindOrganisation implements workflow.Reader. The code of a municipality
// names one municipality; many other bodies have their seat there, so these
// must bear the same name too.
func (r reader) FindOrganisation(ctx context.Context, like workflow.Organisation) (workflow.Organisation, error) {
	if like.Kind == workflow.KindMunicipality && like.MunicipalityCode != "" {
		return one(ctx, r.link, "organisation.not-found", scanOrganisation,
			"SELECT "+organisationColumns+` FROM organisation WHERE kind = $1 AND municipality_code = $2
			ORDER BY id LIMIT 1`, like.Kind, like.MunicipalityCode)
	}
	return one(ctx, r.link, "organisation.not-found", scanOrganisation,
		"SELECT "+organisationColumns+` FROM organisation
		WHERE kind = $1 AND folded = $2 AND mrc_code = $3 AND region_code = $4 ORDER BY id LIMIT 1`,
		like.Kind, workflow.Fold(like.Name), like.MRCCode, like.RegionCode)
}

// SlugTaken implements workflow.Reader.
func (r reader) SlugTaken(ctx context.Context, slug string) (bool, error) {
	n, err := r.number(ctx, "SELECT COUNT(*) FROM organisation WHERE slug = $1", slug)
	return n > 0, err
}

// AddOrganisation implements workflow.Tx; a slug or id that is taken is a
// Conflict.
func (t *tx) AddOrganisation(ctx context.Context, o workflow.Organisation) error {
	return t.add(ctx, "organisation.exists", insertOrganisation, organisationArgs(o)...)
}

// AddOrganisations implements workflow.Tx.
func (t *tx) AddOrganisations(ctx context.Context, list []workflow.Organisation) error {
	return t.addMany(ctx, "organisation.exists", "organisation", organisationColumns+", folded", argsOf(list, organisationArgs))
}

func organisationArgs(o workflow.Organisation) []any {
	return []any{o.ID, o.Slug, o.Name, o.Kind, o.MunicipalityCode, o.MRCCode, o.RegionCode, o.NEQ, workflow.Fold(o.Name)}
}
