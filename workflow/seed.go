package workflow

import (
	"context"
	"fmt"

	"jachete/workflow/territory"
)

// DeclarationID names the movement's declaration; its versions share it.
const DeclarationID = "esja"

// Seed makes sure the known pôles and the published declarations are there, and
// that every entry on paper has a number. It changes nothing else that is, so it may run at every start. A declaration whose
// text differs from the stored one of the same version is refused: a version,
// once published, does not change.
func (s *Service) Seed(ctx context.Context, declarations []Declaration) error {
	hubs, err := territory.Hubs()
	if err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		for _, h := range hubs {
			if err := s.seedPole(ctx, tx, h); err != nil {
				return err
			}
		}
		for _, d := range declarations {
			if err := s.seedDeclaration(ctx, tx, d); err != nil {
				return err
			}
		}
		return s.numberPapers(ctx, tx)
	})
}

func (s *Service) seedPole(ctx context.Context, tx Tx, h territory.Hub) error {
	if _, err := tx.Pole(ctx, h.Slug); !IsKind(err, NotFound) {
		return err
	}
	tx.Record(s.event("pole.added", actorSystem, h.Slug, "pole:"+h.Slug))
	return tx.AddPole(ctx, Pole{Slug: h.Slug, Name: h.Name, Short: h.Short, Territory: h.Territory,
		InMovement: h.InMovement, NameConfirmed: h.NameConfirmed})
}

func (s *Service) seedDeclaration(ctx context.Context, tx Tx, d Declaration) error {
	d.SHA256FR, d.SHA256EN = TextSHA256(d.TextFR), TextSHA256(d.TextEN)
	stored, err := tx.Declaration(ctx, d.ID, d.Version)
	switch {
	case err == nil && (stored.SHA256FR != d.SHA256FR || stored.SHA256EN != d.SHA256EN):
		return fmt.Errorf("declaration %s %s differs from the version already published: give the new text a new version", d.ID, d.Version)
	case !IsKind(err, NotFound):
		return err
	}
	d.PublishedAt = s.now()
	e := s.event("declaration.published", actorSystem, "", "declaration:"+d.ID+":"+d.Version)
	e.Data["sha256_fr"], e.Data["sha256_en"] = d.SHA256FR, d.SHA256EN
	tx.Record(e)
	return tx.AddDeclaration(ctx, d)
}
