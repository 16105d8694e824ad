package web

import (
	"github.com/gofiber/fiber/v2"
)

// inviteToCorrect invites who signed to sign a corrected version, and shows
// the new invitation.
func (s *Server) inviteToCorrect(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	made, err := s.Service.InviteToCorrect(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.Redirect(invitationPath(made.ID)+"?fait=reinvitee", fiber.StatusSeeOther)
}
