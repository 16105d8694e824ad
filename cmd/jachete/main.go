// Command jachete is the declaration service « L'économie sociale, j'achète! »:
// one binary that serves the site, sends the mail, keeps the register and lets
// its operator look after it. `jachete --help` lists the commands.
//
// Errors go to standard error as "jachete: …". Exit status: 0 done, 1 failed,
// 2 misused.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// version of the program; a release sets it when linking.
var version = "dev"

// commands is the whole command line. Each field's type has a Run method in a
// file of its own.
type commands struct {
	Config

	Demo        demoCommand        `cmd:"" help:"Try the whole service on this machine: temporary data, fictional people, a mailbox page."`
	Serve       serveCommand       `cmd:"" help:"Serve the site, send the mail and keep the schedule."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database up to date."`
	Doctor      doctorCommand      `cmd:"" help:"Check configuration, database, keys and mail relay."`
	Pole        poleCommand        `cmd:"" help:"List, add or change pôles."`
	Staff       staffCommand       `cmd:"" help:"List, add or disable staff."`
	Invite      inviteCommand      `cmd:"" help:"Invite an organisation, and follow or end invitations."`
	Register    registerCommand    `cmd:"" help:"Export the register of signatories, and enter those who signed on paper."`
	Certificate certificateCommand `cmd:"" help:"Fetch or verify certificates."`
	Evidence    evidenceCommand    `cmd:"" help:"Write all that proves a signature to a zip that anybody can check without the service."`
	Journal     journalCommand     `cmd:"" help:"Verify the journal."`
	Keys        keysCommand        `cmd:"" help:"List keys, or change one."`
	Privacy     privacyCommand     `cmd:"" help:"Give a person's data out, erase it, or forget what is kept too long."`
	Mail        mailCommand        `cmd:"" help:"Record mail that came back."`
	Routes      routesCommand      `cmd:"" help:"List the web addresses and who may use them."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
}

// exitCode is the status a command asks for; what it had to say is said.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// misuse is a mistake of the person who typed the command.
type misuse struct{ error }

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main without the process, for tests.
func run(args []string, stdout, stderr io.Writer) int {
	var c commands
	parser, err := newParser(&c, stdout, stderr)
	if err != nil {
		return report(stderr, err)
	}
	exit := -1
	parser.Exit = func(code int) { exit = code; panic(exitCode(code)) } // after --help
	defer func() {
		if r := recover(); r != nil && exit < 0 {
			panic(r)
		}
	}()
	ctx, err := parser.Parse(args)
	if err != nil {
		return report(stderr, misuse{err})
	}
	return report(stderr, ctx.Run(&c.Config, &streams{out: stdout, err: stderr}))
}

func newParser(c *commands, stdout, stderr io.Writer) (*kong.Kong, error) {
	return kong.New(c,
		kong.Name("jachete"),
		kong.Description("The declaration service « L'économie sociale, j'achète! »."),
		kong.Writers(stdout, stderr),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Resolvers(secretFiles),
		kong.TypeMapper(lifeType, kong.MapperFunc(decodeLife)),
	)
}

// report words an error and gives the exit status.
func report(stderr io.Writer, err error) int {
	var code exitCode
	var wrong misuse
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	}
	for _, line := range lines(err) {
		fmt.Fprintln(stderr, "jachete: "+line)
	}
	if errors.As(err, &wrong) {
		return 2
	}
	return 1
}
