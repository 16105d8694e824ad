package templates

import (
	"cmp"
	"html/template"

	"jachete/workflow"
)

// Verified is what a certificate's number stands for: the same facts as the
// file, for whoever cannot read that.
type Verified struct {
	Frame
	Verification workflow.Verification
	Declaration  workflow.Declaration // the version that was signed
}

// File implements [Page].
func (*Verified) File() string { return "verified" }

// Meaning says whether the commitment holds.
func (p *Verified) Meaning() string {
	switch p.Verification.Commitment.Status {
	case workflow.CommitmentWithdrawn:
		return p.T("verify.withdrawn", "Day", p.CivilDay(p.Verification.Commitment.StatusOn))
	case workflow.CommitmentSuperseded:
		return p.T("verify.superseded")
	}
	return p.T("verify.valid")
}

// Twin is what the file says, but for what only its holders may know: a person
// is named only if they chose to be, and no mailbox is shown.
func (p *Verified) Twin() Twin {
	v, c := p.Verification, p.Verification.Commitment
	content := v.Record.Content
	content.Drawing = nil
	content.Mailbox, content.Signatory = "", workflow.Signatory{Name: c.PublicName, Function: c.PublicFunction}
	content.Signatories, content.Steps = publicly(content, c)
	t := Twin{Frame: &p.Frame, Content: content, Sealed: v.Record.Sealed, Awaited: v.Awaited, TranslationTitle: p.Declaration.TitleEN}
	t.Text, t.Translation = p.filled(p.Declaration.TextFR, workflow.French), p.filled(p.Declaration.TextEN, workflow.English)
	return t
}

// filled puts the names into a text; a person only if they chose to be named.
func (p *Verified) filled(markdown string, lang workflow.Language) template.HTML {
	c, public := p.Verification.Record.Content, p.Verification.Commitment
	hidden := workflow.Signatory{Name: Sentence(lang, "verify.signatory-hidden", nil), Function: Sentence(lang, "verify.function-hidden", nil)}
	who, second := workflow.Signatory{Name: public.PublicName, Function: public.PublicFunction}, workflow.Signatory{}
	if who.Name == "" {
		who = hidden
	}
	for _, beside := range c.Beside() {
		if beside.Seat == workflow.SeatSecond {
			second = cmp.Or(public.PublicSecond, hidden)
		}
	}
	return withoutTitle(workflow.Filled(markdown, lang, c.Organisation.Name, who, second, c.Resolution))
}

// publicly gives those who signed and the steps, with the names only of those
// who chose to be named.
func publicly(c workflow.CertificateContent, public workflow.Commitment) (who []workflow.CertificateSignatory, steps []workflow.CertificateStep) {
	named := map[string]bool{public.PublicName: true, public.PublicSecond.Name: true}
	for _, signatory := range c.Signatories {
		signatory.Mailbox, signatory.Drawing = "", nil
		if !named[signatory.Name] {
			signatory.Signatory = workflow.Signatory{}
		}
		who = append(who, signatory)
	}
	for _, step := range c.Steps {
		if !named[step.Who] {
			step.Who = ""
		}
		steps = append(steps, step)
	}
	return who, steps
}

// PaperNumber is what the number of an entry on paper stands for.
type PaperNumber struct {
	Frame
	Verification workflow.Verification
}

// File implements [Page].
func (*PaperNumber) File() string { return "paper_number" }

// Meaning says whether the commitment holds.
func (p *PaperNumber) Meaning() string {
	c := p.Verification.Commitment
	switch {
	case c.Status == workflow.CommitmentWithdrawn && p.Verification.ReplacedBy.ID != "":
		return p.T("paper-number.corrected", "Day", p.CivilDay(c.StatusOn))
	case c.Status == workflow.CommitmentWithdrawn:
		return p.T("paper-number.withdrawn", "Day", p.CivilDay(c.StatusOn))
	case c.Status == workflow.CommitmentSuperseded:
		return p.T("paper-number.superseded")
	}
	return p.T("paper-number.valid")
}

// UnknownNumber helps whoever typed a number that was never issued.
type UnknownNumber struct{ Frame }

// File implements [Page].
func (*UnknownNumber) File() string { return "unknown_number" }

// VerifyFile asks for a file to compare, or a number.
type VerifyFile struct {
	Frame
	Number string // as typed
}

// File implements [Page].
func (*VerifyFile) File() string { return "verify_file" }

// FileVerdict says what a file is. It shows nothing that stands in the file.
type FileVerdict struct {
	Frame
	Found workflow.FileVerification
}

// File implements [Page].
func (*FileVerdict) File() string { return "file_verdict" }

// FileWords are what a verdict is called, what it means and what to do.
type FileWords struct {
	Mark               string // "good", "ended" or "bad", for the look
	Heading, Means, Do string
}

// Words gives the words of the verdict. Whatever is not known to be genuine is
// not.
func (p *FileVerdict) Words() FileWords {
	switch f := p.Found; {
	case f.Verdict == workflow.VerdictGenuine:
		return FileWords{"good", p.T("verdict.genuine"), p.T("verdict.genuine-means"), p.T("verdict.genuine-do")}
	case f.Verdict == workflow.VerdictEnded && f.Commitment.Status == workflow.CommitmentWithdrawn:
		return FileWords{"ended", p.T("verdict.withdrawn"), p.T("verdict.withdrawn-means"), p.T("verdict.withdrawn-do")}
	case f.Verdict == workflow.VerdictEnded:
		return FileWords{"ended", p.T("verdict.superseded"), p.T("verdict.superseded-means"), p.T("verdict.superseded-do")}
	case f.Verdict == workflow.VerdictAltered && f.Original != "":
		return FileWords{"bad", p.T("verdict.added"), p.N("verdict.added-means", f.Added), p.T("verdict.added-do")}
	case f.Verdict == workflow.VerdictAltered:
		return FileWords{"bad", p.T("verdict.altered"), p.T("verdict.altered-means"), p.T("verdict.altered-do")}
	}
	return FileWords{"bad", p.T("verdict.unknown"), p.T("verdict.unknown-means"), p.T("verdict.unknown-do")}
}

// Issued tells that the original is this file or inside it: what the register
// says is then about the file, else only about its number.
func (p *FileVerdict) Issued() bool {
	return p.Found.Verdict != workflow.VerdictAltered || p.Found.Original != ""
}
