package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showLater asks when to write again, and says when that will be.
func (s *Server) showLater(c *fiber.Ctx) error {
	return s.showAside(c, s.laterPage(workflow.SnoozeForm{}))
}

// later puts reminders off.
func (s *Server) later(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	typed := workflow.SnoozeForm{Choice: workflow.SnoozeChoice(f["when"]), Date: f["until"]}
	if err := s.Service.Snooze(c.UserContext(), s.cookie(c, cookieSigning), typed); err != nil {
		return s.asideAgain(c, err, s.laterPage(typed))
	}
	return c.Redirect(laterPath, fiber.StatusSeeOther)
}

func (s *Server) laterPage(typed workflow.SnoozeForm) func(workflow.Signing) templates.Page {
	return func(p workflow.Signing) templates.Page {
		return &templates.SignLater{Step: aside(p), Now: s.Service.Clock.Now(), When: typed.Choice, Date: typed.Date}
	}
}
