package templates

import (
	"html/template"

	"jachete/workflow"
)

// TeamDeclarations is the list of the texts.
type TeamDeclarations struct {
	TeamFrame
	Shelf workflow.DeclarationShelf
	Poles map[string]string // short names by slug
	Scope []Option          // for whom the person may begin a text; none for those who read
	Older []workflow.Pole   // pôles of the person, to propose the text in force there
	Done  string            // "published", "dropped", or empty
}

// File implements [Page].
func (*TeamDeclarations) File() string { return "team_declarations" }

// Whose says for whom a text is.
func (p *TeamDeclarations) Whose(pole string) string { return whose(&p.TeamFrame, p.Poles, pole) }

// Name is a draft in a list of versions.
func (p *TeamDeclarations) Name(d workflow.DeclarationDraft) string {
	return p.T("comparison.draft", "Version", d.Version())
}

// DraftMark is the state of a draft.
func (f *TeamFrame) DraftMark(d workflow.DeclarationDraft) Mark {
	if d.Planned() {
		return Mark{"going", f.T("draft.planned-for", "Date", f.Day(d.PublishAt))}
	}
	return Mark{"wait", f.T("draft.state")}
}

func whose(f *TeamFrame, poles map[string]string, pole string) string {
	if pole == "" {
		return f.T("declarations.everybody")
	}
	if name := poles[pole]; name != "" {
		return name
	}
	return pole
}

// TeamDraft is a text in the making. Revision is that of the stored text.
type TeamDraft struct {
	TeamFrame
	Draft  workflow.DeclarationDraft // as typed, where it was
	Whose  string
	Before string // version it comes after, to compare with
	Saved  bool
}

// File implements [Page].
func (*TeamDraft) File() string { return "team_draft" }

// TeamPreview is a draft as its readers would see it.
type TeamPreview struct {
	TeamFrame
	Draft workflow.DeclarationDraft
}

// File implements [Page].
func (*TeamPreview) File() string { return "team_draft_preview" }

// Text is the French text without its title.
func (p *TeamPreview) Text() template.HTML { return HTML(p.Draft.BodyFR) }

// Translation is the English text without its title.
func (p *TeamPreview) Translation() template.HTML { return HTML(p.Draft.BodyEN) }

// TeamPublish asks once before a text is published for good.
type TeamPublish struct {
	TeamFrame
	Draft  workflow.DeclarationDraft
	Whose  string
	Before string
	On     string // as typed
}

// File implements [Page].
func (*TeamPublish) File() string { return "team_draft_publish" }

// TeamComparison is the difference between two texts.
type TeamComparison struct {
	TeamFrame
	From, To         workflow.Declaration
	FromName, ToName string
	Choices          []Option // versions to compare, To chosen
	Others           []Option // the same, From chosen
}

// File implements [Page].
func (*TeamComparison) File() string { return "team_comparison" }

// French is what changed in the instrument.
func (p *TeamComparison) French() Comparison {
	return p.comparison(p.From.TextFR, p.To.TextFR, "fr-CA")
}

// English is what changed in the translation.
func (p *TeamComparison) English() Comparison {
	return p.comparison(p.From.TextEN, p.To.TextEN, "en-CA")
}

func (p *TeamComparison) comparison(before, after, tag string) Comparison {
	return compare(&p.Frame, before, after, tag)
}

// compare tells what changed from one text to another.
func compare(f *Frame, before, after, tag string) Comparison {
	c := Comparison{Frame: f, TextTag: tag, Changes: changesOf(before, after)}
	for _, change := range c.Changes {
		switch change.Kind {
		case ChangeAdded:
			c.Added++
		case ChangeRemoved:
			c.Removed++
		}
	}
	return c
}

// Comparison is what changed in one text, for the block "comparison".
type Comparison struct {
	*Frame
	TextTag        string // language of the text, BCP 47
	Changes        []Change
	Added, Removed int // pieces
}

// TeamRenewals is who has signed an older text.
type TeamRenewals struct {
	TeamFrame
	Found    workflow.RenewalPage
	Poles    []Option // to choose from, when there are several
	Invited  bool     // some have just been
	MostOnce int      // invitations of one click
}

// File implements [Page].
func (*TeamRenewals) File() string { return "team_renewals" }

// Barrier says why a click does not invite.
func (p *TeamRenewals) Barrier(b workflow.RenewalBarrier) string {
	return p.T("barrier." + string(b))
}
