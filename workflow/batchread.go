package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"

	"jachete/workflow/roster"
)

// asked is what a line asks for, or what is wrong with it.
type asked struct {
	cells        map[string]string
	request      InviteRequest
	organisation Organisation // without id and slug
	verdict      RowVerdict   // by the line alone
	reasons      []FieldError
}

// appointment is the organisation and the address of a line: an organisation
// has one open invitation per address.
func (q asked) appointment() string {
	return q.organisation.likeness() + "\x00" + q.request.Contact.Email
}

// read reads one line for a pôle and judges it by itself.
func (s *Service) read(g gazetteer, pole Pole, campaign string, cells map[string]string) asked {
	q := asked{cells: cells, verdict: RowGood}
	kind := kindOf(cells[columnKind])
	var f fields
	q.request = InviteRequest{
		Pole: pole.Slug, Organisation: cells[columnOrganisation], Kind: kind, Place: g.place(cells, kind, &f), NEQ: cells[columnNEQ],
		Contact: Contact{Name: strings.TrimSpace(cells[columnFirstName] + " " + cells[columnName]), Function: cells[columnFunction],
			Email: cells[columnEmail], Civility: civilityOf(cells[columnCivility], &f)},
		Language: languageOf(cells[columnLanguage]), Source: cells[columnSource], Message: cells[columnMessage], Campaign: campaign,
	}
	var err error
	q.organisation, err = s.cleanInvite(&q.request)
	q.reasons = withoutEchoes(f, err)
	if len(q.reasons) == 0 && !pole.Territory.Covers(q.organisation.place()) {
		q.verdict, q.reasons = RowOutside, []FieldError{{Field: "municipality", Key: "batch.outside"}}
	} else if len(q.reasons) > 0 {
		q.verdict = verdictOf(q.reasons)
	}
	return q
}

func civilityOf(cell string, f *fields) Civility {
	c, known := civilityWords[Fold(cell)]
	if !known {
		f.add("civility", "batch.civility")
	}
	return c
}

// withoutEchoes puts what is wrong together: where the words for a place were
// not understood, that the place is missing is no news.
func withoutEchoes(found fields, err error) []FieldError {
	var refused *Error
	if !errors.As(err, &refused) {
		return found
	}
	place := false
	for _, f := range found {
		place = place || isPlace(f)
	}
	for _, f := range refused.Fields {
		if !place || !isPlace(f) {
			found = append(found, f)
		}
	}
	return found
}

func isPlace(f FieldError) bool {
	return f.Field == "municipality" || f.Field == "mrc" || f.Field == "region"
}

// verdictOf sums up: one kind of trouble is named, several are fields to
// correct.
func verdictOf(reasons []FieldError) RowVerdict {
	verdict := RowVerdict("")
	for _, f := range reasons {
		this := RowFields
		switch {
		case f.Key == "batch.ambiguous":
			this = RowAmbiguous
		case f.Key == "supplier.outside":
			this = RowOutside
		case isPlace(f):
			this = RowMunicipality
		case f.Field == "email":
			this = RowAddress
		case f.Field == "signed" || f.Field == "announced":
			this = RowDate
		case f.Field == "proof":
			this = RowSource
		}
		if verdict != "" && verdict != this {
			return RowFields
		}
		verdict = this
	}
	return verdict
}

// BatchRequest is a file that somebody wants to invite from.
type BatchRequest struct {
	Pole     string
	Campaign string
	FileName string
	File     []byte
}

// CheckBatch reads a file and gives the verdict of each line; nothing is
// written. Invalid names the field to correct: the file with the line and the
// reason it cannot be read, the pôle, the campaign.
func (s *Service) CheckBatch(ctx context.Context, a Actor, r BatchRequest) (Batch, []BatchRow, error) {
	if err := a.Permit(PermitWrite, r.Pole); err != nil {
		return Batch{}, nil, err
	}
	pole, err := s.batchPole(ctx, r)
	if err != nil {
		return Batch{}, nil, err
	}
	sheet, err := roster.Read(r.File, invitationColumns)
	if err != nil {
		return Batch{}, nil, unreadable(err)
	}
	rows, err := s.judge(ctx, pole, r.Campaign, sheet.Rows)
	if err != nil {
		return Batch{}, nil, err
	}
	return s.batchOf(a, BatchOfInvitations, r, sheet, rows), rows, nil
}

// batchOf drafts the preview of a file whose lines are judged.
func (s *Service) batchOf(a Actor, purpose BatchPurpose, r BatchRequest, sheet roster.Sheet, rows []BatchRow) Batch {
	sum := sha256.Sum256(r.File)
	b := Batch{ID: newID(), Purpose: purpose, PoleSlug: r.Pole, Campaign: r.Campaign, FileName: cleanFileName(r.FileName),
		SHA256: hex.EncodeToString(sum[:]), State: BatchPreview, Unknown: sheet.Unknown, Counts: map[RowVerdict]int{},
		CreatedBy: a.name(), CreatedAt: s.now()}
	for _, row := range rows {
		b.Counts[row.Verdict]++
	}
	return b
}

// batchPole finds the pôle and holds the campaign to it.
func (s *Service) batchPole(ctx context.Context, r BatchRequest) (Pole, error) {
	pole, err := s.Store.Pole(ctx, r.Pole)
	if IsKind(err, NotFound) {
		return Pole{}, &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "pole", Key: "pole.unknown"}}}
	} else if err != nil {
		return Pole{}, err
	}
	return pole, s.openCampaign(ctx, r.Pole, r.Campaign)
}

// openCampaign refuses a campaign that takes no invitations.
func (s *Service) openCampaign(ctx context.Context, pole, slug string) error {
	if slug == "" {
		return nil
	}
	var f fields
	c, err := s.Store.Campaign(ctx, pole, slug)
	switch {
	case IsKind(err, NotFound):
		f.add("campaign", "batch.campaign-unknown")
	case err != nil:
		return err
	case c.Closed:
		f.add("campaign", "batch.campaign-closed")
	}
	return f.err()
}

// unreadable says of a file's fault what the person who sent it can do.
func unreadable(err error) error {
	var fault *roster.Fault
	if !errors.As(err, &fault) {
		return err
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Err: err, Fields: []FieldError{{Field: "file", Key: "roster." + string(fault.Reason),
		Args: map[string]string{"line": fmt.Sprint(fault.Line), "columns": fault.Detail}}}}
}

// cleanFileName keeps of a name what may be shown.
func cleanFileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	clean, problem := CleanLine(name, MaxName)
	if problem != nil || clean == "." || clean == "/" {
		return ""
	}
	return clean
}

// judge gives the verdict of every line, with a few questions to the store.
func (s *Service) judge(ctx context.Context, pole Pole, campaign string, lines []roster.Row) ([]BatchRow, error) {
	g := newGazetteer(s.Atlas)
	questions := make([]asked, len(lines))
	for i, line := range lines {
		questions[i] = s.read(g, pole, campaign, line.Cells)
	}
	known, err := s.standing(ctx, s.Store, pole, questions)
	if err != nil {
		return nil, err
	}
	rows, first := make([]BatchRow, len(lines)), map[string]int{}
	for i, q := range questions {
		verdict, reasons := known.verdict(q)
		if verdict == RowGood {
			if earlier, twice := first[q.appointment()]; twice {
				verdict, reasons = RowDuplicate, []FieldError{{Field: "email", Key: "batch.duplicate", Args: map[string]string{"line": fmt.Sprint(earlier)}}}
			} else {
				first[q.appointment()] = lines[i].Line
			}
		}
		rows[i] = BatchRow{Line: lines[i].Line, Verdict: verdict, Reasons: reasons, Cells: lines[i].Cells}
	}
	return rows, nil
}
