package store

import (
	"context"
	"time"

	"jachete/workflow"
)

// updateEmbargo marks what it moves by negating its edition, see
// commitmentNumber.
const updateEmbargo = `UPDATE commitment SET published_at = $1, edition = -ABS(edition)
	WHERE pole_slug = $2 AND campaign = $3 AND campaign <> '' AND published_at > $4 AND published_at <> $1`

var selectOfCampaign = "SELECT " + of("k", commitmentColumns) + ` FROM commitment k
	LEFT JOIN signature s ON s.id = k.signature_id
	WHERE k.pole_slug = $1 AND k.campaign = $2 AND k.campaign <> ''
	ORDER BY k.signed_on, COALESCE(s.signed_at, 0), k.id`

// CampaignCommitments implements workflow.Reader.
func (r reader) CampaignCommitments(ctx context.Context, pole, slug string) ([]workflow.Commitment, error) {
	return many(ctx, r.link, scanCommitment, selectOfCampaign, pole, slug)
}

// KeepCampaign implements workflow.Tx.
func (t *tx) KeepCampaign(ctx context.Context, pole, slug string) (workflow.Campaign, error) {
	return one(ctx, t.link, "campaign.not-found", scanCampaign,
		selectCampaign+"pole_slug = $1 AND slug = $2 "+t.dialect.keepRow, pole, slug)
}

// MoveEmbargo implements workflow.Tx.
func (t *tx) MoveEmbargo(ctx context.Context, pole, slug string, to, now time.Time) (int, error) {
	moved, err := t.exec(ctx, updateEmbargo, ms(to), pole, slug, ms(now))
	t.listed = t.listed || moved > 0
	return int(moved), err
}
