package store

import (
	"context"

	"jachete/workflow"
)

// standing narrows to commitments that hold.
const standing = "status IN ('active', 'renewed')"

// selectCommittedInvitations gives the invitations of organisations that hold
// a commitment in the pôle.
var selectCommittedInvitations = "SELECT " + of("i", invitationColumns) + ` FROM invitation i
	WHERE i.pole_slug = $1 AND i.organisation_id IN (SELECT organisation_id FROM commitment WHERE pole_slug = $1 AND ` + standing + `)
	ORDER BY i.created_at, i.id`

// Commitment implements workflow.Reader.
func (r reader) Commitment(ctx context.Context, id string) (workflow.Commitment, error) {
	return one(ctx, r.link, "commitment.not-found", scanCommitment, selectCommitment+"id = $1", id)
}

// StandingCommitments implements workflow.Reader.
func (r reader) StandingCommitments(ctx context.Context, pole, organisationID string) ([]workflow.Commitment, error) {
	w := new(where)
	w.and("pole_slug = " + w.arg(pole))
	w.and(standing)
	w.equal("organisation_id", organisationID)
	return many(ctx, r.link, scanCommitment, selectCommitment+w.String()+" ORDER BY sort_key, published_at, id", w.args...)
}

// Replacement implements workflow.Reader. Of several it gives the first.
func (r reader) Replacement(ctx context.Context, commitmentID string) (workflow.Commitment, error) {
	return one(ctx, r.link, "commitment.not-found", scanCommitment,
		selectCommitment+"replaces = $1 AND replaces <> '' ORDER BY published_at, id LIMIT 1", commitmentID)
}

// InvitationsOfCommitted implements workflow.Reader.
func (r reader) InvitationsOfCommitted(ctx context.Context, pole string) ([]workflow.Invitation, error) {
	return many(ctx, r.link, func(r row) (i workflow.Invitation, err error) {
		return i, r.Scan(invitationInto(&i)...)
	}, selectCommittedInvitations, pole)
}

// HoldOrganisation implements workflow.Tx. Writing a value over itself takes
// the lock of the row in both databases.
func (t *tx) HoldOrganisation(ctx context.Context, id string) error {
	return t.change(ctx, notFound("organisation.not-found"), "UPDATE organisation SET neq = neq WHERE id = $1", id)
}

// EndCommitment implements workflow.Tx. The line gets a new edition, by which
// every instance learns of it: see commitmentNumber.
func (t *tx) EndCommitment(ctx context.Context, id string, status workflow.CommitmentStatus, on string) error {
	t.listed = true
	return t.change(ctx, conflict("commitment.ended"), `UPDATE commitment SET status = $2, status_on = $3, edition = -ABS(edition)
		WHERE id = $1 AND `+standing, id, status, on)
}
