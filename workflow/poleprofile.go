package workflow

import (
	"context"
	"strings"
)

// PoleForm is the profile of a pôle. An empty Name or Short leaves the one
// there is, and so does no Director.
type PoleForm struct {
	Name     string
	Short    string
	Contact  PoleContact
	Director *Cosignatory
}

// SavePole changes the profile of a pôle: its own staff all but the names,
// which administrators give. Invalid names the fields to correct; Forbidden
// when somebody else gives another name.
func (s *Service) SavePole(ctx context.Context, a Actor, slug string, form PoleForm) error {
	if err := a.Permit(PermitWrite, slug); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		was, err := tx.Pole(ctx, slug)
		if err != nil {
			return unknownPole(err)
		}
		p := was
		p.Contact = form.Contact
		if form.Director != nil {
			p.Director = *form.Director
		}
		if err := p.rename(a, form); err != nil {
			return err
		}
		if err := s.cleanPole(&p); err != nil {
			return err
		}
		changed := changedFields(was, p)
		if len(changed) == 0 {
			return nil
		}
		e := s.event("pole.changed", a, slug, "pole:"+slug)
		e.Data["fields"] = strings.Join(changed, " ")
		tx.Record(e)
		return tx.SetPole(ctx, p)
	})
}

// SetPoleContact changes how a pôle is identified in its mails.
func (s *Service) SetPoleContact(ctx context.Context, a Actor, slug string, c PoleContact) error {
	return s.SavePole(ctx, a, slug, PoleForm{Contact: c})
}

// rename gives a pôle its names.
func (p *Pole) rename(a Actor, form PoleForm) error {
	before := *p
	if form.Name != "" {
		p.Name = form.Name
	}
	if form.Short != "" {
		p.Short = form.Short
	}
	if p.Name == before.Name && p.Short == before.Short {
		return nil
	}
	p.NameConfirmed = true
	return a.Permit(PermitManage, p.Slug)
}

// changedFields names what differs, for the journal, which keeps no value.
func changedFields(was, p Pole) (names []string) {
	for _, f := range []struct{ name, was, is string }{
		{"name", was.Name, p.Name}, {"short", was.Short, p.Short},
		{"address", was.Contact.PostalAddress, p.Contact.PostalAddress}, {"phone", was.Contact.Phone, p.Contact.Phone},
		{"email", was.Contact.Email, p.Contact.Email}, {"sender", was.Contact.SenderName, p.Contact.SenderName},
		{"privacy", was.Contact.Privacy, p.Contact.Privacy}, {"director", was.Director.Name, p.Director.Name},
		{"director-function", was.Director.Function, p.Director.Function}, {"director-email", was.Director.Email, p.Director.Email},
	} {
		if f.was != f.is {
			names = append(names, f.name)
		}
	}
	return names
}
