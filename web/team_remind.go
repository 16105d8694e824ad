package web

import (
	"errors"
	"maps"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// remindNow sends a reminder of an invitation at once.
func (s *Server) remindNow(c *fiber.Ctx) error {
	if err := s.Service.RemindNow(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return momentSaid(c, s.language(c, ""), err)
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=rappelee", fiber.StatusSeeOther)
}

// momentSaid words the moment in the refusal of a reminder that comes too
// soon.
func momentSaid(c *fiber.Ctx, lang workflow.Language, err error) error {
	var refused *workflow.Error
	if !errors.As(err, &refused) || refused.Key != "reminder.soon" {
		return err
	}
	said := *refused
	said.Args = maps.Clone(refused.Args)
	if at, err := time.Parse(time.RFC3339, refused.Args["at"]); err == nil {
		frame := teamFrame(c, "")
		frame.Lang = lang
		said.Args["Moment"] = frame.Moment(at)
	}
	return &said
}

// stopReminders ends the reminders of an invitation.
func (s *Server) stopReminders(c *fiber.Ctx) error {
	if err := s.Service.StopReminders(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=sans-rappel", fiber.StatusSeeOther)
}

// resumeReminders lets the plan remind again.
func (s *Server) resumeReminders(c *fiber.Ctx) error {
	if err := s.Service.ResumeReminders(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=avec-rappel", fiber.StatusSeeOther)
}

// remindersDone is done for what concerns reminders.
func remindersDone(what string, inv workflow.Invitation) string {
	switch {
	case what == "rappelee" && inv.Reminders > 0:
		return "reminded"
	case what == "sans-rappel" && inv.RemindersOff:
		return "stopped"
	case what == "avec-rappel" && !inv.RemindersOff && inv.State.Reminded():
		return "resumed"
	}
	return ""
}
