package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// roomNextPath is what a shared tablet shows between two people.
const roomNextPath = "/signature/suivante"

// showRoomLink shows who invites whom, behind a link shown at a ceremony. It
// changes nothing.
func (s *Server) showRoomLink(c *fiber.Ctx) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	link, err := s.Service.PeekCeremonyLink(c.UserContext(), t, s.visit(c))
	if workflow.IsKind(err, workflow.Gone) {
		return s.showDeadLink(c, link, err)
	} else if err != nil {
		return err
	}
	return s.showIn(c, link.Invitation.Language, &templates.RoomInvited{Frame: plain, Link: link, Staff: s.cookie(c, cookieTeam) != ""})
}

// openRoomLink exchanges the link for a session. Whoever is signed in as staff
// in this browser is signed out: it is in a guest's hands now.
func (s *Server) openRoomLink(c *fiber.Ctx) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	if _, err := readForm(c); err != nil {
		return err
	}
	secret, err := s.Service.OpenCeremonyLink(c.UserContext(), t, s.visit(c))
	if workflow.IsKind(err, workflow.Gone) {
		return s.explainDeadRoomLink(c, t, err)
	} else if err != nil {
		return err
	}
	if staff := s.cookie(c, cookieTeam); staff != "" {
		if err := s.Service.SignOut(c.UserContext(), staff); err != nil {
			return err
		}
		s.dropCookie(c, cookieTeam)
	}
	s.setCookie(c, cookieSigning, secret, 0)
	return c.Redirect("/signature", fiber.StatusSeeOther)
}

// explainDeadRoomLink looks up whom to ask about a link that did not open.
func (s *Server) explainDeadRoomLink(c *fiber.Ctx, t string, gone error) error {
	link, err := s.Service.PeekCeremonyLink(c.UserContext(), t, s.visit(c))
	if workflow.IsKind(err, workflow.Gone) {
		gone = err // it says more
	} else if err != nil {
		return err
	}
	if err := s.showDeadLink(c, link, gone); err != nil {
		return err
	}
	c.Status(fiber.StatusGone)
	return nil
}

// finishInRoom ends the session and forgets it and the language, so that the
// next person at this tablet sees nothing of the last. It asks for no session:
// what a browser holds can be forgotten whatever became of it.
func (s *Server) finishInRoom(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.Service.EndSigning(c.UserContext(), s.cookie(c, cookieSigning)); err != nil {
		return err
	}
	s.dropCookie(c, cookieSigning)
	s.dropCookie(c, cookieLanguage)
	return c.Redirect(roomNextPath, fiber.StatusSeeOther)
}

// showRoomNext says that nothing of the last person is left.
func (s *Server) showRoomNext(c *fiber.Ctx) error {
	return s.show(c, &templates.RoomNext{Frame: plain})
}
