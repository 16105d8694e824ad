package pdf

import (
	"fmt"
	"slices"
	"strings"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// Columns of the evidence page.
const (
	labelWidth = 104.0
	valueX     = margin + labelWidth + 12
	valueWidth = pageWidth - margin - valueX
)

// evidenceSizes are tried until the evidence stands on one page.
var evidenceSizes = []float64{8.8, 8.5, 8.2, 7.9, 7.6, 7.3, 7, 6.7, 6.4}

// evidence draws what was signed, by whom, how and when, and how to verify it.
func (s *sheet) evidence(c workflow.CertificateContent) {
	s.page(evidenceTop, func() {})
	rows := table(evidenceSizes[0]).all(c)
	for _, size := range evidenceSizes {
		if smaller := table(size).all(c); height(smaller) <= s.bottom-s.y {
			rows = smaller
			break
		}
	}
	s.draw(rows)
}

// table composes the evidence in one size of text.
type table float64

func (t table) all(c workflow.CertificateContent) []row {
	rows := paragraph(margin, textWidth, 0, typeset.Run{Text: wordEvidence, Style: strong(17)})
	rows = append(rows, paragraph(margin, textWidth, 1, typeset.Run{Text: wordIntro, Style: muted(9)})...)
	for _, part := range [][]row{t.what(c), t.who(c), t.consent(c), t.steps(c), t.verifying(c), t.meaning()} {
		rows = append(rows, part...)
	}
	return rows
}

// section puts a heading over lines; it never stands alone at the foot of a
// page.
func (t table) section(title string, lines ...[]row) []row {
	size := float64(t)
	rows := paragraph(margin, textWidth, size*1.5, typeset.Run{Text: title, Style: accented(size * 1.18)})
	rows[0].ruled, rows[0].keep = true, 2
	return append(rows, slices.Concat(lines...)...)
}

// entry is a label and its value, side by side; nothing without value.
func (t table) entry(label, value string) []row {
	if value == "" {
		return nil
	}
	size := float64(t)
	return beside(
		paragraph(margin, labelWidth, size*0.26, typeset.Run{Text: label, Style: muted(size)}),
		paragraph(valueX, valueWidth, size*0.26, typeset.Run{Text: value, Style: plain(size)}),
	)
}

func (t table) what(c workflow.CertificateContent) []row {
	return t.section(wordWhat,
		t.entry(wordDeclaration, fmt.Sprintf(wordVersion, shortTitle(c.DeclarationTitle), c.DeclarationID, c.DeclarationVersion)),
		t.entry(wordTextHash, c.DeclarationSHA256),
		t.entry(wordOrganisation, organisation(c)),
		t.entry(wordPole, c.Pole.Name),
	)
}

func organisation(c workflow.CertificateContent) string {
	parts := []string{c.Organisation.Name}
	if p := places(c); p != "" {
		parts = append(parts, p)
	}
	if c.Organisation.NEQ != "" {
		parts = append(parts, fmt.Sprintf(wordNEQ, c.Organisation.NEQ))
	}
	return strings.Join(parts, ", ")
}

func (t table) who(c workflow.CertificateContent) []row {
	authority := wordNoResolution
	if !c.Resolution.IsZero() {
		authority = fmt.Sprintf(wordWithResolution, resolution(c.Resolution))
	}
	mailbox := fmt.Sprintf(wordMailboxProof, c.Mailbox, clock(c.MailboxConfirmedAt), localDate(c.MailboxConfirmedAt))
	return t.section(wordWho,
		t.entry(wordSignatory, c.Signatory.Name+", "+c.Signatory.Function),
		t.entry(wordAuthority, authority),
		t.entry(wordMailbox, mailbox),
	)
}

func (t table) consent(c workflow.CertificateContent) []row {
	return t.section(wordConsent,
		t.entry(wordConsentShown, c.Consent),
		t.entry(wordConsentHash, c.ConsentSHA256),
	)
}

// steps is a table: step, local time, universal time.
func (t table) steps(c workflow.CertificateContent) []row {
	size := float64(t)
	line := func(style typeset.Style, step, local, utc string) []row {
		const localX, utcX = margin + 218, margin + 363
		return beside(
			paragraph(margin, localX-margin-10, size*0.26, typeset.Run{Text: step, Style: style}),
			paragraph(localX, utcX-localX-10, size*0.26, typeset.Run{Text: local, Style: style}),
			paragraph(utcX, pageWidth-margin-utcX, size*0.26, typeset.Run{Text: utc, Style: style}),
		)
	}
	rows := [][]row{line(muted(size*0.94), wordStep, wordLocal, wordUTC)}
	for _, step := range c.Steps {
		rows = append(rows, line(plain(size*0.97), stepWord(step.Kind), localStamp(step.At), utcStamp(step.At)))
	}
	return t.section(wordSteps, rows...)
}

// stepWord words a step; one that is not known yet shows its own name.
func stepWord(kind workflow.StepKind) string {
	if word, ok := stepWords[kind]; ok {
		return word
	}
	return string(kind)
}

func (t table) verifying(c workflow.CertificateContent) []row {
	return t.section(wordHowToVerify,
		t.entry(wordOnline, fmt.Sprintf(wordOnlineText, c.VerifyURL)),
		t.entry(wordOffline, wordOfflineText),
	)
}

func (t table) meaning() []row {
	return t.section(wordSealMeans,
		t.entry(wordSays, wordSaysText),
		t.entry(wordSaysNot, wordSaysNotText),
	)
}
