package workflow

import "slices"

// ActorKind says in what capacity somebody acts.
type ActorKind string

// The capacities.
const (
	ActorOperator  ActorKind = "operator" // at the command line of the server
	ActorStaff     ActorKind = "staff"
	ActorSignatory ActorKind = "signatory"
	ActorSystem    ActorKind = "system" // worker, schedule
	ActorPublic    ActorKind = "public"
)

// Actor is who asks. The zero Actor may do nothing.
type Actor struct {
	Kind  ActorKind
	Staff Staff // for ActorStaff
}

// Operator acts from the command line, on every pôle.
func Operator() Actor { return Actor{Kind: ActorOperator} }

// StaffActor acts as a signed-in member of staff.
func StaffActor(s Staff) Actor { return Actor{Kind: ActorStaff, Staff: s} }

var (
	actorSystem    = Actor{Kind: ActorSystem}
	actorSignatory = Actor{Kind: ActorSignatory}
	actorPublic    = Actor{Kind: ActorPublic}
)

// Permission is something staff may be allowed to do.
type Permission string

// The permissions.
const (
	PermitRead   Permission = "read"   // invitations, deliveries, certificates of a pôle
	PermitWrite  Permission = "write"  // invite, resend, revoke in a pôle
	PermitManage Permission = "manage" // staff and pôles
)

// roles is the table of who may do what. What is not here is refused.
var roles = map[Role][]Permission{
	RoleReader: {PermitRead},
	RoleAgent:  {PermitRead, PermitWrite},
	RoleAdmin:  {PermitRead, PermitWrite, PermitManage},
}

// Permit refuses what the actor may not do in a pôle. A pôle outside the
// actor's scope is NotFound, exactly as one that does not exist; a role that
// does not suffice is Forbidden. An empty pôle asks about no pôle in
// particular.
func (a Actor) Permit(p Permission, pole string) error {
	switch {
	case a.Kind == ActorOperator:
		return nil
	case a.Kind != ActorStaff || a.Staff.Disabled:
		return refuse(Unauthenticated, "session.none")
	case pole != "" && !a.Staff.Serves(pole):
		return refuse(NotFound, "record.not-found")
	case !slices.Contains(roles[a.Staff.Role], p):
		return refuse(Forbidden, "role.insufficient")
	}
	return nil
}

// Poles gives the pôles the actor may read: nil means all, and no slug at all
// is an empty list that is not nil.
func (a Actor) Poles() []string {
	if a.Kind == ActorOperator || a.Kind == ActorStaff && a.Staff.Role == RoleAdmin {
		return nil
	}
	return append([]string{}, a.Staff.Poles...)
}
