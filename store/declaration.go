package store

import (
	"context"
	"time"

	"jachete/workflow"
)

const declarationColumns = "id, version, title_fr, title_en, text_fr, text_en, sha256_fr, sha256_en, published_at, pole_slug"

var insertDeclaration = insert("declaration", declarationColumns)

func scanDeclaration(r row) (d workflow.Declaration, err error) {
	return d, r.Scan(&d.ID, &d.Version, &d.TitleFR, &d.TitleEN, &d.TextFR, &d.TextEN,
		&d.SHA256FR, &d.SHA256EN, (*instant)(&d.PublishedAt), &d.PoleSlug)
}

// Declaration implements workflow.Reader.
func (r reader) Declaration(ctx context.Context, id, version string) (workflow.Declaration, error) {
	return one(ctx, r.link, "declaration.not-found", scanDeclaration,
		"SELECT "+declarationColumns+" FROM declaration WHERE id = $1 AND version = $2", id, version)
}

// CurrentDeclaration implements workflow.Reader.
func (r reader) CurrentDeclaration(ctx context.Context, id, pole string, now time.Time) (workflow.Declaration, error) {
	return one(ctx, r.link, "declaration.not-found", scanDeclaration,
		"SELECT "+declarationColumns+` FROM declaration WHERE id = $1 AND published_at BETWEEN 1 AND $2 AND pole_slug IN ('', $3)
		ORDER BY CASE WHEN pole_slug = '' THEN 1 ELSE 0 END, published_at DESC, version DESC LIMIT 1`, id, ms(now), pole)
}

// AddDeclaration implements workflow.Tx.
func (t *tx) AddDeclaration(ctx context.Context, d workflow.Declaration) error {
	t.shown = true
	return t.add(ctx, "declaration.exists", insertDeclaration, d.ID, d.Version, d.TitleFR, d.TitleEN, d.TextFR, d.TextEN,
		d.SHA256FR, d.SHA256EN, ms(d.PublishedAt), d.PoleSlug)
}
