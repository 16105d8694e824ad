package store

import (
	"context"

	"jachete/workflow"
)

const (
	commitmentColumns = "id, slug, organisation_id, signature_id, number, pole_slug, declaration_id, " +
		"declaration_version, mode, status, signed_on, published_at, public_name, public_function, " +
		"resolution_number, resolution_date, campaign, replaces, status_on, " + snapshotColumns

	// commitmentNumber gives the lines of this transaction the next edition of
	// the register. The caller holds the lock of the journal, so editions grow in
	// the order of commits. A line that changed waits with its edition negated,
	// which counts too: else the number of the last line would be given again.
	commitmentNumber = `UPDATE commitment SET edition = (SELECT MAX(reached) + 1 FROM
		(SELECT MAX(edition) AS reached FROM commitment UNION ALL SELECT -MIN(edition) FROM commitment) AS ends) WHERE edition <= 0`
)

var (
	insertCommitment = insert("commitment", commitmentColumns+", folded, sort_key, edition")
	selectCommitment = "SELECT " + commitmentColumns + " FROM commitment WHERE "
)

func scanCommitment(r row) (c workflow.Commitment, err error) {
	into := []any{&c.ID, &c.Slug, &c.OrganisationID, &c.SignatureID, &c.Number, &c.PoleSlug, &c.DeclarationID,
		&c.Version, &c.Mode, &c.Status, &c.SignedOn, (*instant)(&c.PublishedAt), &c.PublicName, &c.PublicFunction,
		&c.ResolutionNumber, &c.ResolutionDate, &c.Campaign, &c.Replaces, &c.StatusOn}
	return c, r.Scan(append(into, snapshotInto(&c.Organisation)...)...)
}

// CommitmentByNumber implements workflow.Reader.
func (r reader) CommitmentByNumber(ctx context.Context, number string) (workflow.Commitment, error) {
	return one(ctx, r.link, "commitment.not-found", scanCommitment, selectCommitment+"number = $1 AND number <> ''", number)
}

// AddCommitment implements workflow.Tx; a signature or number that is in the
// register already is a Conflict.
func (t *tx) AddCommitment(ctx context.Context, c workflow.Commitment) error {
	args := []any{c.ID, c.Slug, c.OrganisationID, c.SignatureID, c.Number, c.PoleSlug, c.DeclarationID,
		c.Version, c.Mode, c.Status, c.SignedOn, ms(c.PublishedAt), c.PublicName, c.PublicFunction,
		c.ResolutionNumber, c.ResolutionDate, c.Campaign, c.Replaces, c.StatusOn}
	args = append(args, snapshotArgs(c.Organisation)...)
	args = append(args, workflow.Fold(c.Organisation.Name), workflow.CollationKey(c.Organisation.Name), 0)
	t.listed = true
	return t.add(ctx, "commitment.exists", insertCommitment, args...)
}
