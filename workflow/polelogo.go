package workflow

import (
	"context"
	"errors"

	"jachete/workflow/logo"
)

// PoleLogo is the picture of a pôle, made anew from what was sent.
type PoleLogo struct {
	PNG           []byte
	SHA256        string // hex, of PNG
	Width, Height int    // pixels
}

// PoleLogo gives the picture of a pôle. NotFound when it has none.
func (s *Service) PoleLogo(ctx context.Context, slug string) (PoleLogo, error) {
	return s.Store.PoleLogo(ctx, slug)
}

// SetPoleLogo takes a PNG or JPEG file as the picture of a pôle. Invalid on
// field "logo".
func (s *Service) SetPoleLogo(ctx context.Context, a Actor, slug string, file []byte) error {
	if err := a.Permit(PermitWrite, slug); err != nil {
		return err
	}
	clean, w, h, err := logo.Clean(file)
	if err != nil {
		var f fields
		f.check("logo", &FieldError{Key: logoFault(err)})
		return f.err()
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("pole.logo-changed", a, slug, "pole:"+slug)
		e.Data["sha256"] = fileSHA256(clean)
		tx.Record(e)
		return unknownPole(tx.SetPoleLogo(ctx, slug, PoleLogo{PNG: clean, SHA256: fileSHA256(clean), Width: w, Height: h}))
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

// logoFault gives the sentence about a picture that was refused.
func logoFault(err error) string {
	switch {
	case errors.Is(err, logo.ErrType):
		return "logo.type"
	case errors.Is(err, logo.ErrSmall):
		return "logo.small"
	case errors.Is(err, logo.ErrBig):
		return "logo.big"
	case errors.Is(err, logo.ErrHeavy):
		return "logo.heavy"
	}
	return "logo.broken"
}
