package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// openDataPage says what data there is, and how to check it.
func (s *Server) openDataPage(c *fiber.Ctx) error {
	list, err := s.Service.DailySnapshots(c.UserContext())
	if err != nil {
		return err
	}
	page := &templates.OpenData{Base: s.link("")}
	page.LinkedData = templates.RegisterData(s.link(""), s.language(c, ""))
	if len(list) > 0 {
		page.Latest = list[0].Day
	}
	return s.show(c, page)
}
