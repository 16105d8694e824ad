package store

import (
	"context"
	"encoding/json"

	"jachete/workflow"
)

const campaignColumns = "pole_slug, slug, name, place, ceremony_at, embargo_until, reminders, closed, created_by, created_at, announced"

var (
	insertCampaign = insert("campaign", campaignColumns)
	updateCampaign = `UPDATE campaign SET name = $3, place = $4, ceremony_at = $5, embargo_until = $6, reminders = $7,
		closed = $8, created_by = $9, created_at = $10, announced = $11 WHERE pole_slug = $1 AND slug = $2`
	selectCampaign = "SELECT " + campaignColumns + " FROM campaign WHERE "
)

func campaignArgs(c workflow.Campaign) []any {
	return []any{c.PoleSlug, c.Slug, c.Name, c.Place, ms(c.CeremonyAt), ms(c.EmbargoUntil), planText(c.Reminders), c.Closed,
		c.CreatedBy, ms(c.CreatedAt), c.Announced}
}

func scanCampaign(r row) (c workflow.Campaign, err error) {
	return c, r.Scan(&c.PoleSlug, &c.Slug, &c.Name, &c.Place, (*instant)(&c.CeremonyAt), (*instant)(&c.EmbargoUntil),
		(*plan)(&c.Reminders), &c.Closed, &c.CreatedBy, (*instant)(&c.CreatedAt), &c.Announced)
}

// planText writes a plan; one that nobody chose is empty.
func planText(p workflow.ReminderPlan) string {
	if p.IsZero() {
		return ""
	}
	return asJSON(p)
}

// plan scans what planText wrote.
type plan workflow.ReminderPlan

// Scan implements sql.Scanner.
func (p *plan) Scan(src any) error {
	text, isText := src.(string)
	if raw, isRaw := src.([]byte); isRaw {
		text, isText = string(raw), true
	}
	*p = plan{}
	if isText && text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), (*workflow.ReminderPlan)(p))
}

// Campaign implements workflow.Reader.
func (r reader) Campaign(ctx context.Context, pole, slug string) (workflow.Campaign, error) {
	return one(ctx, r.link, "campaign.not-found", scanCampaign, selectCampaign+"pole_slug = $1 AND slug = $2", pole, slug)
}

// Campaigns implements workflow.Reader.
func (r reader) Campaigns(ctx context.Context, f workflow.CampaignFilter) ([]workflow.Campaign, error) {
	w := new(where)
	if f.Poles != nil {
		w.in("pole_slug", f.Poles)
	}
	if !f.AnnouncedAfter.IsZero() {
		w.and("announced AND ceremony_at > " + w.arg(ms(f.AnnouncedAfter)))
	}
	return many(ctx, r.link, scanCampaign, selectCampaign+w.String()+" ORDER BY created_at DESC, pole_slug, slug", w.args...)
}

// AddCampaign implements workflow.Tx.
func (t *tx) AddCampaign(ctx context.Context, c workflow.Campaign) error {
	t.shown = true
	return t.add(ctx, "campaign.exists", insertCampaign, campaignArgs(c)...)
}

// SetCampaign implements workflow.Tx.
func (t *tx) SetCampaign(ctx context.Context, c workflow.Campaign) error {
	t.shown = true
	return t.change(ctx, notFound("campaign.not-found"), updateCampaign, campaignArgs(c)...)
}
