package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"jachete/workflow/journal"
)

// checkpointRing is checkpoint.key: the secret key that signs, then the public
// ones of those before it, the latest first. Behind each stands when it came
// into use and, behind the public ones, when it went out of it.
type checkpointRing struct {
	secret string
	since  time.Time // zero when the file does not tell
	former []formerKey
}

type formerKey struct {
	public       string
	since, until time.Time // zero when the file does not tell
}

func newCheckpointKey() (string, error) {
	secret, _, err := journal.GenerateKey(rand.Reader)
	return secret, err
}

// checkpoints reads the ring; on first run it makes it.
func (k keyring) checkpoints(now time.Time) (checkpointRing, error) {
	text, err := k.secret("checkpoint.key", func() (string, error) {
		secret, err := newCheckpointKey()
		return checkpointRing{secret: secret, since: now}.text(), err
	})
	if err != nil {
		return checkpointRing{}, err
	}
	ring, err := parseCheckpointRing(text)
	if err != nil {
		return checkpointRing{}, fmt.Errorf("keys: checkpoint.key: %w", err)
	}
	return ring, nil
}

func parseCheckpointRing(text string) (r checkpointRing, err error) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		var times [2]time.Time
		if len(words) == 0 || len(words) > 1+len(times) {
			return r, errors.New("a line is not KEY [SINCE [UNTIL]]")
		}
		for i, word := range words[1:] {
			if times[i], err = parseMoment(word); err != nil {
				return r, err
			}
		}
		if r.secret == "" {
			r.secret, r.since = words[0], times[0]
			_, err = journal.PublicKey(r.secret)
		} else {
			r.former = append(r.former, formerKey{words[0], times[0], times[1]})
			_, err = journal.KeyID(words[0])
		}
		if err != nil {
			return r, err
		}
	}
	if r.secret == "" {
		return r, errors.New("no key")
	}
	return r, nil
}

func (r checkpointRing) text() string {
	lines := []string{r.secret + " " + moment(r.since)}
	for _, f := range r.former {
		lines = append(lines, f.public+" "+moment(f.since)+" "+moment(f.until))
	}
	return strings.Join(lines, "\n")
}

func (r checkpointRing) publics() (keys []string) {
	for _, f := range r.former {
		keys = append(keys, f.public)
	}
	return keys
}

// next is the ring with another key that signs. What signed until now cannot
// sign again: only its public key is kept.
func (r checkpointRing) next(secret string, now time.Time) (checkpointRing, error) {
	public, err := journal.PublicKey(r.secret)
	former := append([]formerKey{{public, r.since, now}}, r.former...)
	return checkpointRing{secret: secret, since: now, former: former}, err
}

// unknown stands where a file does not tell a time.
const unknown = "-"

func moment(t time.Time) string {
	if t.IsZero() {
		return unknown
	}
	return t.UTC().Format(time.RFC3339)
}

func parseMoment(word string) (time.Time, error) {
	if word == unknown {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, word)
}
