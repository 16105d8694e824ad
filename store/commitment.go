package store

import (
	"context"

	"jachete/workflow"
)

const (
	commitmentColumns = "id, slug, organisation_id, signature_id, number, pole_slug, declaration_id, " +
		"declaration_version, mode, status, signed_on, published_at, public_name, public_function, " +
		"resolution_number, resolution_date, campaign, replaces, status_on, announced, countersigned, " +
		"second_name, second_function, confirmed_on, ask_at, public_quote, public_logo, " + snapshotColumns

	// commitmentNumber gives the lines that this transaction added (edition 0) or
	// moved (its edition negated) the next edition of the register: one more than
	// any there was, also when it was that of a line that moved. The caller holds
	// the lock of the journal, so editions grow in the order of commits.
	commitmentNumber = `UPDATE commitment SET edition = 1 + CASE
			WHEN (SELECT MAX(edition) FROM commitment) > -(SELECT MIN(edition) FROM commitment)
			THEN (SELECT MAX(edition) FROM commitment) ELSE -(SELECT MIN(edition) FROM commitment) END
		WHERE edition <= 0`
)

var (
	listedColumns    = commitmentColumns + ", folded, sort_key, edition"
	insertCommitment = insert("commitment", listedColumns)
	selectCommitment = "SELECT " + commitmentColumns + " FROM commitment WHERE "
)

func scanCommitment(r row) (c workflow.Commitment, err error) {
	into := []any{&c.ID, &c.Slug, &c.OrganisationID, &c.SignatureID, &c.Number, &c.PoleSlug, &c.DeclarationID,
		&c.Version, &c.Mode, &c.Status, &c.SignedOn, (*instant)(&c.PublishedAt), &c.PublicName, &c.PublicFunction,
		&c.ResolutionNumber, &c.ResolutionDate, &c.Campaign, &c.Replaces, &c.StatusOn, &c.Announced,
		&c.Countersigned, &c.PublicSecond.Name, &c.PublicSecond.Function, &c.ConfirmedOn, (*instant)(&c.AskAt), &c.PublicQuote, &c.PublicLogo}
	return c, r.Scan(append(into, snapshotInto(&c.Organisation)...)...)
}

// CommitmentByNumber implements workflow.Reader.
func (r reader) CommitmentByNumber(ctx context.Context, number string) (workflow.Commitment, error) {
	return one(ctx, r.link, "commitment.not-found", scanCommitment, selectCommitment+"number = $1 AND number <> ''", number)
}

// AddCommitment implements workflow.Tx; a signature or number that is in the
// register already is a Conflict.
func (t *tx) AddCommitment(ctx context.Context, c workflow.Commitment) error {
	t.listed = true
	return t.add(ctx, "commitment.exists", insertCommitment, commitmentArgs(c)...)
}

func commitmentArgs(c workflow.Commitment) []any {
	args := []any{c.ID, c.Slug, c.OrganisationID, c.SignatureID, c.Number, c.PoleSlug, c.DeclarationID,
		c.Version, c.Mode, c.Status, c.SignedOn, ms(c.PublishedAt), c.PublicName, c.PublicFunction,
		c.ResolutionNumber, c.ResolutionDate, c.Campaign, c.Replaces, c.StatusOn, c.Announced,
		c.Countersigned, c.PublicSecond.Name, c.PublicSecond.Function, c.ConfirmedOn, ms(c.AskAt), c.PublicQuote, c.PublicLogo}
	args = append(args, snapshotArgs(c.Organisation)...)
	return append(args, workflow.Fold(c.Organisation.Name), workflow.CollationKey(c.Organisation.Name), 0)
}
