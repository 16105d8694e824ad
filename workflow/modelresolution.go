package workflow

import (
	"cmp"
	"context"
	"fmt"
)

// ModelResolution is the resolution that a council may adopt. The draft and the
// files to edit are made of it, so that all say the same.
type ModelResolution struct {
	Title        string
	Intro        string // to whoever adapts it; no part of the resolution
	Organisation string
	Paragraphs   []string
}

// ModelResolutionFor words the model for one organisation. Nothing but its name
// and kind is read.
func ModelResolutionFor(o Snapshot) ModelResolution {
	of := ofOrganisation(o.Name)
	first, second := authorised(o.Kind)
	return ModelResolution{Title: modelTitle, Intro: modelIntro, Organisation: o.Name, Paragraphs: []string{
		modelWhereasRead, fmt.Sprintf(modelWhereasRules, of), modelProposed,
		fmt.Sprintf(modelAdhere, of), fmt.Sprintf(modelAuthorise, first, second), modelDesignate, modelCarried,
	}}
}

// ModelResolution gives the model to a council that has to decide, under the
// name the organisation gave itself, else the invited one. Errors as Draft.
func (s *Service) ModelResolution(ctx context.Context, secret string) (ModelResolution, error) {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return ModelResolution{}, err
	}
	if p.Step == StepDone {
		return ModelResolution{}, refuse(Conflict, "step.signed")
	}
	name := cmp.Or(p.Invitation.Details.Organisation, p.Organisation.Name)
	return ModelResolutionFor(Snapshot{Name: name, Kind: p.Organisation.Kind}), nil
}
