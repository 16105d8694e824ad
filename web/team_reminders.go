package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// readReminders reads the fields of the block "reminder-plan", for every form
// that holds it: a page gives the block TeamFrame.PlanForm of what was typed,
// and shows what ReminderForm.Plan refuses, as the fields "plan", "after",
// "before" and "remindhour", through again. A campaign's page offers the pôle's
// plan too.
func readReminders(f form) workflow.ReminderForm {
	return workflow.ReminderForm{Choice: workflow.ReminderChoice(f["plan"]), After: f["after"], Before: f["before"], Hour: f["remindhour"]}
}

// showReminders shows when a pôle reminds, and what that means today.
func (s *Server) showReminders(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	page := s.remindersPage(c, pole)
	page.Saved = c.Query("fait") == "enregistre"
	return s.show(c, page)
}

// saveReminders changes it, or shows what a change would mean.
func (s *Server) saveReminders(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page := s.remindersPage(c, pole)
	page.Form = readReminders(f)
	plan, err := page.Form.Plan()
	if err != nil {
		return s.again(c, "", page, err)
	}
	if f["apercu"] != "" {
		page.Chosen, page.Trial = plan, true
		return s.show(c, page)
	}
	if err := s.Service.SetPoleReminders(c.UserContext(), actor(c), pole.Slug, page.Form); err != nil {
		return err
	}
	return c.Redirect(polePath(pole.Slug)+"/rappels?fait=enregistre", fiber.StatusSeeOther)
}

func (s *Server) remindersPage(c *fiber.Ctx, pole workflow.Pole) *templates.TeamReminders {
	return &templates.TeamReminders{TeamFrame: teamFrame(c, "profile"), Pole: pole, Form: pole.Plan().Form(), Chosen: pole.Plan(),
		Now: s.Service.Clock.Now()}
}
