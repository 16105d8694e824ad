package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"jachete/workflow"
)

type staffCommand struct {
	Add     staffAddCommand     `cmd:"" help:"Add a person; the first administrator is made here."`
	List    staffListCommand    `cmd:"" help:"List the staff."`
	Disable staffDisableCommand `cmd:"" help:"Close an account and sign it out everywhere."`
}

type staffAddCommand struct {
	Email string   `help:"Address that receives sign-in codes." required:""`
	Name  string   `help:"Name." required:""`
	Role  string   `help:"admin, agent or reader." required:"" enum:"admin,agent,reader"`
	Pole  []string `help:"Pôle the person serves; may be repeated." sep:"none"`
}

// staffRecord is a member of staff as --json prints it.
type staffRecord struct {
	ID       string        `json:"id"`
	Email    string        `json:"email"`
	Name     string        `json:"name"`
	Role     workflow.Role `json:"role"`
	Poles    []string      `json:"poles"`
	Disabled bool          `json:"disabled"`
}

func recordOfStaff(s workflow.Staff) staffRecord {
	return staffRecord{s.ID, s.Email, s.Name, s.Role, append([]string{}, s.Poles...), s.Disabled}
}

// Run implements the command.
func (p staffAddCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		staff, err := a.service.AddStaff(ctx, workflow.Operator(), workflow.StaffRequest{Email: p.Email, Name: p.Name, Role: workflow.Role(p.Role), Poles: p.Pole})
		if err != nil {
			return err
		}
		if c.JSON {
			return std.printJSON(recordOfStaff(staff))
		}
		fmt.Fprintln(std.out, staff.ID)
		return nil
	})
}

type staffListCommand struct{}

// Run implements the command.
func (staffListCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		list, err := a.service.StaffList(ctx, workflow.Operator())
		if err != nil {
			return err
		}
		records := []staffRecord{}
		for _, s := range list {
			records = append(records, recordOfStaff(s))
		}
		if c.JSON {
			return std.printJSON(records)
		}
		w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		for _, r := range records {
			state := "active"
			if r.Disabled {
				state = "disabled"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.Email, r.Name, r.Role, state, strings.Join(r.Poles, " "))
		}
		return w.Flush()
	})
}

type staffDisableCommand struct {
	Email string `arg:"" help:"Address of the account."`
}

// Run implements the command.
func (p staffDisableCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		return a.service.DisableStaff(ctx, workflow.Operator(), p.Email)
	})
}
