package main

import (
	"context"
	"fmt"
	"io"

	"jachete/workflow"
)

type privacyCommand struct {
	Export privacyExportCommand `cmd:"" help:"Write all that is held about a mailbox and whose it is, as JSON."`
	Erase  privacyEraseCommand  `cmd:"" help:"Tell what of a person can be erased and what stays; with --yes, erase it."`
	Purge  privacyPurgeCommand  `cmd:"" help:"Forget now whom the schedule would forget in its turns."`
}

type privacyExportCommand struct {
	Email string `help:"Mailbox of the person." required:""`
}

// Run implements the command. It prints JSON with or without --json.
func (p privacyExportCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		file, err := a.service.ExportPerson(ctx, workflow.Operator(), p.Email)
		if err == nil {
			_, err = std.out.Write(file)
		}
		return err
	})
}

type privacyEraseCommand struct {
	Email string `help:"Mailbox of the person." required:""`
	Yes   bool   `help:"Erase; without it, nothing changes."`
}

// erasureRecord is an erasure as --json prints it.
type erasureRecord struct {
	Email       string                   `json:"email"`
	Done        bool                     `json:"done"`
	Invitations []erasedInvitationRecord `json:"invitations"`
	Seats       []string                 `json:"seats"`
	Requests    []string                 `json:"requests"`
	Mails       int                      `json:"mails"`
	FollowUps   int                      `json:"follow_ups"`
	Lines       int                      `json:"lines_of_uploaded_lists"`
	Kept        []keptRecord             `json:"kept"`
}

type erasedInvitationRecord struct {
	ID           string         `json:"id"`
	Pole         string         `json:"pole"`
	Organisation string         `json:"organisation"`
	State        workflow.State `json:"state_before"`
	Revoked      bool           `json:"revoked"`
}

type keptRecord struct {
	Reason workflow.KeptReason `json:"reason"`
	Record string              `json:"record"`
	Why    string              `json:"why"`
}

// whyKept says what stays of a person, about its record, and why.
var whyKept = map[workflow.KeptReason]string{
	workflow.KeptSigned: "certificate %s and its evidence stay: this person signed, and the signature has to be provable while the commitment lives and for three years after it; " +
		"the yearly question goes there until they unsubscribe",
	workflow.KeptNamed:       "the evidence of certificate %s stays: somebody else signed it, and it says who was invited before or written to",
	workflow.KeptSeat:        "invitation %s stays: this person is to sign it beside its contact; have it corrected or revoked, then erase again",
	workflow.KeptDirector:    "the profile of pôle %s stays: this person countersigns for it; change the profile first",
	workflow.KeptStaff:       "staff account %s stays: the journal refers to it for who did what; it can be disabled",
	workflow.KeptSuppression: "what pôle %s keeps so as not to write to the address stays: without it, somebody could write to it again",
}

// Run implements the command.
func (p privacyEraseCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		e, err := a.service.ErasePerson(ctx, workflow.Operator(), p.Email, p.Yes)
		if err != nil {
			return err
		}
		r := recordOfErasure(e)
		if c.JSON {
			return std.printJSON(r)
		}
		r.print(std.out)
		return nil
	})
}

func recordOfErasure(e workflow.Erasure) erasureRecord {
	r := erasureRecord{Email: e.Mailbox, Done: e.Done, Invitations: []erasedInvitationRecord{}, Seats: append([]string{}, e.Seats...),
		Requests: append([]string{}, e.Requests...), Mails: e.Mails, FollowUps: e.FollowUps, Lines: e.Lines, Kept: []keptRecord{}}
	for _, inv := range e.Invitations {
		r.Invitations = append(r.Invitations, erasedInvitationRecord{inv.ID, inv.PoleSlug, inv.Organisation, inv.State, inv.Revoked})
	}
	for _, k := range e.Kept {
		r.Kept = append(r.Kept, keptRecord{k.Reason, k.Record, fmt.Sprintf(whyKept[k.Reason], k.Record)})
	}
	return r
}

// print tells it to a person.
func (r erasureRecord) print(out io.Writer) {
	verb := map[bool]string{false: "would be erased", true: "erased"}[r.Done]
	for _, inv := range r.Invitations {
		end := ""
		if inv.Revoked {
			end = ", revoked first"
		}
		fmt.Fprintf(out, "%s: invitation %s of %s (%s, %s%s)\n", verb, inv.ID, inv.Organisation, inv.Pole, inv.State, end)
	}
	for _, id := range r.Seats {
		fmt.Fprintf(out, "%s: seat beside the contact of invitation %s\n", verb, id)
	}
	for _, id := range r.Requests {
		fmt.Fprintf(out, "%s: who sent request %s\n", verb, id)
	}
	fmt.Fprintf(out, "%s: %d other mails, %d yearly questions, %d lines of uploaded lists\n", verb, r.Mails, r.FollowUps, r.Lines)
	for _, k := range r.Kept {
		fmt.Fprintln(out, "kept: "+k.Why)
	}
	if !r.Done {
		fmt.Fprintln(out, "nothing has changed; run again with --yes to erase")
	}
}

type privacyPurgeCommand struct{}

// purgeRecord is a purge as --json prints it.
type purgeRecord struct {
	Invitations int `json:"invitations"`
	Mails       int `json:"mails"`
}

// Run implements the command.
func (privacyPurgeCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		n, err := a.service.PurgeNow(ctx, workflow.Operator())
		if err != nil {
			return err
		}
		if c.JSON {
			return std.printJSON(purgeRecord{n.Invitations, n.Mails})
		}
		fmt.Fprintf(std.out, "forgot the people of %d invitations and of %d other mails, and what has expired\n", n.Invitations, n.Mails)
		return nil
	})
}
