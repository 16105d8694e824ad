package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"jachete/workflow"
	"jachete/workflow/journal"
)

type journalCommand struct {
	Verify journalVerifyCommand `cmd:"" help:"Recompute the journal and compare it with its checkpoints."`
}

type journalVerifyCommand struct {
	Deep    bool   `help:"Read every stored certificate too."`
	Against string `help:"Folder of checkpoints kept elsewhere (*.txt)." type:"existingdir"`
	Site    string `help:"Public address of a service to hold to these checkpoints, instead of the database here."`
}

// faultCodes are the exit statuses of a verification that found something.
var faultCodes = map[journal.FaultKind]exitCode{
	journal.FaultAltered: 2, journal.FaultTruncated: 3, journal.FaultCheckpoint: 4, journal.FaultFile: 5,
}

// journalRecord is the result as --json prints it.
type journalRecord struct {
	Sound        bool   `json:"sound"`
	Entries      int64  `json:"entries"`
	Hash         string `json:"hash,omitempty"`
	Checkpoints  int    `json:"checkpoints"`
	Certificates int    `json:"certificates"`
	Fault        string `json:"fault,omitempty"`
	FaultAt      int64  `json:"fault_at,omitempty"`
	kind         journal.FaultKind
}

// Run implements the command.
func (p journalVerifyCommand) Run(c *Config, std *streams) error {
	kept, err := readCheckpoints(p.Against)
	if err != nil {
		return err
	}
	if p.Site != "" {
		r, err := verifySite(context.Background(), p.Site, kept)
		if err != nil {
			return err
		}
		return p.report(c, std, r)
	}
	return with(c, std, func(ctx context.Context, a *app) error {
		report, err := a.service.VerifyJournal(ctx, kept, p.Deep)
		fault := workflow.IsFault(err)
		if err != nil && fault == nil {
			return err
		}
		r := journalRecord{Sound: fault == nil, Entries: report.Entries, Hash: report.Hash, Checkpoints: report.Checkpoints, Certificates: report.Certificates}
		if fault != nil {
			r.Fault, r.FaultAt, r.kind = fault.Error(), fault.Seq, fault.Kind
		}
		return p.report(c, std, r)
	})
}

// report prints the result, and gives its exit status.
func (journalVerifyCommand) report(c *Config, std *streams, r journalRecord) error {
	if err := printJournal(c, std, r); err != nil || r.Sound {
		return err
	}
	return faultCodes[r.kind]
}

func printJournal(c *Config, std *streams, r journalRecord) error {
	switch {
	case c.JSON:
		return std.printJSON(r)
	case !r.Sound:
		fmt.Fprintln(std.err, "jachete: "+r.Fault)
	default:
		fmt.Fprintf(std.out, "sound: %d entries, %d checkpoints, %d certificates read, head %s\n", r.Entries, r.Checkpoints, r.Certificates, r.Hash)
	}
	return nil
}

// readCheckpoints reads the notes of a folder; no folder, no notes.
func readCheckpoints(dir string) ([]string, error) {
	if dir == "" {
		return nil, nil
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, misuse{fmt.Errorf("%s holds no checkpoint (*.txt)", dir)}
	}
	var notes []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		notes = append(notes, string(text))
	}
	return notes, nil
}
