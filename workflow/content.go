package workflow

import (
	"slices"
	"strings"
	"time"
)

// contentOf gathers what the certificate of a signature says.
func (s *Service) contentOf(sig Signature, d Declaration, p Pole, number string) CertificateContent {
	return CertificateContent{
		Number: number, VerifyURL: s.linkURL("v", number), BaseURL: s.BaseURL,
		DeclarationID: sig.DeclarationID, DeclarationVersion: sig.DeclarationVersion,
		DeclarationTitle: d.TitleFR, DeclarationText: Filled(d.TextFR, French, sig.Organisation.Name, sig.Signatory, sig.act(SeatSecond).Signatory, sig.Resolution),
		DeclarationSHA256: sig.DeclarationSHA256, Organisation: sig.Organisation, Pole: PoleSnapshot{Name: p.Name, Short: p.Short},
		Signatory: sig.Signatory, Resolution: sig.Resolution,
		Mailbox: MaskEmail(sig.Evidence.Email), MailboxConfirmedAt: sig.Evidence.CodeConfirmedAt,
		Consent: sig.Consent, ConsentSHA256: TextSHA256(sig.Consent), SignedAt: sig.SignedAt,
		Signatories: signatoriesOf(sig), Steps: stepsOf(sig),
	}
}

// signatoriesOf lists everybody who signed, when several did.
func signatoriesOf(sig Signature) (list []CertificateSignatory) {
	for _, act := range sig.Acts {
		list = append(list, CertificateSignatory{
			Seat: act.Seat, Signatory: act.Signatory, Mailbox: MaskEmail(act.Evidence.Email), MailboxConfirmedAt: act.Evidence.CodeConfirmedAt,
			Consent: act.Consent, ConsentSHA256: TextSHA256(act.Consent), SignedAt: act.SignedAt,
		})
	}
	return list
}

// stepsOf lists what is known to have happened, in order of time; what is not
// known is left out.
func stepsOf(sig Signature) (steps []CertificateStep) {
	if len(sig.Acts) == 0 {
		return stepsOfAct(sig.Evidence, sig.SignedAt, "")
	}
	for _, act := range sig.Acts {
		steps = append(steps, stepsOfAct(act.Evidence, act.SignedAt, act.Signatory.Name)...)
	}
	slices.SortStableFunc(steps, func(a, b CertificateStep) int { return a.At.Compare(b.At) })
	return steps
}

func stepsOfAct(e Evidence, signedAt time.Time, who string) (steps []CertificateStep) {
	for _, step := range []struct {
		kind StepKind
		at   time.Time
	}{
		{StepInvited, e.InvitedAt}, {StepMailed, e.MailedAt}, {StepConsulted, e.ConsultedAt},
		{StepCodeSent, e.CodeSentAt}, {StepCodeConfirmed, e.CodeConfirmedAt}, {StepSigned, signedAt},
	} {
		if !step.at.IsZero() {
			steps = append(steps, CertificateStep{Kind: step.kind, At: step.at, Who: who})
		}
	}
	return steps
}

// Filled is a text of a declaration with its names put in. Who signs beside the
// first is named after that person; the zero value is nobody.
func Filled(text string, lang Language, organisation string, who, second Signatory, r Resolution) string {
	if second != (Signatory{}) {
		text, who.Function = severalFR.Replace(text), who.Function+and[lang]+second.Name+", "+second.Function
	}
	return Fill(text, organisation, who, r, func(date string) string { return CivilDateInWords(date, lang) })
}

// severalFR words a French text for several signatories.
var severalFR = strings.NewReplacer("personne autorisée à signer", "personnes autorisées à signer")

// and joins the second signatory to the first.
var and = map[Language]string{French: ", et par ", English: ", and by "}
