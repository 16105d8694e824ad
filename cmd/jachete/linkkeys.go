package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"jachete/workflow"
)

// linkRing is link.key: the first key mints links, every one of them reads
// those it has minted.
type linkRing []linkKey

// linkKey is a line of it, NAME:BASE64. The name starts with the day the key
// was made on; keys of the first versions do not tell.
type linkKey struct {
	name   string
	secret []byte
}

// linkDay is how a day is written in a name.
const linkDay = "20060102"

// newLinkKey makes a line.
func newLinkKey(now time.Time) (string, error) {
	name := make([]byte, 4)
	rand.Read(name)
	secret, err := newRandomKey()
	return now.UTC().Format(linkDay) + "-" + hex.EncodeToString(name) + ":" + secret, err
}

// made is when the key was, to the day; zero when its name does not tell.
func (l linkKey) made() time.Time {
	day, _, found := strings.Cut(l.name, "-")
	at, err := time.Parse(linkDay, day)
	if !found || err != nil {
		return time.Time{}
	}
	return at
}

func (l linkKey) line() string {
	return l.name + ":" + base64.StdEncoding.EncodeToString(l.secret)
}

func (k keyring) links(now time.Time) (linkRing, error) {
	text, err := k.secret("link.key", func() (string, error) { return newLinkKey(now) })
	if err != nil {
		return nil, err
	}
	return parseLinkKeys(text)
}

func parseLinkKeys(text string) (linkRing, error) {
	var ring linkRing
	for line := range strings.Lines(text) {
		name, encoded, found := strings.Cut(strings.TrimSpace(line), ":")
		secret, err := base64.StdEncoding.DecodeString(encoded)
		if !found || err != nil {
			return nil, fmt.Errorf("keys: link.key: a line is not NAME:BASE64")
		}
		if len(secret) < workflow.MinKey {
			return nil, fmt.Errorf("keys: link.key: %s has %d bytes, want %d", name, len(secret), workflow.MinKey)
		}
		ring = append(ring, linkKey{name, secret})
	}
	if len(ring) == 0 {
		return nil, fmt.Errorf("keys: link.key: no key")
	}
	return ring, nil
}

func (r linkRing) keys() (keys []workflow.LinkKey) {
	for _, l := range r {
		keys = append(keys, workflow.LinkKey{ID: l.name, Secret: l.secret})
	}
	return keys
}

// linkGrace is how long a server may run with a key after another one was made,
// before its links are forgotten too early.
const linkGrace = 365 * 24 * time.Hour

// rotateLinks makes a key that mints from now on. It drops those whose last
// link has ended: the ones replaced as long ago as the longest link lives.
func (k keyring) rotateLinks(now time.Time) (linkRing, error) {
	old, err := k.links(now)
	if err != nil {
		return nil, err
	}
	line, err := newLinkKey(now)
	if err != nil {
		return nil, err
	}
	ring, err := parseLinkKeys(line)
	if err != nil {
		return nil, err
	}
	replaced := now // when the key above was made
	for _, l := range old {
		if replaced.IsZero() || now.Sub(replaced) <= workflow.LongestLink+linkGrace {
			ring = append(ring, l)
		}
		replaced = l.made()
	}
	var lines []string
	for _, l := range ring {
		lines = append(lines, l.line())
	}
	return ring, k.replace("link.key", strings.Join(lines, "\n"))
}
