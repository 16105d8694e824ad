package workflow

import (
	"context"

	"jachete/workflow/journal"
)

// SetCountersignature has the pôle's director sign an open invitation too, or no
// longer. What was signed before is to be signed again: it did not say so.
// Conflict (key "countersign.nobody") when the pôle has named no director, or
// "invitation.cannot-countersign" when the state does not allow it.
func (s *Service) SetCountersignature(ctx context.Context, a Actor, id string, wanted bool) error {
	err := s.editByStaff(ctx, a, id, ActionCountersign, func(tx Tx, inv *Invitation, e *journal.Event) error {
		pole, err := tx.Pole(ctx, inv.PoleSlug)
		if err != nil {
			return err
		}
		who := Cosignatory{}
		if wanted {
			who = pole.Director
			if who.IsZero() {
				return refuse(Conflict, "countersign.nobody")
			}
			e.Personal = map[string]string{"name": who.Name, "email": who.Email}
		}
		if inv.Details.Countersigner == who {
			return nil
		}
		inv.Details.Countersigner = who
		return s.startAgain(ctx, tx, *inv)
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

// cleanDirector checks who countersigns for a pôle: all of a person, or nobody.
func cleanDirector(c *Cosignatory, f *fields) {
	if c.Name == "" && c.Function == "" && c.Email == "" {
		*c = Cosignatory{}
		return
	}
	cleanCosignatory(c, f, "director-name", "director-function", "director-email")
}

// cleanCosignatory checks a person whose fields have these names on the page.
func cleanCosignatory(c *Cosignatory, f *fields, name, function, email string) {
	var problem *FieldError
	c.Name, problem = CleanName(c.Name, MaxName)
	f.check(name, problem)
	c.Function, problem = CleanName(c.Function, MaxFunction)
	f.check(function, problem)
	c.Email, problem = CleanEmail(c.Email)
	f.check(email, problem)
}
