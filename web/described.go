package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// describe fills what search engines and whoever shares an address read of a
// page that is for everybody. What is refused describes nothing.
func (s *Server) describe(c *fiber.Ctx, page templates.Page) {
	f := page.Outline()
	told, ok := page.(templates.Describer)
	if !ok || f.Plain || c.Response().StatusCode() != fiber.StatusOK {
		return
	}
	path, picture := c.Path(), "site"
	if at, ok := page.(templates.Located); ok {
		path = at.Path()
	}
	if shown, ok := page.(templates.Pictured); ok {
		picture = shown.Picture()
	}
	d := templates.Described{Description: told.Description(), French: s.link(path), English: s.link(inEnglish(path)), Picture: s.link("/partage/" + picture + ".png")}
	d.Address = d.French
	if f.Lang == workflow.English {
		d.Address, d.Picture = d.English, inEnglish(d.Picture)
	}
	f.Described = d
}

// inEnglish is the address of the English version; the French one has none
// before its query.
func inEnglish(address string) string {
	mark := "?"
	if strings.Contains(address, "?") {
		mark = "&"
	}
	return address + mark + url.Values{"lang": {string(workflow.English)}}.Encode()
}
