package store

import (
	"context"

	"jachete/workflow"
)

func scanPicture(r row) (p workflow.Picture, err error) {
	return p, r.Scan(&p.PNG, &p.SHA256, &p.Width, &p.Height)
}

// PoleLogo implements workflow.Reader.
func (r reader) PoleLogo(ctx context.Context, slug string) (workflow.Picture, error) {
	return one(ctx, r.link, "logo.not-found", scanPicture, "SELECT png, sha256, width, height FROM pole_logo WHERE pole_slug = $1", slug)
}

// SetPoleLogo implements workflow.Tx.
func (t *tx) SetPoleLogo(ctx context.Context, slug string, l workflow.Picture) error {
	if err := t.DropPoleLogo(ctx, slug); err != nil {
		return err
	}
	err := t.add(ctx, "logo.exists", insert("pole_logo", "pole_slug, png, sha256, width, height"),
		slug, blob(l.PNG), l.SHA256, l.Width, l.Height)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE pole SET logo = $2 WHERE slug = $1", slug, l.SHA256)
	return err
}

// DropPoleLogo implements workflow.Tx. The row of the pôle is written first,
// so that two who change its logo take turns.
func (t *tx) DropPoleLogo(ctx context.Context, slug string) error {
	t.shown = true
	err := t.change(ctx, notFound("pole.not-found"), "UPDATE pole SET logo = '' WHERE slug = $1", slug)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "DELETE FROM pole_logo WHERE pole_slug = $1", slug)
	return err
}
