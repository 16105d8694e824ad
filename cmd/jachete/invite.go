package main

import (
	"context"
	"fmt"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

type inviteCommand struct {
	New    inviteNewCommand    `cmd:"" default:"withargs" help:"Invite one organisation; prints the invitation's id."`
	Import inviteImportCommand `cmd:"" help:"Invite many from a CSV file; one verdict per line."`
	Status inviteStatusCommand `cmd:"" help:"State and history of an invitation."`
	Resend inviteResendCommand `cmd:"" help:"Mail a new link; the old one dies."`
	Revoke inviteRevokeCommand `cmd:"" help:"End an invitation."`
}

type inviteNewCommand struct {
	Pole         string `help:"Pôle that invites." required:""`
	Organisation string `help:"Name of the organisation." required:""`
	Kind         string `help:"municipality, mrc, school, college, university, health, transit, state-company, cooperative, company, nonprofit or other." required:""`
	Municipality string `help:"Code of its municipality, 5 digits."`
	MRC          string `name:"mrc" help:"Code of its MRC, 3 digits."`
	Region       string `help:"Code of its region, 2 digits."`
	NEQ          string `name:"neq" help:"Québec enterprise number, 10 digits."`
	Name         string `help:"Person invited." required:""`
	Function     string `help:"Function of that person." required:""`
	Email        string `help:"Address of that person." required:""`
	Lang         string `help:"fr or en." default:"fr" enum:"fr,en"`
	Source       string `help:"Where the address comes from, as the anti-spam law asks."`
	Campaign     string `help:"Campaign the invitation belongs to."`
	Message      string `help:"Personal line in the mail."`
	Expires      life   `help:"How long the link lives: 90s, 15m, 36h, 60d." default:"60d"`
}

// Run implements the command.
func (p inviteNewCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		inv, err := a.service.Invite(ctx, workflow.Operator(), p.request())
		if err != nil {
			return err
		}
		a.warnAboutAddress(ctx, std, p.Pole)
		if c.JSON {
			return std.printJSON(recordOfInvitation(inv))
		}
		fmt.Fprintln(std.out, inv.ID)
		return nil
	})
}

func (p inviteNewCommand) request() workflow.InviteRequest {
	return workflow.InviteRequest{
		Pole: p.Pole, Organisation: p.Organisation, Kind: workflow.OrganisationKind(p.Kind),
		Place: territory.Place{RegionCode: p.Region, MRCCode: p.MRC, MunicipalityCode: p.Municipality}, NEQ: p.NEQ,
		Contact:  workflow.Contact{Name: p.Name, Function: p.Function, Email: p.Email},
		Language: workflow.Language(p.Lang), Source: p.Source, Message: p.Message, Campaign: p.Campaign, Life: time.Duration(p.Expires),
	}
}

// warnAboutAddress reminds of what the anti-spam law asks of every mail.
func (a *app) warnAboutAddress(ctx context.Context, std *streams, slug string) {
	if pole, err := a.service.Pole(ctx, slug); err == nil && pole.Contact.PostalAddress == "" {
		fmt.Fprintf(std.err, "jachete: warning: pôle %s has no postal address, which the anti-spam law asks for in every mail: jachete pole set %s --address \"…\"\n", slug, slug)
	}
}

// invitationRecord is an invitation as --json prints it. It holds no link.
type invitationRecord struct {
	ID           string           `json:"id"`
	Pole         string           `json:"pole"`
	Organisation string           `json:"organisation,omitempty"`
	State        workflow.State   `json:"state"`
	Issue        int              `json:"issue"`
	CreatedAt    time.Time        `json:"created_at"`
	ExpiresAt    time.Time        `json:"expires_at"`
	Number       string           `json:"number,omitempty"`
	Deliveries   []deliveryRecord `json:"deliveries,omitempty"`
	Events       []eventRecord    `json:"events,omitempty"`
}

type deliveryRecord struct {
	Kind      workflow.DeliveryKind  `json:"kind"`
	Recipient string                 `json:"recipient"`
	State     workflow.DeliveryState `json:"state"`
	Attempts  int                    `json:"attempts"`
	Answer    string                 `json:"answer"`
	MessageID string                 `json:"message_id"`
}

type eventRecord struct {
	Seq  int64     `json:"seq"`
	At   time.Time `json:"at"`
	Type string    `json:"type"`
}

func recordOfInvitation(i workflow.Invitation) invitationRecord {
	return invitationRecord{ID: i.ID, Pole: i.PoleSlug, State: i.State, Issue: i.Issue, CreatedAt: i.CreatedAt, ExpiresAt: i.ExpiresAt}
}

type inviteStatusCommand struct {
	ID string `arg:"" help:"Invitation."`
}

// Run implements the command.
func (p inviteStatusCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		page, err := a.service.Invitation(ctx, workflow.Operator(), p.ID)
		if err != nil {
			return err
		}
		r := recordOfInvitation(page.Invitation)
		r.Organisation, r.Number = page.Organisation.Name, page.Number
		for _, d := range page.Deliveries {
			r.Deliveries = append(r.Deliveries, deliveryRecord{d.Kind, workflow.MaskEmail(d.Recipient), d.State, d.Attempts, d.Answer, d.MessageID})
		}
		for _, e := range page.Events {
			r.Events = append(r.Events, eventRecord{e.Seq, e.At, e.Type})
		}
		return printStatus(c, std, r)
	})
}

func printStatus(c *Config, std *streams, r invitationRecord) error {
	if c.JSON {
		return std.printJSON(r)
	}
	fmt.Fprintf(std.out, "%s  %s  %s\n", r.ID, r.State, r.Organisation)
	for _, e := range r.Events {
		fmt.Fprintf(std.out, "  %s  %s\n", e.At.Format(time.RFC3339), e.Type)
	}
	for _, d := range r.Deliveries {
		fmt.Fprintf(std.out, "  mail %s to %s: %s after %d attempts: %s\n", d.Kind, d.Recipient, d.State, d.Attempts, d.Answer)
	}
	return nil
}

type inviteResendCommand struct {
	ID string `arg:"" help:"Invitation."`
}

// Run implements the command.
func (p inviteResendCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		return a.service.Resend(ctx, workflow.Operator(), p.ID)
	})
}

type inviteRevokeCommand struct {
	ID string `arg:"" help:"Invitation."`
}

// Run implements the command.
func (p inviteRevokeCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		return a.service.Revoke(ctx, workflow.Operator(), p.ID)
	})
}
