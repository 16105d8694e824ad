package templates

import (
	"net/url"
	"strconv"

	"jachete/workflow"
)

// TeamImport is the form of a list of invitations.
type TeamImport struct {
	TeamFrame
	Pole, Campaign   string // as chosen
	Poles, Campaigns []Option
	NoAddress        []workflow.Pole // pôles without a postal address
	Latest           []LatestBatch   // newest first
}

// LatestBatch is a list of invitations among others.
type LatestBatch struct {
	workflow.Batch
	Pole string // its short name
}

// File implements [Page].
func (*TeamImport) File() string { return "team_import" }

// Columns lists the columns of the model file, for what is said of each.
func (*TeamImport) Columns() []string { return workflow.InvitationColumns }

// TeamBatch is a list of invitations with what becomes of its lines.
type TeamBatch struct {
	TeamFrame
	Batch          workflow.Batch
	Pole           workflow.Pole
	Campaign       string // its name, or empty
	Good           bool   // shows the good lines rather than those left out
	Lines          []BatchLine
	Page, Pages    int
	Previous, Next string // addresses, or empty
}

// File implements [Page].
func (*TeamBatch) File() string { return "team_batch" }

// Refused is how many lines are left out, so far.
func (p *TeamBatch) Refused() int { return p.Batch.Lines() - p.Batch.Good() + p.Batch.Skipped }

// Turn counts the pages of the lines, of that size, and finds the two beside
// this one at the address of the list.
func (p *TeamBatch) Turn(list string, size int) {
	total, query := p.Refused(), url.Values{}
	if p.Good {
		total = p.Batch.Good() - p.Batch.Skipped
		query.Set("voir", "bonnes")
	}
	at := func(page int) string {
		if query.Del("page"); page > 1 {
			query.Set("page", strconv.Itoa(page))
		}
		if len(query) == 0 {
			return list
		}
		return list + "?" + query.Encode()
	}
	p.Pages = (total + size - 1) / size
	if p.Page > 1 {
		p.Previous = at(min(p.Page-1, max(p.Pages, 1)))
	}
	if p.Page < p.Pages {
		p.Next = at(p.Page + 1)
	}
}

// Left is how many good lines a cancellation kept from being sent.
func (p *TeamBatch) Left() int { return p.Batch.Good() - p.Batch.Settled() }

// BatchLine is one line of a list.
type BatchLine struct {
	Line                      int // in the file
	Organisation, Name, Email string
	Fate                      workflow.RowVerdict
	Reasons                   []string // sentences
	InvitationID              string   // once invited
}

// VerdictFigure is a verdict with the number of lines that have it.
type VerdictFigure struct {
	Verdict workflow.RowVerdict
	Count   int
}

// Figures lists the verdicts that some line has.
func (p *TeamBatch) Figures() (list []VerdictFigure) {
	for _, v := range workflow.RowVerdicts {
		if n := p.Batch.Counts[v]; n > 0 {
			list = append(list, VerdictFigure{v, n})
		}
	}
	return list
}

// VerdictMark describes a verdict: good, to mend, or for no sending at all.
func (f *TeamFrame) VerdictMark(v workflow.RowVerdict) Mark {
	class := "ended"
	switch {
	case v == workflow.RowGood:
		class = "good"
	case v.Mendable():
		class = "bad"
	}
	return Mark{class, f.T("verdict." + string(v))}
}

var batchShapes = map[workflow.BatchState]string{workflow.BatchPreview: "wait", workflow.BatchConfirmed: "going",
	workflow.BatchDone: "good", workflow.BatchCancelled: "ended"}

// BatchMark describes the state of a list.
func (f *TeamFrame) BatchMark(s workflow.BatchState) Mark {
	return Mark{batchShapes[s], f.T("batch-state." + string(s))}
}

// FileName is the name of a list's file, or words for one that cannot be shown.
func (f *TeamFrame) FileName(b workflow.Batch) string {
	if b.FileName == "" {
		return f.T("batch.no-name")
	}
	return b.FileName
}
