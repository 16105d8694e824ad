package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"jachete/workflow"
	"jachete/workflow/territory"
)

type poleCommand struct {
	List poleListCommand `cmd:"" help:"List the pôles and their territory."`
	Add  poleAddCommand  `cmd:"" help:"Add a pôle."`
	Set  poleSetCommand  `cmd:"" help:"Say how a pôle is identified in its mails."`
}

type poleListCommand struct{}

// poleRecord is a pôle as --json prints it.
type poleRecord struct {
	Slug          string `json:"slug"`
	Name          string `json:"name"`
	Short         string `json:"short"`
	Territory     string `json:"territory"`
	NameConfirmed bool   `json:"name_confirmed"`
	PostalAddress string `json:"postal_address"`
	Phone         string `json:"phone"`
	Email         string `json:"email"`
}

// Run implements the command.
func (poleListCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		poles, err := a.service.Poles(ctx)
		if err != nil {
			return err
		}
		records := []poleRecord{}
		for _, p := range poles {
			records = append(records, poleRecord{p.Slug, p.Name, p.Short, p.Territory.String(), p.NameConfirmed,
				p.Contact.PostalAddress, p.Contact.Phone, p.Contact.Email})
		}
		if c.JSON {
			return std.printJSON(records)
		}
		w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		for _, r := range records {
			fmt.Fprintf(w, "%s\t%s\t%s\n", r.Slug, r.Name, r.Territory)
		}
		return w.Flush()
	})
}

type poleAddCommand struct {
	Slug      string `help:"Last part of its address." required:""`
	Name      string `help:"Full name." required:""`
	Short     string `help:"Short name."`
	Territory string `help:"What it covers: \"region:16 mrc:480 540 municipality:58227\"." required:""`
	poleContactFlags
}

type poleContactFlags struct {
	Address string `help:"Postal address, shown in every mail as the law asks."`
	Phone   string `help:"Telephone."`
	Email   string `help:"Where replies go."`
}

func (f poleContactFlags) contact() workflow.PoleContact {
	return workflow.PoleContact{PostalAddress: f.Address, Phone: f.Phone, Email: f.Email}
}

// Run implements the command.
func (p poleAddCommand) Run(c *Config, std *streams) error {
	set, err := territory.ParseSet(strings.ReplaceAll(p.Territory, ",", " "))
	if err != nil {
		return misuse{err}
	}
	return with(c, std, func(ctx context.Context, a *app) error {
		err := a.service.AddPole(ctx, workflow.Operator(), workflow.Pole{Slug: p.Slug, Name: p.Name, Short: p.Short, Territory: set, Contact: p.contact()})
		if err == nil {
			fmt.Fprintln(std.out, p.Slug)
		}
		return err
	})
}

type poleSetCommand struct {
	Slug string `arg:"" help:"Pôle to change."`
	poleContactFlags
}

// Run implements the command.
func (p poleSetCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		pole, err := a.service.Pole(ctx, p.Slug)
		if err != nil {
			return err
		}
		contact, given := pole.Contact, p.contact()
		for now, want := range map[*string]string{&contact.PostalAddress: given.PostalAddress, &contact.Phone: given.Phone, &contact.Email: given.Email} {
			if want != "" {
				*now = want
			}
		}
		return a.service.SetPoleContact(ctx, workflow.Operator(), p.Slug, contact)
	})
}
