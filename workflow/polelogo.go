package workflow

import "context"

// PoleLogo gives the picture of a pôle. NotFound when it has none.
func (s *Service) PoleLogo(ctx context.Context, slug string) (Picture, error) {
	return s.Store.PoleLogo(ctx, slug)
}

// SetPoleLogo takes a PNG or JPEG file as the picture of a pôle. Invalid on
// field "logo".
func (s *Service) SetPoleLogo(ctx context.Context, a Actor, slug string, file []byte) error {
	if err := a.Permit(PermitWrite, slug); err != nil {
		return err
	}
	var f fields
	clean, problem := cleanLogo(file)
	f.check("logo", problem)
	if err := f.err(); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("pole.logo-changed", a, slug, "pole:"+slug)
		e.Data["sha256"] = clean.SHA256
		tx.Record(e)
		return unknownPole(tx.SetPoleLogo(ctx, slug, clean))
	})
}

// DropPoleLogo removes the picture of a pôle.
func (s *Service) DropPoleLogo(ctx context.Context, a Actor, slug string) error {
	if err := a.Permit(PermitWrite, slug); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		tx.Record(s.event("pole.logo-dropped", a, slug, "pole:"+slug))
		return unknownPole(tx.DropPoleLogo(ctx, slug))
	})
}

// unknownPole answers about a pôle that does not exist as about another's.
func unknownPole(err error) error {
	if IsKind(err, NotFound) {
		return notFound()
	}
	return err
}
