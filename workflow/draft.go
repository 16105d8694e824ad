package workflow

import "context"

// Draft gives the unsigned declaration with the names filled in so far, for
// the agenda of a council. Nothing of it is kept. Errors as Signing; Conflict
// (key "step.signed") once signed.
func (s *Service) Draft(ctx context.Context, secret string) ([]byte, error) {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return nil, err
	}
	if p.Step == StepDone {
		return nil, refuse(Conflict, "step.signed")
	}
	det := p.Invitation.Details
	return s.Sealer.Draft(ctx, CertificateContent{
		BaseURL: s.BaseURL, DeclarationID: p.Declaration.ID, DeclarationVersion: p.Declaration.Version,
		DeclarationTitle: p.Declaration.TitleFR, DeclarationText: p.Text, DeclarationSHA256: p.Declaration.SHA256FR,
		Organisation: s.snapshot(p.Organisation, det.Organisation), Pole: PoleSnapshot{Name: p.Pole.Name, Short: p.Pole.Short},
		Signatory: det.Signatory, Resolution: det.Resolution,
	}, s.now())
}
