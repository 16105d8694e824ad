package pdf

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jachete/pdf/archive"
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
	sect := s.doc.Tree.Root.Under(archive.RoleSection)
	s.page(evidenceTop, func() {})
	var rows, first []row
	for i, size := range evidenceSizes {
		rows = table{sect, size}.all(c)
		if height(rows) <= s.bottom-s.y {
			break
		}
		if i == 0 {
			first = rows
		}
		rows = first // when no size fits
	}
	s.draw(rows)
}

// table composes the evidence in one size of text.
type table struct {
	sect *archive.Element
	size float64
}

func (t table) all(c workflow.CertificateContent) []row {
	title := paragraph(margin, textWidth, 0, typeset.Run{Text: wordEvidence, Style: strong(17)})
	return slices.Concat(
		heading(t.sect, 2, wordEvidence, title),
		prose(t.sect, 1, wordIntro, muted(9)),
		t.what(c), t.who(c), t.consent(c), t.steps(c), t.verifying(c), t.meaning(),
	)
}

// section is a heading, which never stands alone at the foot of a page.
func (t table) section(title string) []row { return t.headed(3, title) }

func (t table) headed(level int, title string) []row {
	rows := paragraph(margin, textWidth, t.size*1.5, typeset.Run{Text: title, Style: accented(t.size * 1.18)})
	rows[0].ruled, rows[0].keep = true, 2
	return heading(t.sect, level, title, rows)
}

// entry is a label and its value.
type entry struct{ label, value string }

// entries are a section with a table of labels and values.
func (t table) entries(title string, list ...entry) []row {
	return append(t.section(title), t.pairs(list...)...)
}

// pairs are a table of labels and values side by side; what has no value is
// left out.
func (t table) pairs(list ...entry) (rows []row) {
	element := t.sect.Under(archive.RoleTable)
	for _, e := range list {
		if e.value == "" {
			continue
		}
		line := element.Under(archive.RoleRow)
		rows = append(rows, beside(
			header(line, archive.ScopeRow, paragraph(margin, labelWidth, t.size*0.26, typeset.Run{Text: e.label, Style: muted(t.size)})),
			tagged(line.Under(archive.RoleCell), paragraph(valueX, valueWidth, t.size*0.26, typeset.Run{Text: e.value, Style: plain(t.size)})),
		)...)
	}
	return rows
}

// header tags rows as a table header.
func header(line *archive.Element, scope archive.Scope, rows []row) []row {
	e := line.Under(archive.RoleHeader)
	e.Scope = scope
	return tagged(e, rows)
}

func (t table) what(c workflow.CertificateContent) []row {
	return t.entries(wordWhat,
		entry{wordDeclaration, fmt.Sprintf(wordVersion, shortTitle(c.DeclarationTitle), c.DeclarationID, c.DeclarationVersion)},
		entry{wordTextHash, c.DeclarationSHA256},
		entry{wordOrganisation, organisation(c)},
		entry{wordPole, c.Pole.Name},
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
	list := []entry{
		{wordSignatory, c.Signatory.Name + ", " + c.Signatory.Function},
		{wordDrawing, joinedHash(drawingSHA256(c.Drawing))},
		{wordAuthority, authority},
		{wordExtract, joinedHash(c.Resolution.ExtractSHA256)},
		{wordMailbox, mailboxProof(c.Mailbox, c.MailboxConfirmedAt)},
	}
	for _, who := range c.Beside() {
		label := wordBesides
		if who.Seat == workflow.SeatPole {
			label = wordCountersigner
		}
		list = append(list, entry{label, who.Name + ", " + who.Function + ". " + mailboxProof(who.Mailbox, who.MailboxConfirmedAt)},
			entry{wordDrawing, joinedHash(drawingSHA256(who.Drawing))})
	}
	return t.entries(wordWho, list...)
}

func mailboxProof(mailbox string, confirmed time.Time) string {
	return fmt.Sprintf(wordMailboxProof, mailbox, clock(confirmed), localDate(confirmed))
}

func (t table) consent(c workflow.CertificateContent) []row {
	list := []entry{{wordConsentShown, c.Consent}, {wordConsentHash, c.ConsentSHA256}}
	for _, who := range c.Beside() {
		if who.Seat == workflow.SeatPole { // everybody else read the same words
			list = append(list, entry{wordConsentPole, who.Consent}, entry{wordConsentHash, who.ConsentSHA256})
		}
	}
	return t.entries(wordConsent, list...)
}

// Columns of the table of steps.
const (
	localX = margin + 218
	utcX   = margin + 363
)

// steps is a table: step, local time, universal time.
func (t table) steps(c workflow.CertificateContent) []row {
	rows := t.section(wordSteps)
	element := t.sect.Under(archive.RoleTable)
	head, style := element.Under(archive.RoleRow), muted(t.size*0.94)
	rows = append(rows, beside(
		header(head, archive.ScopeColumn, t.cell(margin, localX-10, wordStep, style)),
		header(head, archive.ScopeColumn, t.cell(localX, utcX-10, wordLocal, style)),
		header(head, archive.ScopeColumn, t.cell(utcX, pageWidth-margin, wordUTC, style)),
	)...)
	for _, step := range c.Steps {
		line, style := element.Under(archive.RoleRow), plain(t.size*0.97)
		rows = append(rows, beside(
			header(line, archive.ScopeRow, t.cell(margin, localX-10, stepWord(step), style)),
			tagged(line.Under(archive.RoleCell), t.cell(localX, utcX-10, localStamp(step.At), style)),
			tagged(line.Under(archive.RoleCell), t.cell(utcX, pageWidth-margin, utcStamp(step.At), style)),
		)...)
	}
	return rows
}

// cell sets s between two places.
func (t table) cell(from, to float64, s string, style typeset.Style) []row {
	return paragraph(from, to-from, t.size*0.26, typeset.Run{Text: s, Style: style})
}

// stepWord words a step, and whose it was when several signed; one that is not
// known yet shows its own name.
func stepWord(step workflow.CertificateStep) string {
	word, ok := stepWords[step.Kind]
	if !ok {
		word = string(step.Kind)
	}
	if step.Who != "" {
		word = fmt.Sprintf(wordStepBy, word, step.Who)
	}
	return word
}

func (t table) verifying(c workflow.CertificateContent) []row {
	return t.entries(wordHowToVerify,
		entry{wordOnline, fmt.Sprintf(wordOnlineText, c.VerifyURL)},
		entry{wordOffline, wordOfflineText},
	)
}

func (t table) meaning() []row {
	return t.entries(wordSealMeans, entry{wordSays, wordSaysText}, entry{wordSaysNot, wordSaysNotText})
}
