package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// screenPause is how many seconds the screen of the room waits before it asks
// again.
const screenPause = 10

// ceremony is the screen of the room. It asks again by itself, without script,
// until somebody pauses it (WCAG 2.2.2).
func (s *Server) ceremony(c *fiber.Ctx) error {
	pole, slug := c.Params("pole"), c.Params("campaign")
	page := &templates.TeamCeremony{TeamFrame: teamFrame(c, "campaigns"), Paused: c.Query("pause") != ""}
	page.Plain = true
	if !page.Paused {
		page.Refresh = screenPause
	}
	var err error
	if page.Found, err = s.Service.Campaign(c.UserContext(), actor(c), pole, slug); err != nil {
		return err
	}
	if page.Names, err = s.Service.Signers(c.UserContext(), actor(c), pole, slug); err != nil {
		return err
	}
	return s.show(c, page)
}

// guests lists whom staff may let sign on the spot.
func (s *Server) guests(c *fiber.Ctx) error {
	found, err := s.Service.Campaign(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"))
	if err != nil {
		return err
	}
	page := &templates.TeamGuests{TeamFrame: teamFrame(c, "campaigns"), Found: found.Campaign}
	if page.Guests, err = s.Service.Guests(c.UserContext(), actor(c), found.PoleSlug, found.Slug); err != nil {
		return err
	}
	return s.show(c, page)
}

// showGuest shows the code of one guest. It is posted, because the journal
// keeps it, and answered at once, because no address may hold the link.
func (s *Server) showGuest(c *fiber.Ctx) error {
	found, err := s.Service.Campaign(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"))
	if err != nil {
		return err
	}
	page := &templates.TeamGuest{TeamFrame: teamFrame(c, "campaigns"), Found: found.Campaign}
	page.Guest, err = s.Service.ShowGuest(c.UserContext(), actor(c), found.PoleSlug, found.Slug, c.Params("id"))
	if err != nil {
		return err
	}
	if page.QR, page.QRSize, err = qrPath(page.Guest.LinkURL); err != nil {
		return err
	}
	return s.show(c, page)
}

// guestAgain leads whoever comes back to the address of a code to the list.
func (s *Server) guestAgain(c *fiber.Ctx) error {
	found, err := s.Service.Campaign(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"))
	if err != nil {
		return err
	}
	return c.Redirect(campaignPath(found.PoleSlug, found.Slug)+"/ceremonie/invites", fiber.StatusSeeOther)
}
