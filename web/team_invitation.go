package web

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/journal"
)

// invitation shows one invitation and everything that happened to it.
func (s *Server) invitation(c *fiber.Ctx) error {
	found, err := s.Service.Invitation(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := &templates.TeamInvitation{TeamFrame: teamFrame(c, "invitations"), Found: found, Place: s.placeOf(found.Organisation),
		Done:      cmp.Or(done(c.Query("fait"), found.State), remindersDone(c.Query("fait"), found.Invitation)),
		Reminders: templates.RemindersOf(found, s.Service.Clock.Now()), NEQDoubtful: neqDoubtful(found.Organisation.NEQ)}
	for _, action := range workflow.Actions(found.State, signedIn(c).Staff.Role) {
		page.Resend = page.Resend || action == workflow.ActionResend
		page.Revoke = page.Revoke || action == workflow.ActionRevoke
	}
	for _, e := range found.Events {
		page.Events = append(page.Events, eventOf(e, signedIn(c).Staff.ID))
	}
	return s.show(c, page)
}

// done is the key of what has just been done, if the state bears it out: an
// address that somebody sent along claims nothing.
func done(what string, state workflow.State) string {
	switch {
	case what == "creee" && state.Open():
		return "created"
	case what == "renvoyee" && state.Open():
		return "resent"
	case what == "annulee" && state == workflow.StateRevoked:
		return "revoked"
	}
	return ""
}

// placeOf names where an organisation is, from the most precise on.
func (s *Server) placeOf(o workflow.Organisation) string {
	var names []string
	if m, ok := s.Service.Atlas.Municipality(o.MunicipalityCode); ok {
		names = append(names, m.Name)
	}
	if m, ok := s.Service.Atlas.MRC(o.MRCCode); ok {
		names = append(names, m.Name)
	}
	if r, ok := s.Service.Atlas.Region(o.RegionCode); ok {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// eventOf gives what staff may see of an entry: who in general, never an
// address of the network.
func eventOf(e journal.Entry, me string) templates.TeamEvent {
	var body struct {
		Actor struct{ Kind, ID string }
		Data  struct{ Kind string }
	}
	_ = json.Unmarshal([]byte(e.Body), &body) // the journal writes it; without it, the type alone is shown
	event := templates.TeamEvent{At: e.At, Type: e.Type, Actor: body.Actor.Kind}
	if body.Actor.ID != "" && body.Actor.ID == me {
		event.Actor = "you"
	}
	if strings.HasPrefix(e.Type, "delivery.") {
		event.Mail = workflow.DeliveryKind(body.Data.Kind)
		for _, o := range e.Openings {
			if o.Field == "answer" {
				event.Answer = o.Value
			}
		}
	}
	return event
}

// neqDoubtful tells of a number whose last eight digits fail the check (Luhn)
// that every real one tried has passed. The rule is not published: it warns.
func neqDoubtful(neq string) bool {
	if len(neq) != 10 {
		return false
	}
	sum := 0
	for i, r := range neq[2:] {
		n := int(r - '0')
		if i%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 != 0
}

// invitationFile gives the certificate of a signed invitation.
func (s *Server) invitationFile(c *fiber.Ctx) error {
	cert, err := s.Service.InvitationCertificate(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return sendCertificate(c, cert)
}

// resend makes a new link; the old one dies.
func (s *Server) resend(c *fiber.Ctx) error {
	if err := s.Service.Resend(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=renvoyee", fiber.StatusSeeOther)
}

// revoke ends the invitation.
func (s *Server) revoke(c *fiber.Ctx) error {
	if err := s.Service.Revoke(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=annulee", fiber.StatusSeeOther)
}
