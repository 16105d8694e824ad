package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/roster"
)

// importPoll is how often an import looks how far another instance, which was
// quicker to take it up, has come.
const importPoll = 200 * time.Millisecond

type inviteImportCommand struct {
	File     string `arg:"" help:"CSV file: columns by name in its first line, UTF-8 or Windows-1252, comma or semicolon."`
	Pole     string `help:"Pôle that invites." required:""`
	Campaign string `help:"Campaign the invitations belong to."`
	DryRun   bool   `help:"Say what would become of each line, and invite nobody."`
}

// Help tells what the verdicts and the exit status mean.
func (inviteImportCommand) Help() string {
	return "Prints a verdict for each line. Good lines are invited; the same file again adds nothing. " +
		"Exit status: 0 no line is left to correct, 1 some are (the others were invited), 2 the file cannot be read."
}

// Run implements the command.
func (p inviteImportCommand) Run(c *Config, std *streams) error {
	file, err := readList(p.File)
	if err != nil {
		return err
	}
	request := workflow.BatchRequest{Pole: p.Pole, Campaign: p.Campaign, FileName: filepath.Base(p.File), File: file}
	return with(c, std, func(ctx context.Context, a *app) error {
		report, err := p.run(ctx, a, std, request)
		if err != nil {
			return err
		}
		if err := report.print(c, std); err != nil {
			return err
		}
		if mendable(report.Verdicts) {
			return exitCode(1)
		}
		return nil
	})
}

// readList reads no more of a file than could be a list.
func readList(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, misuse{err}
	case info.Size() > roster.MaxBytes:
		return nil, worded(&workflow.Error{Kind: workflow.Invalid, Fields: []workflow.FieldError{{Field: "file", Key: "roster." + string(roster.ReasonLarge)}}})
	}
	return os.ReadFile(path)
}

func (p inviteImportCommand) run(ctx context.Context, a *app, std *streams, r workflow.BatchRequest) (importReport, error) {
	if p.DryRun {
		b, rows, err := a.service.CheckBatch(ctx, workflow.Operator(), r)
		return reportOf(b, rows, true), err
	}
	b, err := a.service.PreviewBatch(ctx, workflow.Operator(), r)
	if err == nil && b.Good() > 0 {
		b, err = a.sendBatch(ctx, std, b)
		a.warnAboutAddress(ctx, std, p.Pole)
	}
	if err != nil {
		return importReport{}, err
	}
	rows, err := a.service.BatchRows(ctx, workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID})
	return reportOf(b, rows, false), err
}

// sendBatch confirms a batch and stays with it until all its lines had their
// turn, here or on an instance that was quicker.
func (a *app) sendBatch(ctx context.Context, std *streams, b workflow.Batch) (workflow.Batch, error) {
	seen := workflow.Seen{Good: b.Good(), SHA256: b.SHA256}
	if err := a.service.ConfirmBatch(ctx, workflow.Operator(), b.ID, seen); err != nil {
		return b, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := make(chan error, 1)
	go func() { failed <- a.service.WorkBatches(ctx) }()
	bar := newBar(std.err, b.Good())
	defer bar.end()
	for b.State == workflow.BatchConfirmed || b.State == workflow.BatchPreview {
		select {
		case err := <-failed:
			if err != nil {
				return b, err
			}
		case <-time.After(importPoll):
		case <-ctx.Done():
			return b, ctx.Err()
		}
		var err error
		if b, err = a.service.Batch(ctx, workflow.Operator(), b.ID); err != nil {
			return b, err
		}
		bar.show(b.Settled())
	}
	return b, nil
}

// importReport is an import as --json prints it.
type importReport struct {
	Batch    string                      `json:"batch,omitempty"`
	Pole     string                      `json:"pole"`
	DryRun   bool                        `json:"dry_run"`
	State    workflow.BatchState         `json:"state,omitempty"`
	Invited  int                         `json:"invited"`
	Unknown  []string                    `json:"unknown_columns,omitempty"`
	Verdicts map[workflow.RowVerdict]int `json:"verdicts"`
	Rows     []importRow                 `json:"rows"`
}

type importRow struct {
	Line         int                 `json:"line"`
	Verdict      workflow.RowVerdict `json:"verdict"`
	Reasons      []string            `json:"reasons,omitempty"`
	Organisation string              `json:"organisation"`
	Invitation   string              `json:"invitation,omitempty"`
}

func reportOf(b workflow.Batch, rows []workflow.BatchRow, dry bool) importReport {
	r := importReport{Pole: b.PoleSlug, DryRun: dry, Invited: b.Made, Unknown: b.Unknown, Verdicts: map[workflow.RowVerdict]int{}, Rows: []importRow{}}
	if !dry {
		r.Batch, r.State = b.ID, b.State
	}
	for _, row := range rows {
		r.Verdicts[row.Fate()]++
		r.Rows = append(r.Rows, importRow{Line: row.Line, Verdict: row.Fate(), Organisation: row.Cells["organisation"],
			Invitation: row.InvitationID, Reasons: wordedReasons(row)})
	}
	return r
}

// wordedReasons says what is noted on a line, in the language of the terminal.
func wordedReasons(row workflow.BatchRow) (reasons []string) {
	for _, f := range row.Reasons {
		reasons = append(reasons, templates.FieldSentence(terminalLanguage(), f))
	}
	return reasons
}

// mendable tells of lines that somebody could correct.
func mendable(verdicts map[workflow.RowVerdict]int) bool {
	for verdict, n := range verdicts {
		if n > 0 && verdict.Mendable() {
			return true
		}
	}
	return false
}

// print writes a line for each of the file's. What a cell holds is quoted: a
// terminal obeys some characters.
func (r importReport) print(c *Config, std *streams) error {
	if c.JSON {
		return std.printJSON(r)
	}
	std.warnUnused(r.Unknown)
	for _, row := range r.Rows {
		std.printLine(row.Line, row.Verdict, row.Organisation, append(row.Reasons, row.Invitation))
	}
	did := "invited"
	if r.DryRun {
		did = "would be invited"
		r.Invited = r.Verdicts[workflow.RowGood]
	}
	fmt.Fprintf(std.out, "%d of %d lines %s\n", r.Invited, len(r.Rows), did)
	return nil
}

// warnUnused names the columns that were left aside.
func (std *streams) warnUnused(columns []string) {
	for _, name := range columns {
		fmt.Fprintf(std.err, "jachete: column %q is not used\n", name)
	}
}

// printLine says what becomes of one line of a file.
func (std *streams) printLine(line int, verdict workflow.RowVerdict, organisation string, notes []string) {
	fmt.Fprintln(std.out, strings.TrimRight(fmt.Sprintf("%d  %s  %q  %s", line, verdict, organisation, strings.Join(notes, " ")), " "))
}
