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
	return staff, s.Store.Update(ctx, func(tx Tx) error {
		if _, err := tx.StaffByEmail(ctx, staff.Email); err == nil {
			return refuse(Conflict, "staff.exists")
		} else if !IsKind(err, NotFound) {
			return err
		}
		e := s.event("staff.added", a, "", "staff:"+staff.ID)
		e.Data["role"] = string(staff.Role)
		e.Personal = map[string]string{"email": staff.Email, "name": staff.Name}
		tx.Record(e)
		return tx.AddStaff(ctx, staff)
	})
}

func (s *Service) cleanStaff(ctx context.Context, r StaffRequest) (Staff, error) {
	var f fields
	var problem *FieldError
	staff := Staff{ID: newID(), Role: r.Role, Poles: r.Poles, CreatedAt: s.now()}
	staff.Email, problem = CleanEmail(r.Email)
	f.check("email", problem)
	staff.Name, problem = CleanName(r.Name, MaxName)
	f.check("name", problem)
	if _, known := roles[r.Role]; !known {
		f.add("role", "role.unknown")
	}
	if r.Role != RoleAdmin && len(r.Poles) == 0 {
		f.add("pole", "pole.missing")
	}
	for _, slug := range r.Poles {
		if _, err := s.Store.Pole(ctx, slug); IsKind(err, NotFound) {
			f.add("pole", "pole.unknown")
		} else if err != nil {
			return Staff{}, err
		}
	}
	slices.Sort(staff.Poles)
	staff.Poles = slices.Compact(staff.Poles)
	return staff, f.err()
}

// StaffList lists the staff by name.
func (s *Service) StaffList(ctx context.Context, a Actor) ([]Staff, error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return nil, err
	}
	return s.Store.StaffList(ctx)
}

// DisableStaff closes an account. Every browser of the person is signed out at
// once, on every instance. NotFound when there is no such address.
func (s *Service) DisableStaff(ctx context.Context, a Actor, email string) error {
	if err := a.Permit(PermitManage, ""); err != nil {
		return err
	}
	address, problem := CleanEmail(email)
	if problem != nil {
		return refuse(NotFound, "staff.not-found")
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		staff, err := tx.StaffByEmail(ctx, address)
		if err != nil {
			return err
		}
		staff.Disabled = true
		tx.Record(s.event("staff.disabled", a, "", "staff:"+staff.ID))
		if err := tx.EndStaffSessions(ctx, staff.ID); err != nil {
			return err
		}
		return tx.SetStaff(ctx, staff)
	})
}
