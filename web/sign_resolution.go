package web

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// Answers to whether a resolution authorises the signature.
const (
	answerNo    = "no"
	answerYes   = "yes"
	answerLater = "later"
)

// showResolution asks how the signature is authorised.
func (s *Server) showResolution(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepResolution, func(p workflow.Signing) error {
		d := p.Invitation.Details
		page := &templates.SignResolution{Step: stepOf(p, workflow.StepResolution),
			Form:    workflow.ResolutionForm{Number: d.Resolution.Number, Date: d.Resolution.Date, Body: cmp.Or(d.Resolution.Body, d.Council), Sitting: d.Resolution.Sitting},
			Script:  signScriptAddress,
			Meeting: workflow.MeetingForm{Date: p.Invitation.MeetingOn, Body: d.Council}}
		switch {
		case p.Invitation.State == workflow.StateAwaitingResolution:
			page.Answer = answerYes // the way on from the page that waits
		case !d.Resolution.IsZero():
			page.Answer = answerYes
		case d.Authorised:
			page.Answer = answerNo
		}
		var err error
		if page.Extract, err = s.extractField(c, p); err != nil {
			return err
		}
		return s.showIn(c, p.Invitation.Language, page)
	})
}

// saveResolution keeps the answers.
func (s *Server) saveResolution(c *fiber.Ctx) error {
	files, f, err := readJoined(c, map[string]int{"extract": workflow.MaxExtract}, nil)
	if err != nil {
		return err
	}
	answer := f["needed"]
	typed := workflow.ResolutionForm{Needed: answer == answerYes, Number: f["number"], Date: f["date"], Body: f["body"],
		Sitting: f["sitting"], Extract: readExtract(files, f)}
	meeting := workflow.MeetingForm{Date: f["meeting"], Body: f["council"]}
	saveErr := errUnanswered
	switch answer {
	case answerYes, answerNo:
		saveErr = s.Service.SaveResolution(c.UserContext(), s.cookie(c, cookieSigning), typed)
	case answerLater:
		saveErr = s.Service.AwaitResolution(c.UserContext(), s.cookie(c, cookieSigning), meeting)
	}
	if saveErr == nil {
		return s.goOn(c)
	}
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	page := &templates.SignResolution{Step: stepOf(p, workflow.StepResolution), Answer: answer, Form: typed, Meeting: meeting, Script: signScriptAddress}
	if workflow.IsKind(saveErr, workflow.Invalid) {
		if page.Extract, err = s.extractAgain(c, p, typed.Extract); err != nil {
			return err
		}
	}
	return s.again(c, p.Invitation.Language, page, saveErr)
}

// errUnanswered refuses the page without a choice.
var errUnanswered error = &workflow.Error{Kind: workflow.Invalid, Key: "error.invalid",
	Fields: []workflow.FieldError{{Field: "needed", Key: "resolution.choose"}}}
