package main

import (
	"context"
	"io"
	"os"

	"jachete/templates"
	"jachete/templates/sheet"
	"jachete/workflow"
)

type registerExportCommand struct {
	Format string `help:"csv, json or xlsx." default:"csv" enum:"csv,json,xlsx"`
	Pole   string `help:"Only the signatories of this pôle."`
	Output string `short:"o" help:"File to write, - for standard output." default:"-"`
}

// Run implements the command.
func (p registerExportCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		if err := a.service.MayExport(ctx, workflow.Operator(), p.Pole); err != nil {
			return err // before a file that is there is emptied
		}
		if p.Output == "-" {
			return p.write(ctx, a, std.out)
		}
		file, err := os.OpenFile(p.Output, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		err = p.write(ctx, a, file)
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
		return err
	})
}

func (p registerExportCommand) write(ctx context.Context, a *app, to io.Writer) error {
	words, err := a.exportWords(ctx)
	if err != nil {
		return err
	}
	list := templates.RegisterExport(words)
	w, err := sheet.New(sheet.Format(p.Format), to, list.Table)
	if err != nil {
		return err
	}
	err = a.service.ExportRegister(ctx, workflow.Operator(), workflow.RegisterFilter{Pole: p.Pole}, p.Format, func(k workflow.Commitment) error {
		return w.Write(list.Line(k))
	})
	if err != nil {
		return err
	}
	return w.Close()
}

// exportWords is what names the pôles, in the language of the terminal.
func (a *app) exportWords(ctx context.Context) (templates.ExportWords, error) {
	w := templates.ExportWords{Language: terminalLanguage(), Made: a.clock.Now().In(workflow.Zone), Atlas: a.service.Atlas,
		Poles: map[string]string{}, Link: func(path string) string { return a.base.JoinPath(path).String() }}
	poles, err := a.service.Poles(ctx)
	for _, p := range poles {
		w.Poles[p.Slug] = p.Name
	}
	return w, err
}
