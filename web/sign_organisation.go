package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showOrganisation asks who signs for whom.
func (s *Server) showOrganisation(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepOrganisation, func(p workflow.Signing) error {
		d := p.Invitation.Details
		return s.showIn(c, p.Invitation.Language, &templates.SignOrganisation{Step: stepOf(p, workflow.StepOrganisation),
			Form: workflow.OrganisationForm{Organisation: d.Organisation, Name: d.Signatory.Name, Function: d.Signatory.Function,
				Beside: !d.Second.IsZero(), Second: d.Second}})
	})
}

// saveOrganisation keeps the answers.
func (s *Server) saveOrganisation(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	typed := workflow.OrganisationForm{Organisation: f["organisation"], Name: f["name"], Function: f["function"], Beside: f["beside"] == answerYes,
		Second: workflow.Cosignatory{Signatory: workflow.Signatory{Name: f["second-name"], Function: f["second-function"]},
			Email: f["second-email"], Together: f["order"] == "together"}}
	saveErr := s.Service.SaveOrganisation(c.UserContext(), s.cookie(c, cookieSigning), typed)
	if saveErr == nil {
		return s.goOn(c)
	}
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	return s.again(c, p.Invitation.Language, &templates.SignOrganisation{Step: stepOf(p, workflow.StepOrganisation), Form: typed}, saveErr)
}
