package workflow

import (
	"context"
	"regexp"
)

// maxSender is what mail readers show of a sender's name, with room to spare.
const maxSender = 60

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Poles lists every pôle by name.
func (s *Service) Poles(ctx context.Context) ([]Pole, error) { return s.Store.Poles(ctx) }

// Pole gives one pôle. NotFound when there is none.
func (s *Service) Pole(ctx context.Context, slug string) (Pole, error) {
	return s.Store.Pole(ctx, slug)
}

// AddPole adds a pôle. Invalid names the fields to correct; Conflict when the
// slug is taken.
func (s *Service) AddPole(ctx context.Context, a Actor, p Pole) error {
	if err := a.Permit(PermitManage, ""); err != nil {
		return err
	}
	p.NameConfirmed = true
	if err := s.cleanPole(&p); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		tx.Record(s.event("pole.added", a, p.Slug, "pole:"+p.Slug))
		return tx.AddPole(ctx, p)
	})
}

func (s *Service) cleanPole(p *Pole) error {
	var f fields
	var problem *FieldError
	if !slugShape.MatchString(p.Slug) || len(p.Slug) > 60 {
		f.add("slug", "slug.invalid")
	}
	p.Name, problem = CleanName(p.Name, MaxName)
	f.check("name", problem)
	if p.Short == "" {
		p.Short = p.Name
	}
	p.Short, problem = CleanName(p.Short, MaxName)
	f.check("short", problem)
	if err := s.Atlas.Check(p.Territory); err != nil || p.Territory.IsZero() {
		f.add("territory", "territory.invalid")
	}
	p.Contact.clean(&f)
	cleanDirector(&p.Director, &f)
	return f.err()
}

// clean tidies a contact block; each line of it is optional.
func (c *PoleContact) clean(f *fields) {
	var problem *FieldError
	c.PostalAddress, problem = CleanLine(c.PostalAddress, MaxName)
	f.check("address", problem)
	c.Phone, problem = CleanLine(c.Phone, MaxNumber)
	f.check("phone", problem)
	if c.Email != "" {
		c.Email, problem = CleanEmail(c.Email)
		f.check("email", problem)
	}
	c.SenderName, problem = CleanLine(c.SenderName, maxSender)
	f.check("sender", problem)
	if problem == nil && holdsAddress(c.SenderName) {
		f.add("sender", "text.address")
	}
	c.Privacy, problem = CleanLine(c.Privacy, MaxName)
	f.check("privacy", problem)
}
