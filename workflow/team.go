package workflow

import (
	"context"
	"slices"
)

// StaffRequest asks for a new member of staff.
type StaffRequest struct {
	Email string
	Name  string
	Role  Role
	Poles []string
}

// AddStaff adds a member of staff. Invalid names the fields to correct;
// Conflict (key "staff.exists") when the address is taken.
func (s *Service) AddStaff(ctx context.Context, a Actor, r StaffRequest) (Staff, error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return Staff{}, err
	}
	staff, err := s.cleanStaff(ctx, r)
	if err != nil {
		return Staff{}, err
	}
	return staff, s.Store.Update(ctx, func(tx Tx) error { return s.addStaff(ctx, tx, a, staff) })
}

// InviteStaff is AddStaff with a mail that says so to the person. The mail holds
// the address of the sign-in page, and nothing that opens it.
func (s *Service) InviteStaff(ctx context.Context, a Actor, r StaffRequest) (Staff, error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return Staff{}, err
	}
	staff, err := s.cleanStaff(ctx, r)
	if err != nil {
		return Staff{}, err
	}
	err = s.Store.Update(ctx, func(tx Tx) error {
		if err := s.addStaff(ctx, tx, a, staff); err != nil {
			return err
		}
		return tx.AddDelivery(ctx, s.welcomeMail(staff))
	})
	if err == nil {
		s.signalMail()
	}
	return staff, err
}

func (s *Service) addStaff(ctx context.Context, tx Tx, a Actor, staff Staff) error {
	if _, err := tx.StaffByEmail(ctx, staff.Email); err == nil {
		return refuse(Conflict, "staff.exists")
	} else if !IsKind(err, NotFound) {
		return err
	}
	e := s.event("staff.added", a, "", staffRecord(staff.ID))
	e.Data["role"] = string(staff.Role)
	e.Personal = map[string]string{"email": staff.Email, "name": staff.Name}
	tx.Record(e)
	return tx.AddStaff(ctx, staff)
}

// staffRecord names a person in the journal.
func staffRecord(id string) string { return "staff:" + id }

func (s *Service) cleanStaff(ctx context.Context, r StaffRequest) (Staff, error) {
	var f fields
	email, problem := CleanEmail(r.Email)
	f.check("email", problem)
	c := StaffChange{Name: r.Name, Role: r.Role, Poles: r.Poles}
	if err := s.cleanChange(ctx, &c, &f); err != nil {
		return Staff{}, err
	}
	return Staff{ID: newID(), Email: email, Name: c.Name, Role: c.Role, Poles: c.Poles, CreatedAt: s.now()}, f.err()
}

// cleanChange tidies what may change about a person. The error is the store's.
func (s *Service) cleanChange(ctx context.Context, c *StaffChange, f *fields) error {
	var problem *FieldError
	c.Name, problem = CleanName(c.Name, MaxName)
	f.check("name", problem)
	_, known := roles[c.Role]
	if !known {
		f.add("role", "role.unknown")
	}
	if known && c.Role != RoleAdmin && len(c.Poles) == 0 {
		f.add("pole", "pole.missing")
	}
	for _, slug := range c.Poles {
		if _, err := s.Store.Pole(ctx, slug); IsKind(err, NotFound) {
			f.add("pole", "pole.unknown")
		} else if err != nil {
			return err
		}
	}
	c.Poles = slices.Compact(slices.Sorted(slices.Values(c.Poles)))
	return nil
}

// StaffList lists the staff by name.
func (s *Service) StaffList(ctx context.Context, a Actor) ([]Staff, error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return nil, err
	}
	return s.Store.StaffList(ctx)
}
