package workflow

import "context"

// DraftPDF draws a draft as a council would get it, its places unfilled.
// Invalid on "titlefr" and "textfr" while there is nothing to draw.
func (s *Service) DraftPDF(ctx context.Context, a Actor, id string) ([]byte, error) {
	d, err := s.permittedDraft(ctx, s.Store, a, id)
	if err != nil {
		return nil, err
	}
	var f fields
	f.check("titlefr", checkTitle(d.TitleFR))
	if d.BodyFR == "" {
		f.add("textfr", "text.empty")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return s.Sealer.Draft(ctx, s.previewContent(d.Declaration()), s.now())
}

// previewContent fills a text with the names of its places.
func (s *Service) previewContent(d Declaration) CertificateContent {
	name := "[nom de l’organisation]"
	who := Signatory{Name: "[prénom nom]", Function: "[fonction]"}
	resolution := Resolution{Number: "[numéro]", Date: "[date]"}
	return CertificateContent{
		BaseURL: s.BaseURL, DeclarationID: d.ID, DeclarationVersion: d.Version,
		DeclarationTitle: d.TitleFR, DeclarationSHA256: d.SHA256FR,
		DeclarationText: Fill(d.TextFR, name, who, resolution, func(date string) string { return date }),
		Organisation:    Snapshot{Name: name, Kind: KindOther}, Signatory: who, Resolution: resolution,
	}
}

// ComparedText gives a text to compare: a published version by its name, or a
// draft the actor may write by its id. NotFound otherwise.
func (s *Service) ComparedText(ctx context.Context, a Actor, ref string) (Declaration, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return Declaration{}, err
	}
	d, err := s.Store.Declaration(ctx, DeclarationID, ref)
	if !IsKind(err, NotFound) {
		return d, err
	}
	draft, err := s.permittedDraft(ctx, s.Store, a, ref)
	if IsKind(err, Forbidden) {
		err = notFound()
	}
	return draft.Declaration(), err
}
