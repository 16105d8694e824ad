package workflow

import (
	"context"
	"slices"
	"strings"
)

// StaffChange is what may change about a member of staff.
type StaffChange struct {
	Name  string
	Role  Role
	Poles []string
}

// ChangeStaff changes a person's name, role and pôles. It acts on the next
// request of every browser. Invalid names the fields "name", "role", "pole";
// Conflict (key "staff.last-admin") when nobody else would administer.
func (s *Service) ChangeStaff(ctx context.Context, a Actor, id string, c StaffChange) error {
	if err := a.Permit(PermitManage, ""); err != nil {
		return err
	}
	var f fields
	if err := s.cleanChange(ctx, &c, &f); err != nil {
		return err
	}
	return s.editStaff(ctx, a, id, func(tx Tx, staff *Staff) error {
		if err := f.err(); err != nil {
			return err
		}
		was := *staff
		staff.Name, staff.Role, staff.Poles = c.Name, c.Role, c.Poles
		changed := changedStaff(was, *staff)
		if len(changed) == 0 {
			return nil
		}
		e := s.event("staff.changed", a, "", staffRecord(id))
		e.Data["fields"] = strings.Join(changed, " ")
		if was.Role != staff.Role {
			e.Data["role"] = string(staff.Role)
		}
		tx.Record(e)
		return nil
	})
}

// changedStaff names what differs, for the journal, which keeps no value.
func changedStaff(was, is Staff) (names []string) {
	if was.Name != is.Name {
		names = append(names, "name")
	}
	if was.Role != is.Role {
		names = append(names, "role")
	}
	if !slices.Equal(was.Poles, is.Poles) {
		names = append(names, "poles")
	}
	return names
}

// CloseStaff closes an account. Every browser of the person is signed out at
// once, on every instance. Conflict (key "staff.last-admin") when nobody else
// would administer.
func (s *Service) CloseStaff(ctx context.Context, a Actor, id string) error {
	return s.editStaff(ctx, a, id, func(tx Tx, staff *Staff) error {
		staff.Disabled = true
		tx.Record(s.event("staff.disabled", a, "", staffRecord(id)))
		return s.signOutEverywhere(ctx, tx, id)
	})
}

// DisableStaff is CloseStaff by address, for the command line. NotFound when
// there is no such address.
func (s *Service) DisableStaff(ctx context.Context, a Actor, email string) error {
	if err := a.Permit(PermitManage, ""); err != nil {
		return err
	}
	address, problem := CleanEmail(email)
	if problem != nil {
		return refuse(NotFound, "staff.not-found")
	}
	staff, err := s.Store.StaffByEmail(ctx, address)
	if err != nil {
		return err
	}
	return s.CloseStaff(ctx, a, staff.ID)
}

// ReopenStaff opens a closed account again.
func (s *Service) ReopenStaff(ctx context.Context, a Actor, id string) error {
	return s.editStaff(ctx, a, id, func(tx Tx, staff *Staff) error {
		staff.Disabled = false
		tx.Record(s.event("staff.enabled", a, "", staffRecord(id)))
		return nil
	})
}

// ResetSecondFactor forgets a person's authenticator, for whoever lost it. All
// browsers of the person are signed out; the next one enrols another. Conflict
// (key "staff.self") for one's own, which is replaced with its code instead.
func (s *Service) ResetSecondFactor(ctx context.Context, a Actor, id string) error {
	if a.Kind == ActorStaff && a.Staff.ID == id {
		return refuse(Conflict, "staff.self")
	}
	return s.editStaff(ctx, a, id, func(tx Tx, staff *Staff) error {
		staff.TOTPSealed = nil
		tx.Record(s.event("second-factor.reset", a, "", staffRecord(id)))
		return s.signOutEverywhere(ctx, tx, id)
	})
}

func (s *Service) signOutEverywhere(ctx context.Context, tx Tx, id string) error {
	if err := tx.VoidCodes(ctx, staffRecord(id), s.now()); err != nil {
		return err
	}
	return tx.EndStaffSessions(ctx, id)
}

// editStaff changes a person in one transaction. Changes take turns, so that two administrators cannot close each
// other's accounts at once.
func (s *Service) editStaff(ctx context.Context, a Actor, id string, edit func(Tx, *Staff) error) error {
	if err := a.Permit(PermitManage, ""); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		if err := tx.HoldStaff(ctx); err != nil {
			return err
		}
		was, err := tx.Staff(ctx, id)
		if IsKind(err, NotFound) {
			return notFound()
		} else if err != nil {
			return err
		}
		staff := was
		if err := edit(tx, &staff); err != nil {
			return err
		}
		if err := keepAnAdmin(ctx, tx, was, staff); err != nil {
			return err
		}
		return tx.SetStaff(ctx, staff)
	})
}

// administers tells of an open account that may change accounts.
func (s Staff) administers() bool { return s.Role == RoleAdmin && !s.Disabled }

// keepAnAdmin refuses a change after which nobody administers.
func keepAnAdmin(ctx context.Context, tx Tx, was, is Staff) error {
	if !was.administers() || is.administers() {
		return nil
	}
	list, err := tx.StaffList(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(s Staff) bool { return s.ID != is.ID && s.administers() }) {
		return refuse(Conflict, "staff.last-admin")
	}
	return nil
}
