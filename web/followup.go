package web

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// followUpPath is the address of a year's question, with what follows it. The
// token was read before.
func followUpPath(c *fiber.Ctx, end string) string {
	t, _ := token(c)
	return "/engagement/" + t + end
}

func (s *Server) followUpPage(c *fiber.Ctx) (*templates.FollowUp, error) {
	t, err := token(c)
	if err != nil {
		return nil, err
	}
	found, err := s.Service.FollowUpPage(c.UserContext(), t, s.visit(c))
	return &templates.FollowUp{Frame: plain, Found: found}, err
}

// showFollowUp asks whether a commitment holds. It changes nothing.
func (s *Server) showFollowUp(c *fiber.Ctx) error {
	page, err := s.followUpPage(c)
	if err != nil {
		return err
	}
	if o := page.Found.Commitment.Organisation; page.Done() {
		if page.Near, err = s.Service.SuppliersNear(c.UserContext(), o.MRCCode, o.RegionCode); err != nil {
			return err
		}
	}
	page.Asked = c.Query("envoye") == "1" && s.cookie(c, cookieCertificate) != ""
	return s.showIn(c, page.Found.Language, page)
}

// answerFollowUp sends a code, or keeps the answer that comes with the right one.
func (s *Server) answerFollowUp(c *fiber.Ctx) error {
	page, err := s.followUpPage(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	t, _ := token(c) // was read for the page
	switch f["do"] {
	case "send":
		return s.sendFollowUpCode(c, t, page)
	case "confirm":
		page.Asked = true
		page.Form = workflow.FollowUpForm{Amount: f["amount"], Contracts: f["contracts"], Suppliers: f["suppliers"], Practices: practices(f),
			Contact: workflow.Contact{Name: f["name"], Function: f["function"], Email: f["email"]}, Code: f["code"]}
		if err := s.Service.ConfirmFollowUp(c.UserContext(), t, s.cookie(c, cookieCertificate), page.Form, s.visit(c)); err != nil {
			return s.codeRefused(c, page.Found.Language, page, err)
		}
		return c.Redirect(followUpPath(c, ""), fiber.StatusSeeOther)
	}
	return fiber.ErrBadRequest
}

// practices lists those that were ticked.
func practices(f form) (list []string) {
	for _, p := range workflow.Practices {
		if f["practice-"+string(p)] == ticked {
			list = append(list, string(p))
		}
	}
	return list
}

func (s *Server) sendFollowUpCode(c *fiber.Ctx, t string, page *templates.FollowUp) error {
	ctx, cancel := context.WithTimeout(context.Background(), mailTime)
	defer cancel()
	browser := s.Service.Browser()
	if err := s.Service.SendFollowUpCode(ctx, t, browser, s.visit(c)); err != nil {
		page.Asked = workflow.IsKind(err, workflow.Limited) // one may be on its way
		return s.codeRefused(c, page.Found.Language, page, err)
	}
	s.setCookie(c, cookieCertificate, browser, 0)
	return c.Redirect(followUpPath(c, "?envoye=1"), fiber.StatusSeeOther)
}
