package mail

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"jachete/workflow"
)

// Mailbox is a folder of messages: the transport of development and of the
// demonstration, which accepts everything.
type Mailbox struct {
	Dir   string // made when the first message comes
	Clock workflow.Clock
}

// letterID is the time of arrival and a random end, so that names sort by
// arrival and hold nothing a path could be made of.
var letterID = regexp.MustCompile(`^\d{8}T\d{6}\.\d{3}-[A-Z2-7]{26}$`)

const letterTime = "20060102T150405.000"

// ErrNoLetter is returned for an unknown or malformed letter id.
var ErrNoLetter = errors.New("mail: no such letter")

// Send implements [Transport].
func (b Mailbox) Send(_ context.Context, m Message) workflow.Outcome {
	id := b.Clock.Now().UTC().Format(letterTime) + "-" + rand.Text()
	if err := b.put(id, m.Raw); err != nil {
		return workflow.Outcome{Answer: answer("mailbox: " + err.Error())}
	}
	return workflow.Outcome{Sent: true, Answer: "250 written to the mailbox"}
}

// Ready implements [Transport].
func (b Mailbox) Ready(context.Context) error { return nil }

// put writes beside and renames, so that nobody reads half a letter.
func (b Mailbox) put(id string, raw []byte) error {
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(b.Dir, ".new-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(raw)
	if err = cmp.Or(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), b.path(id))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

func (b Mailbox) path(id string) string { return filepath.Join(b.Dir, id+".eml") }

// List gives the letters, newest first, at most limit of them, without their
// parts. A file that cannot be read is left out.
func (b Mailbox) List(limit int) ([]Letter, error) {
	ids, err := b.ids()
	if err != nil {
		return nil, err
	}
	var letters []Letter
	for _, id := range ids[:min(limit, len(ids))] {
		if l, err := b.Read(id); err == nil {
			letters = append(letters, l.cover())
		}
	}
	return letters, nil
}

func (b Mailbox) ids() ([]string, error) {
	entries, err := os.ReadDir(b.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("mail: list the mailbox: %w", err)
	}
	var ids []string
	for _, entry := range slices.Backward(entries) { // ReadDir sorts by name
		id, eml := strings.CutSuffix(entry.Name(), ".eml")
		if eml && letterID.MatchString(id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Read gives a letter with its parts, or [ErrNoLetter].
func (b Mailbox) Read(id string) (Letter, error) {
	if !letterID.MatchString(id) {
		return Letter{}, ErrNoLetter
	}
	raw, err := os.ReadFile(b.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return Letter{}, ErrNoLetter
	}
	if err != nil {
		return Letter{}, fmt.Errorf("mail: read letter %s: %w", id, err)
	}
	l, err := ParseLetter(raw)
	l.ID = id
	return l, err
}
