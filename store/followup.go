package store

import (
	"context"
	"time"

	"jachete/workflow"
)

const (
	followUpColumns = "commitment_id, year, recipient_name, recipient_email, asked_at, confirmed_at, contact_name, " +
		"contact_function, contact_email, amount, contracts, suppliers, practices"

	confirmFollowUp = `UPDATE follow_up SET confirmed_at = $3, contact_name = $4, contact_function = $5, contact_email = $6,
		amount = $7, contracts = $8, suppliers = $9, practices = $10 WHERE commitment_id = $1 AND year = $2 AND confirmed_at = 0`
)

var (
	insertFollowUp  = insert("follow_up", followUpColumns)
	selectFollowUps = "SELECT " + followUpColumns + " FROM follow_up WHERE commitment_id = $1 ORDER BY year"
	selectConfirmed = "SELECT " + of("f", followUpColumns) + ` FROM follow_up f JOIN commitment k ON k.id = f.commitment_id
		WHERE k.region_code = $1 AND k.published_at <= $2 AND k.` + standing + ` AND f.confirmed_at > 0`
	selectDueFollowUps = selectCommitment + "ask_at > 0 AND ask_at <= $1 AND published_at <= $1 AND " + standing + " ORDER BY ask_at, id LIMIT $2"
)

// unknownFigure is how a figure that was not given is stored.
const unknownFigure = -1

func figureArg(f workflow.Figure) int64 {
	if !f.Known {
		return unknownFigure
	}
	return f.N
}

// figure scans what figureArg stored.
func figure(n int64) workflow.Figure {
	if n == unknownFigure {
		return workflow.Figure{}
	}
	return workflow.Figure{Known: true, N: n}
}

func scanFollowUp(r row) (f workflow.FollowUp, err error) {
	var amount, contracts, suppliers int64
	err = r.Scan(&f.CommitmentID, &f.Year, &f.Recipient.Name, &f.Recipient.Email, (*instant)(&f.AskedAt), (*instant)(&f.ConfirmedAt),
		&f.Contact.Name, &f.Contact.Function, &f.Contact.Email, &amount, &contracts, &suppliers, fromJSON{&f.Practices})
	f.Amount, f.Contracts, f.Suppliers = figure(amount), figure(contracts), figure(suppliers)
	return f, err
}

// DueFollowUps implements workflow.Reader.
func (r reader) DueFollowUps(ctx context.Context, now time.Time, limit int) ([]workflow.Commitment, error) {
	return many(ctx, r.link, scanCommitment, selectDueFollowUps, ms(now), limit)
}

// FollowUps implements workflow.Reader.
func (r reader) FollowUps(ctx context.Context, commitmentID string) ([]workflow.FollowUp, error) {
	return many(ctx, r.link, scanFollowUp, selectFollowUps, commitmentID)
}

// ConfirmedFollowUps implements workflow.Reader.
func (r reader) ConfirmedFollowUps(ctx context.Context, region string, now time.Time) ([]workflow.FollowUp, error) {
	return many(ctx, r.link, scanFollowUp, selectConfirmed, region, ms(now))
}

// AskAgainAt implements workflow.Tx.
func (t *tx) AskAgainAt(ctx context.Context, c workflow.Commitment, at time.Time) error {
	return t.change(ctx, conflict("followup.moved"), "UPDATE commitment SET ask_at = $3 WHERE id = $1 AND ask_at = $2 AND "+standing,
		c.ID, ms(c.AskAt), ms(at))
}

// AddFollowUp implements workflow.Tx.
func (t *tx) AddFollowUp(ctx context.Context, f workflow.FollowUp) error {
	return t.add(ctx, "followup.exists", insertFollowUp, f.CommitmentID, f.Year, f.Recipient.Name, f.Recipient.Email, ms(f.AskedAt), ms(f.ConfirmedAt),
		f.Contact.Name, f.Contact.Function, f.Contact.Email, figureArg(f.Amount), figureArg(f.Contracts), figureArg(f.Suppliers), asJSON(f.Practices))
}

// ConfirmFollowUp implements workflow.Tx.
func (t *tx) ConfirmFollowUp(ctx context.Context, f workflow.FollowUp) error {
	t.shown = true
	return t.change(ctx, conflict("followup.done"), confirmFollowUp, f.CommitmentID, f.Year, ms(f.ConfirmedAt), f.Contact.Name, f.Contact.Function,
		f.Contact.Email, figureArg(f.Amount), figureArg(f.Contracts), figureArg(f.Suppliers), asJSON(f.Practices))
}

// RenewCommitment implements workflow.Tx. The line gets a new edition, as with
// EndCommitment.
func (t *tx) RenewCommitment(ctx context.Context, id, on string) error {
	t.listed = true
	return t.change(ctx, conflict("commitment.ended"), `UPDATE commitment SET status = 'renewed', status_on = $2, confirmed_on = $2,
		edition = -ABS(edition) WHERE id = $1 AND `+standing, id, on)
}
