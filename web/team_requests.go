package web

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// requestsPath is the list of the requests for an invitation.
const requestsPath = "/equipe/demandes"

// requestPath is the page of a request, or the list for what cannot be the id
// of one.
func requestPath(id string) string {
	if !recordShape.MatchString(id) {
		return requestsPath
	}
	return requestsPath + "/" + id
}

// requests lists those of the person's pôles.
func (s *Server) requests(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	page := &templates.TeamRequests{TeamFrame: teamFrame(c, "invitations"), Page: 1}
	if !readNumber(q["page"], 1, maxPage, &page.Page) {
		return errFilter
	}
	list, total, err := s.Service.Requests(c.UserContext(), actor(c), workflow.PageSize, (page.Page-1)*workflow.PageSize)
	if err != nil {
		return err
	}
	if page.Open, err = s.Service.OpenRequests(c.UserContext(), actor(c), ""); err != nil {
		return err
	}
	if err := s.fillRequests(c, page, list); err != nil {
		return err
	}
	page.Total, page.Pages = total, pagesOf(total)
	if page.Page > 1 {
		page.Previous = requestsPage(min(page.Page-1, max(page.Pages, 1)))
	}
	if page.Page < page.Pages {
		page.Next = requestsPage(page.Page + 1)
	}
	return s.show(c, page)
}

// fillRequests names where each comes from, and its pôle where there are several.
func (s *Server) fillRequests(c *fiber.Ctx, page *templates.TeamRequests, list []workflow.InvitationRequest) error {
	poles, err := s.myPoles(c)
	names := map[string]string{}
	for _, p := range poles {
		names[p.Slug] = p.Short
	}
	page.Several = len(poles) > 1
	for _, r := range list {
		page.Found = append(page.Found, templates.RequestLine{InvitationRequest: r, Place: s.Service.PlaceOfRequest(r), Pole: names[r.PoleSlug]})
	}
	return err
}

func requestsPage(page int) string {
	return address(requestsPath, url.Values{"page": {strconv.Itoa(page)}})
}

// request shows one, with what is known of the organisation.
func (s *Server) request(c *fiber.Ctx) error {
	page, err := s.requestPage(c)
	if err != nil {
		return err
	}
	page.Closed = c.Query("fait") == "classee"
	return s.show(c, page)
}

func (s *Server) requestPage(c *fiber.Ctx) (*templates.TeamRequest, error) {
	found, err := s.Service.Request(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	return &templates.TeamRequest{TeamFrame: teamFrame(c, "invitations"), Found: found, Place: s.Service.PlaceOfRequest(found.InvitationRequest)}, nil
}

// closeRequest files a request away without an invitation.
func (s *Server) closeRequest(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page, err := s.requestPage(c)
	if err != nil {
		return err
	}
	if err := s.Service.CloseRequest(c.UserContext(), actor(c), page.Found.ID, workflow.RequestOutcome(f["outcome"])); err != nil {
		return s.overtaken(c, page, err)
	}
	return c.Redirect(requestPath(page.Found.ID)+"?fait=classee", fiber.StatusSeeOther)
}

// showInviteFromRequest shows the form of an invitation, filled in with what was
// asked. A request that is closed shows as such.
func (s *Server) showInviteFromRequest(c *fiber.Ctx, id string) error {
	found, err := s.Service.Request(c.UserContext(), actor(c), id)
	if err != nil {
		return err
	}
	if !found.Open() {
		return c.Redirect(requestPath(found.ID), fiber.StatusSeeOther)
	}
	form, err := s.formFor(found.Body())
	if err != nil {
		return err
	}
	form.Pole, form.Request, form.Lang, form.Source = found.PoleSlug, found.ID, string(found.Language), found.Source(found.Language)
	form.Name, form.Function, form.Email = found.Contact.Name, found.Contact.Function, found.Contact.Email
	page, err := s.invitePage(c, form)
	if err != nil {
		return err
	}
	page.Past, page.Known = page.TeamFrame.Past(found.Past), found.Organisation
	return s.show(c, page)
}
