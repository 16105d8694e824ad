package main

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"jachete/pdf/pades"
	"jachete/workflow"
	"jachete/workflow/journal"
)

// keyRecord is a key as « keys list » tells it, and never the key itself.
type keyRecord struct {
	Kind string `json:"kind"`
	// ID is a name that several machines can compare: a certificate's serial
	// number, the number that links or checkpoints carry, or the start of a
	// SHA-256.
	ID string `json:"id"`
	// Since is when it came into use, Until when it went out of it; of a
	// certificate in use, when that ends. Nil when nothing tells.
	Since *time.Time `json:"since"`
	Until *time.Time `json:"until"`
	InUse bool       `json:"in_use"`
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Second)
	return &t
}

// list tells every key there is, and makes none.
func (k keyring) list(s settings, now time.Time) (all []keyRecord, err error) {
	for _, part := range []struct {
		file string
		list func() ([]keyRecord, error)
	}{
		{"link.key", func() ([]keyRecord, error) { return k.listLinks(now) }},
		{"code.key", func() ([]keyRecord, error) { return k.listRandom("code", "code.key") }},
		{"second-factor.key", func() ([]keyRecord, error) { return k.listRandom("second-factor", "second-factor.key") }},
		{"checkpoint.key", func() ([]keyRecord, error) { return k.listCheckpoints(now) }},
		{k.sealFile(s), func() ([]keyRecord, error) { return k.listSeals(s, now) }},
		{"tsa.pem", func() ([]keyRecord, error) { return k.listAuthority(s) }},
	} {
		if _, missing := os.Stat(k.path(part.file)); errors.Is(missing, fs.ErrNotExist) {
			continue
		}
		records, listErr := part.list()
		all, err = append(all, records...), errors.Join(err, listErr)
	}
	return all, err
}

// sealFile is the file that is there when there is a seal: a configured one is.
func (k keyring) sealFile(s settings) string {
	if s.ownSeal() {
		return "seal.pem"
	}
	return ""
}

func (k keyring) listLinks(now time.Time) (list []keyRecord, err error) {
	ring, err := k.links(now)
	var until time.Time
	for i, l := range ring {
		list = append(list, keyRecord{"link", l.name, known(l.made()), known(until), i == 0})
		until = l.made()
	}
	return list, err
}

// listRandom names a key by its hash and dates it by its file.
func (k keyring) listRandom(kind, file string) ([]keyRecord, error) {
	key, err := k.random(file)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(k.path(file))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte("jachete key id "), key...))
	return []keyRecord{{kind, hex.EncodeToString(sum[:4]), known(info.ModTime()), nil, true}}, nil
}

func (k keyring) listCheckpoints(now time.Time) ([]keyRecord, error) {
	ring, err := k.checkpoints(now)
	if err != nil {
		return nil, err
	}
	public, err := journal.PublicKey(ring.secret)
	if err != nil {
		return nil, err
	}
	all := append([]formerKey{{public: public, since: ring.since}}, ring.former...)
	var list []keyRecord
	for i, f := range all {
		id, err := journal.KeyID(f.public)
		if err != nil {
			return nil, err
		}
		list = append(list, keyRecord{"checkpoint", id, known(f.since), known(f.until), i == 0})
	}
	return list, nil
}

// listSeals tells the leaf in use, those it replaced, and their roots.
func (k keyring) listSeals(s settings, now time.Time) ([]keyRecord, error) {
	chain, err := k.sealChain(s, now)
	if err != nil {
		return nil, err
	}
	leaf, root := chain[0], chain[len(chain)-1]
	list := []keyRecord{certified("seal", leaf, true)}
	former, err := k.formerSeals()
	if err != nil {
		return nil, err
	}
	next := leaf.NotBefore
	for _, f := range former {
		record := certified("seal", f, false)
		record.Until = known(next)
		list, next = append(list, record), f.NotBefore
	}
	if root != leaf {
		list = append(list, certified("seal-root", root, true))
	}
	return list, nil
}

func certified(kind string, c *x509.Certificate, inUse bool) keyRecord {
	return keyRecord{kind, c.SerialNumber.Text(16), known(c.NotBefore), known(c.NotAfter), inUse}
}

// formerSeals are the leaves made here and replaced, the latest first.
func (k keyring) formerSeals() (list []*x509.Certificate, err error) {
	names, err := filepath.Glob(k.path("seal-*.retired.pem"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		chain, err := pades.ParseChain(file)
		if err != nil {
			return nil, fmt.Errorf("keys: %s: %w", name, err)
		}
		list = append(list, chain[0])
	}
	slices.SortFunc(list, func(a, b *x509.Certificate) int { return b.NotBefore.Compare(a.NotBefore) })
	return list, nil
}

func (k keyring) listAuthority(s settings) ([]keyRecord, error) {
	own, err := k.authority(workflow.SystemClock.Now, false)
	if err != nil {
		return nil, err
	}
	return []keyRecord{certified("timestamp", own.Chain[0], s.TSA == ownAuthority)}, nil
}
