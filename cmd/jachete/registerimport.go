package main

import (
	"context"
	"fmt"
	"path/filepath"

	"jachete/workflow"
)

type registerImportCommand struct {
	File   string `arg:"" help:"CSV file: columns by name in its first line, UTF-8 or Windows-1252, comma or semicolon."`
	Pole   string `help:"Pôle whose signatories they are; lines that name another one are left out." required:""`
	DryRun bool   `help:"Say what would become of each line, and enter nobody."`
}

// Help tells what the verdicts and the exit status mean.
func (registerImportCommand) Help() string {
	return "Prints a verdict for each line. Good lines enter the register, all at once; the same file again adds nothing. " +
		"Dates may be partial: 2013, 2013-03, 2018-02-20, « avant 2017-02 ». " +
		"Exit status: 0 no line is left to correct, 1 some are (the others were entered), 2 the file cannot be read."
}

// Run implements the command.
func (p registerImportCommand) Run(c *Config, std *streams) error {
	file, err := readList(p.File)
	if err != nil {
		return err
	}
	request := workflow.BatchRequest{Pole: p.Pole, FileName: filepath.Base(p.File), File: file}
	return with(c, std, func(ctx context.Context, a *app) error {
		report, err := p.run(ctx, a, request)
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

func (p registerImportCommand) run(ctx context.Context, a *app, r workflow.BatchRequest) (registerReport, error) {
	if p.DryRun {
		b, rows, err := a.service.CheckPaper(ctx, workflow.Operator(), r)
		return registerReportOf(b, rows, true), err
	}
	b, err := a.service.PreviewPaper(ctx, workflow.Operator(), r)
	if err == nil && b.Good() > 0 {
		b, err = a.service.ConfirmPaper(ctx, workflow.Operator(), b.ID, workflow.Seen{Good: b.Good(), SHA256: b.SHA256})
	}
	if err != nil {
		return registerReport{}, err
	}
	rows, err := a.service.PaperRows(ctx, workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID})
	return registerReportOf(b, rows, false), err
}

// registerReport is an import as --json prints it.
type registerReport struct {
	Batch    string                      `json:"batch,omitempty"`
	Pole     string                      `json:"pole"`
	DryRun   bool                        `json:"dry_run"`
	State    workflow.BatchState         `json:"state,omitempty"`
	Entered  int                         `json:"entered"`
	Unknown  []string                    `json:"unknown_columns,omitempty"`
	Verdicts map[workflow.RowVerdict]int `json:"verdicts"`
	Rows     []registerRow               `json:"rows"`
}

type registerRow struct {
	Line         int                 `json:"line"`
	Verdict      workflow.RowVerdict `json:"verdict"`
	Reasons      []string            `json:"reasons,omitempty"`
	Organisation string              `json:"organisation"`
	Commitment   string              `json:"commitment,omitempty"`
}

func registerReportOf(b workflow.Batch, rows []workflow.BatchRow, dry bool) registerReport {
	r := registerReport{Pole: b.PoleSlug, DryRun: dry, Entered: b.Made, Unknown: b.Unknown, Verdicts: map[workflow.RowVerdict]int{}, Rows: []registerRow{}}
	if !dry {
		r.Batch, r.State = b.ID, b.State
	}
	for _, row := range rows {
		r.Verdicts[row.Fate()]++
		r.Rows = append(r.Rows, registerRow{Line: row.Line, Verdict: row.Fate(), Reasons: wordedReasons(row),
			Organisation: row.Cells["organisation"], Commitment: row.InvitationID})
	}
	return r
}

func (r registerReport) print(c *Config, std *streams) error {
	if c.JSON {
		return std.printJSON(r)
	}
	std.warnUnused(r.Unknown)
	for _, row := range r.Rows {
		std.printLine(row.Line, row.Verdict, row.Organisation, append(row.Reasons, row.Commitment))
	}
	did := "entered"
	if r.DryRun {
		did = "would be entered"
		r.Entered = r.Verdicts[workflow.RowGood]
	}
	fmt.Fprintf(std.out, "%d of %d lines %s\n", r.Entered, len(r.Rows), did)
	return nil
}
