package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"jachete/workflow"
)

// domain reads the secrets of the domain, and gives all that is wrong with
// them at once.
func (k keyring) domain(now time.Time) (keys workflow.Keys, err error) {
	links, linkErr := k.links(now)
	keys.Links = links.keys()
	var codeErr, totpErr error
	keys.Codes, codeErr = k.random("code.key")
	keys.TOTP, totpErr = k.random("second-factor.key")
	ring, ringErr := k.checkpoints(now)
	keys.Checkpoint, keys.FormerCheckpoints = ring.secret, ring.publics()
	return keys, errors.Join(linkErr, codeErr, totpErr, ringErr)
}

func (k keyring) random(name string) ([]byte, error) {
	text, err := k.secret(name, newRandomKey)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("keys: %s: %w", name, err)
	}
	if len(key) < workflow.MinKey {
		return nil, fmt.Errorf("keys: %s: %d bytes, want %d", name, len(key), workflow.MinKey)
	}
	return key, nil
}

func newRandomKey() (string, error) {
	raw := make([]byte, workflow.MinKey)
	rand.Read(raw)
	return base64.StdEncoding.EncodeToString(raw), nil
}
