package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"jachete/workflow"
)

type certificateCommand struct {
	Get     certificateGetCommand     `cmd:"" help:"Write a certificate to a file."`
	Verify  certificateVerifyCommand  `cmd:"" help:"Compare a file with everything that was issued."`
	Archive certificateArchiveCommand `cmd:"" help:"Add the proof that outlives today's algorithms (PAdES B-LTA)."`
	Restore certificateRestoreCommand `cmd:"" help:"Put a kept copy back in the place of a damaged file; only the very file issued is taken."`
}

type certificateGetCommand struct {
	Number string `arg:"" help:"Number of the certificate."`
	Output string `short:"o" help:"File to write, - for standard output." required:""`
}

// Run implements the command.
func (p certificateGetCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		cert, err := a.service.CertificateByNumber(ctx, workflow.Operator(), p.Number)
		if err != nil {
			return err
		}
		if p.Output == "-" {
			_, err = std.out.Write(cert.PDF)
			return err
		}
		return os.WriteFile(p.Output, cert.PDF, 0o600)
	})
}

type certificateArchiveCommand struct {
	Number string `arg:"" help:"Number of the certificate."`
}

// Run implements the command.
func (p certificateArchiveCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		cert, err := a.service.ArchiveCertificate(ctx, workflow.Operator(), p.Number)
		if err == nil {
			fmt.Fprintf(std.out, "%s  %s  sha256 %s\n", cert.Number, cert.Level, cert.SHA256)
		}
		return err
	})
}

type certificateRestoreCommand struct {
	File string `arg:"" help:"PDF file." type:"existingfile"`
}

// Run implements the command.
func (p certificateRestoreCommand) Run(c *Config, std *streams) error {
	file, err := readBounded(p.File)
	if err != nil {
		return err
	}
	return with(c, std, func(ctx context.Context, a *app) error {
		number, err := a.service.RestoreCertificate(ctx, workflow.Operator(), file)
		if err == nil {
			fmt.Fprintf(std.out, "%s restored\n", number)
		}
		return err
	})
}

type certificateVerifyCommand struct {
	File string `arg:"" help:"PDF file." type:"existingfile"`
}

// verifyCodes are the exit statuses of a verification.
var verifyCodes = map[workflow.Verdict]exitCode{
	workflow.VerdictGenuine: 0, workflow.VerdictAltered: 3, workflow.VerdictUnknown: 4,
	workflow.VerdictEnded: 5, workflow.VerdictNotPDF: 2,
}

// maxFile bounds what is read: far above any certificate.
const maxFile = 64 << 20

// verdictRecord is a verdict as --json prints it.
type verdictRecord struct {
	Verdict      workflow.Verdict          `json:"verdict"`
	SHA256       string                    `json:"sha256"`
	Number       string                    `json:"number,omitempty"`
	AddedBytes   int                       `json:"added_bytes,omitempty"`
	Organisation string                    `json:"organisation,omitempty"`
	SignedOn     string                    `json:"signed_on,omitempty"`
	Status       workflow.CommitmentStatus `json:"status,omitempty"`
	Confidential string                    `json:"confidential_until,omitempty"` // when the register will tell the rest
}

// Run implements the command.
func (p certificateVerifyCommand) Run(c *Config, std *streams) error {
	file, err := readBounded(p.File)
	if err != nil {
		return err
	}
	return with(c, std, func(ctx context.Context, a *app) error {
		v, err := a.service.VerifyFile(ctx, file)
		if err != nil {
			return err
		}
		r := verdictRecord{v.Verdict, v.SHA256, v.Number, v.Added, v.Commitment.Organisation.Name, v.Commitment.SignedOn, v.Commitment.Status, ""}
		if !v.Embargo.IsZero() {
			r.Confidential = workflow.UTCStamp(v.Embargo)
		}
		if err := printVerdict(c, std, r); err != nil {
			return err
		}
		if code := verifyCodes[v.Verdict]; code != 0 {
			return code
		}
		return nil
	})
}

func printVerdict(c *Config, std *streams, r verdictRecord) error {
	if c.JSON {
		return std.printJSON(r)
	}
	fmt.Fprintf(std.out, "%s  sha256 %s\n", r.Verdict, r.SHA256)
	if r.Confidential != "" {
		fmt.Fprintf(std.out, "%s  confidential until %s\n", r.Number, r.Confidential)
	} else if r.Number != "" {
		fmt.Fprintf(std.out, "%s  %s  %s  %s\n", r.Number, r.Organisation, r.SignedOn, r.Status)
	}
	if r.AddedBytes > 0 {
		fmt.Fprintf(std.out, "%d bytes were added after the original\n", r.AddedBytes)
	}
	return nil
}

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = fmt.Errorf("%s: larger than %d MB", path, maxFile>>20)
	}
	return content, err
}
