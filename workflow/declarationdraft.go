package workflow

import (
	"regexp"
	"strings"
	"time"
)

// DeclarationDraft is a version of a declaration in the making. It may change
// until it is published; it is then copied into a Declaration and gone.
type DeclarationDraft struct {
	ID            string
	DeclarationID string
	PoleSlug      string // whose own variant it will be; empty for everybody's
	Number        string // "1.1", as typed
	TitleFR       string
	TitleEN       string
	BodyFR        string // Markdown without its title
	BodyEN        string
	PublishAt     time.Time // zero while no date is set
	Revision      int       // moves with every change
	CreatedBy     string    // staff id, or "operator"
	CreatedAt     time.Time
	ChangedAt     time.Time
}

// KeyDraftMoved is the key of the Conflict that Tx.SetDeclarationDraft gives:
// somebody else has changed, published or dropped the draft.
const KeyDraftMoved = "draft.moved"

// versionNumber is the number of a version, without the pôle of a variant.
var versionNumber = regexp.MustCompile(`^\d{1,3}\.\d{1,3}$`)

// Version is what the draft will be called: "1.1", or "1.1-estrie".
func (d DeclarationDraft) Version() string {
	if d.PoleSlug == "" {
		return d.Number
	}
	return d.Number + "-" + d.PoleSlug
}

// Planned tells that a date is set; the text is then not to be edited.
func (d DeclarationDraft) Planned() bool { return !d.PublishAt.IsZero() }

// Declaration is the draft as it would be published.
func (d DeclarationDraft) Declaration() Declaration {
	fr, en := withTitle(d.TitleFR, d.BodyFR), withTitle(d.TitleEN, d.BodyEN)
	return Declaration{ID: d.DeclarationID, Version: d.Version(), TitleFR: d.TitleFR, TitleEN: d.TitleEN, TextFR: fr, TextEN: en,
		SHA256FR: TextSHA256(fr), SHA256EN: TextSHA256(en), PublishedAt: d.PublishAt, PoleSlug: d.PoleSlug}
}

// withTitle is a whole text: its first line is its title, see bodyOf.
func withTitle(title, body string) string { return "# " + title + "\n\n" + body + "\n" }

// bodyOf is a whole text without its title.
func bodyOf(text string) string {
	_, body, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(body)
}
