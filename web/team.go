package web

import (
	"errors"
	"regexp"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// errLed ends a request that its gate has answered by leading elsewhere.
var errLed = errors.New("web: led elsewhere")

// needSession asks for a signed-in browser, with or without its second factor.
func (s *Server) needSession(c *fiber.Ctx) error {
	who, err := s.Service.StaffSession(c.UserContext(), s.cookie(c, cookieTeam))
	if workflow.IsKind(err, workflow.Unauthenticated) {
		if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
			return errors.Join(c.Redirect("/equipe/connexion", fiber.StatusSeeOther), errLed)
		}
		return refusal(workflow.Unauthenticated, "sign-in.none")
	} else if err != nil {
		return err
	}
	c.Locals(keyStaff, who)
	return nil
}

// needTeam asks for the second factor too, where the role needs one.
func (s *Server) needTeam(c *fiber.Ctx) error {
	if err := s.needSession(c); err != nil {
		return err
	}
	if !signedIn(c).SecondFactor {
		return errors.Join(c.Redirect("/equipe/connexion/application", fiber.StatusSeeOther), errLed)
	}
	return nil
}

// needWriter asks for a role that invites.
func (s *Server) needWriter(c *fiber.Ctx) error {
	if err := s.needTeam(c); err != nil {
		return err
	}
	return actor(c).Permit(workflow.PermitWrite, "")
}

// needManager asks for the role that administers.
func (s *Server) needManager(c *fiber.Ctx) error {
	if err := s.needTeam(c); err != nil {
		return err
	}
	return actor(c).Permit(workflow.PermitManage, "")
}

// signedIn is who is at work, as the gate found.
func signedIn(c *fiber.Ctx) workflow.SignedIn {
	who, _ := c.Locals(keyStaff).(workflow.SignedIn)
	return who
}

// actor is the capacity in which the request acts.
func actor(c *fiber.Ctx) workflow.Actor { return signedIn(c).Actor() }

// teamFrame is the frame of the staff's pages.
func teamFrame(c *fiber.Ctx, here string) templates.TeamFrame {
	return templates.TeamFrame{Frame: templates.Frame{Signed: signedIn(c).Staff.Name}, Here: here,
		Writer: actor(c).Permit(workflow.PermitWrite, "") == nil}
}

// myPoles lists the pôles the person serves, by name.
func (s *Server) myPoles(c *fiber.Ctx) ([]workflow.Pole, error) {
	all, err := s.Service.Poles(c.UserContext())
	var mine []workflow.Pole
	for _, p := range all {
		if actor(c).Permit(workflow.PermitRead, p.Slug) == nil {
			mine = append(mine, p)
		}
	}
	return mine, err
}

var recordShape = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)

// invitationPath is the page of an invitation, or the list for what cannot be
// the id of one.
func invitationPath(id string) string {
	if !recordShape.MatchString(id) {
		return "/equipe/invitations"
	}
	return "/equipe/invitations/" + id
}

// polePath is the staff's page of a pôle, or the profile for what cannot be
// the slug of one.
func polePath(slug string) string {
	if !slugShape.MatchString(slug) {
		return "/equipe/profil"
	}
	return "/equipe/poles/" + slug
}

// memberPath is the page of a colleague, or the list for what cannot be the id
// of one.
func memberPath(id string) string {
	if !recordShape.MatchString(id) {
		return "/equipe/membres"
	}
	return "/equipe/membres/" + id
}

// draftPath is the page of a text in preparation, or the list for what cannot
// be the id of one.
func draftPath(id string) string {
	if !recordShape.MatchString(id) {
		return "/equipe/declarations"
	}
	return "/equipe/declarations/brouillons/" + id
}

// poleNames gives the short names of all pôles by slug.
func (s *Server) poleNames(c *fiber.Ctx) (map[string]string, error) {
	all, err := s.Service.Poles(c.UserContext())
	names := make(map[string]string, len(all))
	for _, p := range all {
		names[p.Slug] = p.Short
	}
	return names, err
}

// overtaken shows a form again that somebody else was quicker to send, with
// the sentence that says so; any other refusal as usual.
func (s *Server) overtaken(c *fiber.Ctx, page templates.Page, err error) error {
	var refused *workflow.Error
	if !errors.As(err, &refused) || refused.Kind != workflow.Conflict {
		return s.again(c, "", page, err)
	}
	page.Outline().Problems = []templates.Problem{{Text: templates.Sentence(s.language(c, ""), refused.Key, refused.Args)}}
	s.noteError(c, refused, fiber.StatusConflict)
	c.Status(fiber.StatusConflict)
	return s.show(c, page)
}

// doneOf keeps what has just been done, if it is one of the page's own words.
func doneOf(c *fiber.Ctx, words map[string]string) string { return words[c.Query("fait")] }
