package workflow

import "time"

// contentOf gathers what the certificate of a signature says.
func (s *Service) contentOf(sig Signature, d Declaration, p Pole, number string) CertificateContent {
	return CertificateContent{
		Number: number, VerifyURL: s.linkURL("v", number), BaseURL: s.BaseURL,
		DeclarationID: sig.DeclarationID, DeclarationVersion: sig.DeclarationVersion,
		DeclarationTitle: d.TitleFR, DeclarationText: filled(d.TextFR, French, sig.Organisation.Name, sig.Signatory, sig.Resolution),
		DeclarationSHA256: sig.DeclarationSHA256, Organisation: sig.Organisation, Pole: PoleSnapshot{Name: p.Name, Short: p.Short},
		Signatory: sig.Signatory, Resolution: sig.Resolution,
		Mailbox: MaskEmail(sig.Evidence.Email), MailboxConfirmedAt: sig.Evidence.CodeConfirmedAt,
		Consent: sig.Consent, ConsentSHA256: TextSHA256(sig.Consent), SignedAt: sig.SignedAt,
		Steps: stepsOf(sig),
	}
}

// stepsOf lists what is known to have happened; what is not known is left out.
func stepsOf(sig Signature) []CertificateStep {
	var steps []CertificateStep
	for _, step := range []struct {
		kind StepKind
		at   time.Time
	}{
		{StepInvited, sig.Evidence.InvitedAt}, {StepMailed, sig.Evidence.MailedAt},
		{StepConsulted, sig.Evidence.ConsultedAt}, {StepCodeSent, sig.Evidence.CodeSentAt},
		{StepCodeConfirmed, sig.Evidence.CodeConfirmedAt}, {StepSigned, sig.SignedAt},
	} {
		if !step.at.IsZero() {
			steps = append(steps, CertificateStep{Kind: step.kind, At: step.at})
		}
	}
	return steps
}

// filled is a text of a declaration with its names put in.
func filled(text string, lang Language, organisation string, who Signatory, r Resolution) string {
	return Fill(text, organisation, who, r, func(date string) string { return CivilDateInWords(date, lang) })
}
