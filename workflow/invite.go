package workflow

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// InvitationLife is how long a link lives when nothing else is asked: councils
// meet about once a month, so a month would be too short.
const InvitationLife = 60 * 24 * time.Hour

// maxInvitationLife bounds what may be asked.
const maxInvitationLife = 400 * 24 * time.Hour

// InviteRequest is a form or a command line that asks for an invitation.
type InviteRequest struct {
	Pole         string
	Organisation string
	Kind         OrganisationKind
	Place        territory.Place
	NEQ          string
	Contact      Contact
	Language     Language // French when empty
	Source       string
	Message      string
	Campaign     string
	Life         time.Duration // InvitationLife when zero
	Request      string        // id of the InvitationRequest it answers and closes, or empty
	renews       string        // id of the commitment that signing would replace
}

// Invite makes an invitation and queues its mail. Invalid names every field to
// correct; Conflict (key "invitation.open") when the same organisation has an
// open invitation to the same address, with its id in Args, and (key
// "invitation.unsubscribed") when that address asked the pôle for no more, and
// (KeyRequestClosed) when the request it answers is closed.
func (s *Service) Invite(ctx context.Context, a Actor, r InviteRequest) (Invitation, error) {
	if err := a.Permit(PermitWrite, r.Pole); err != nil {
		return Invitation{}, err
	}
	if err := s.sourceOfRequest(ctx, a, &r); err != nil {
		return Invitation{}, err
	}
	org, err := s.cleanInvite(&r)
	if err != nil {
		return Invitation{}, err
	}
	var inv Invitation
	err = s.Store.Update(ctx, func(tx Tx) error {
		inv, err = s.addInvitation(ctx, tx, a, r, org)
		return err
	})
	if err != nil {
		return Invitation{}, err
	}
	s.signalMail()
	return inv, nil
}

func (s *Service) addInvitation(ctx context.Context, tx Tx, a Actor, r InviteRequest, org Organisation) (Invitation, error) {
	pole, err := tx.Pole(ctx, r.Pole)
	if IsKind(err, NotFound) {
		return Invitation{}, &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "pole", Key: "pole.unknown"}}}
	} else if err != nil {
		return Invitation{}, err
	}
	d, err := tx.CurrentDeclaration(ctx, DeclarationID, pole.Slug, s.now())
	if err != nil {
		return Invitation{}, err
	}
	if err := refuseCampaign(ctx, tx, pole.Slug, r.Campaign); err != nil {
		return Invitation{}, err
	}
	org, err = s.ensureOrganisation(ctx, tx, org)
	if err != nil {
		return Invitation{}, err
	}
	if err := s.refuseTwice(ctx, tx, pole.Slug, org, r.Contact.Email); err != nil {
		return Invitation{}, err
	}
	if err := s.refuseUnsubscribed(ctx, tx, pole.Slug, r.Contact.Email); err != nil {
		return Invitation{}, err
	}
	inv, err := s.newInvitation(a, pole, d, org, r)
	if err != nil {
		return Invitation{}, err
	}
	tx.Record(s.invitationCreated(a, inv))
	if err := tx.AddInvitation(ctx, inv); err != nil {
		return Invitation{}, err
	}
	if err := s.answerRequest(ctx, tx, a, r.Request, inv); err != nil {
		return Invitation{}, err
	}
	return inv, tx.AddDelivery(ctx, s.invitationMail(inv))
}

// newInvitation drafts the invitation that a clean request asks for.
func (s *Service) newInvitation(a Actor, pole Pole, d Declaration, org Organisation, r InviteRequest) (Invitation, error) {
	now := s.now()
	inv := Invitation{
		ID: newID(), PoleSlug: pole.Slug, OrganisationID: org.ID,
		DeclarationID: d.ID, DeclarationVersion: d.Version,
		Contact: r.Contact, Language: r.Language, Source: r.Source, Message: r.Message, Campaign: r.Campaign, Renews: r.renews,
		State: StatePrepared, Issue: 1, Version: 1, CreatedBy: a.name(), CreatedAt: now, ExpiresAt: now.Add(r.Life),
		Details: Details{Organisation: org.Name, Signatory: Signatory{Name: r.Contact.Name, Function: r.Contact.Function}},
	}
	err := s.mustGo(&inv, ActionQueue, PartyStaff)
	return inv, err
}

func (s *Service) invitationCreated(a Actor, inv Invitation) journal.Event {
	e := s.event("invitation.created", a, inv.PoleSlug, inv.ID)
	e.Data["organisation"] = inv.OrganisationID
	e.Personal = map[string]string{"email": inv.Contact.Email, "name": inv.Contact.Name, "source": inv.Source} // a source may name somebody
	return e
}

// refuseTwice holds an organisation to one open invitation per address.
func (s *Service) refuseTwice(ctx context.Context, tx Tx, pole string, org Organisation, email string) error {
	list, _, err := tx.Invitations(ctx, InvitationFilter{Pole: pole, Organisation: org.ID})
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.Contact.Email == email && v.StateAt(s.now()).Open() {
			return &Error{Kind: Conflict, Key: "invitation.open", Args: map[string]string{"id": v.ID}}
		}
	}
	return nil
}

// refuseUnsubscribed honours what an address asked for.
func (s *Service) refuseUnsubscribed(ctx context.Context, tx Tx, pole, email string) error {
	suppressed, err := tx.Suppressed(ctx, pole, email)
	if err == nil && suppressed {
		return refuse(Conflict, "invitation.unsubscribed")
	}
	return err
}

// ensureOrganisation finds an organisation, or adds it. Somebody else may do the
// same meanwhile and commit between two questions: a slug that is taken may be
// of that very organisation, so it is looked for again once a slug is free. If
// it comes after that, the slug is the same, and a Conflict.
func (s *Service) ensureOrganisation(ctx context.Context, tx Tx, org Organisation) (Organisation, error) {
	found, err := tx.FindOrganisation(ctx, org)
	if !IsKind(err, NotFound) {
		return found, err
	}
	slug, err := s.freeSlug(org, func(slug string) (bool, error) { return tx.SlugTaken(ctx, slug) })
	if err != nil {
		return Organisation{}, err
	}
	if found, err = tx.FindOrganisation(ctx, org); !IsKind(err, NotFound) {
		return found, err
	}
	org.ID, org.Slug = newID(), slug
	return org, tx.AddOrganisation(ctx, org)
}

// freeSlug makes the public address of an organisation: its name, then its
// MRC's, then a number, until it is free.
func (s *Service) freeSlug(org Organisation, taken func(slug string) (bool, error)) (string, error) {
	wanted := s.wantedSlugs(org)
	for i := 0; i < 1000; i++ {
		slug := fmt.Sprintf("%s-%d", wanted[0], i)
		if i < len(wanted) {
			slug = wanted[i]
		}
		if taken, err := taken(slug); err != nil || !taken {
			return slug, err
		}
	}
	return "", fmt.Errorf("no free slug for %q", wanted[0])
}

// wantedSlugs are the public addresses to try before numbered ones.
func (s *Service) wantedSlugs(org Organisation) []string {
	base := slugOf(org.Name)
	if mrc, ok := s.Atlas.MRC(org.MRCCode); ok {
		return []string{base, base + "-" + slugOf(mrc.Name)}
	}
	return []string{base}
}

// slugOf writes a name in ASCII for an address. A name in another script gives
// a neutral word.
func slugOf(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r == ' ' || r < 128 {
			return r
		}
		return -1
	}, Fold(name))
	words := strings.Fields(ascii)
	if len(words) == 0 {
		return "organisation"
	}
	slug := strings.Join(words, "-")
	if len(slug) > 80 {
		slug = strings.TrimRight(slug[:80], "-")
	}
	return slug
}

// mustGo moves the invitation by the table, or refuses with Conflict: with
// KeyForgotten one whose person is not known any more.
func (s *Service) mustGo(inv *Invitation, action Action, by Party) error {
	if inv.Forgotten() {
		return refuse(Conflict, KeyForgotten)
	}
	to, ok := inv.StateAt(s.now()).Next(action, by)
	if !ok {
		return &Error{Kind: Conflict, Key: "invitation.cannot-" + string(action), Args: map[string]string{"state": string(inv.StateAt(s.now()))}}
	}
	from := inv.State
	inv.State = to
	inv.noteEnd(s.now())
	inv.forgetReminder(from)
	return nil
}

// name of the actor as records keep it.
func (a Actor) name() string {
	if a.Kind == ActorStaff {
		return a.Staff.ID
	}
	return string(a.Kind)
}
