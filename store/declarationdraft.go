package store

import (
	"context"

	"jachete/workflow"
)

const draftColumns = "id, declaration_id, pole_slug, number, title_fr, title_en, body_fr, body_en, publish_at, revision, " +
	"created_by, created_at, changed_at"

var (
	insertDraft = insert("declaration_draft", draftColumns)
	selectDraft = "SELECT " + draftColumns + " FROM declaration_draft WHERE "

	// updateDraft writes over the revision that was read, and over no other.
	updateDraft = `UPDATE declaration_draft SET number = $3, title_fr = $4, title_en = $5, body_fr = $6, body_en = $7,
		publish_at = $8, revision = $2 + 1, changed_at = $9 WHERE id = $1 AND revision = $2`
)

func scanDraft(r row) (d workflow.DeclarationDraft, err error) {
	return d, r.Scan(&d.ID, &d.DeclarationID, &d.PoleSlug, &d.Number, &d.TitleFR, &d.TitleEN, &d.BodyFR, &d.BodyEN,
		(*instant)(&d.PublishAt), &d.Revision, &d.CreatedBy, (*instant)(&d.CreatedAt), (*instant)(&d.ChangedAt))
}

// Declarations implements workflow.Reader.
func (r reader) Declarations(ctx context.Context, id string) ([]workflow.Declaration, error) {
	return many(ctx, r.link, scanDeclaration, "SELECT "+declarationColumns+
		" FROM declaration WHERE id = $1 ORDER BY published_at DESC, version DESC", id)
}

// DeclarationDraft implements workflow.Reader.
func (r reader) DeclarationDraft(ctx context.Context, draftID string) (workflow.DeclarationDraft, error) {
	return one(ctx, r.link, "draft.not-found", scanDraft, selectDraft+"id = $1", draftID)
}

// DeclarationDrafts implements workflow.Reader.
func (r reader) DeclarationDrafts(ctx context.Context, id string) ([]workflow.DeclarationDraft, error) {
	return many(ctx, r.link, scanDraft, selectDraft+"declaration_id = $1 ORDER BY changed_at DESC, id", id)
}

// AddDeclarationDraft implements workflow.Tx.
func (t *tx) AddDeclarationDraft(ctx context.Context, d workflow.DeclarationDraft) error {
	return t.add(ctx, "draft.exists", insertDraft, d.ID, d.DeclarationID, d.PoleSlug, d.Number, d.TitleFR, d.TitleEN,
		d.BodyFR, d.BodyEN, ms(d.PublishAt), d.Revision, d.CreatedBy, ms(d.CreatedAt), ms(d.ChangedAt))
}

// SetDeclarationDraft implements workflow.Tx.
func (t *tx) SetDeclarationDraft(ctx context.Context, d workflow.DeclarationDraft) error {
	return t.change(ctx, conflict(workflow.KeyDraftMoved), updateDraft, d.ID, d.Revision, d.Number, d.TitleFR, d.TitleEN,
		d.BodyFR, d.BodyEN, ms(d.PublishAt), ms(d.ChangedAt))
}

// DropDeclarationDraft implements workflow.Tx.
func (t *tx) DropDeclarationDraft(ctx context.Context, d workflow.DeclarationDraft) error {
	return t.change(ctx, conflict(workflow.KeyDraftMoved),
		"DELETE FROM declaration_draft WHERE id = $1 AND revision = $2", d.ID, d.Revision)
}
