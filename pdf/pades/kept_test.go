package pades_test

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
)

// press is a source that makes a new list for each question, as some
// authorities do, which takes a minute of the world's time.
type press struct {
	t      *testing.T
	w      *world
	root   issue.Issuer
	life   time.Duration
	closed bool
	count  int
}

var errPress = errors.New("no route to host")

func newPress(t *testing.T, w *world, life time.Duration) *press {
	t.Helper()
	signer, err := issue.ParseSigner(w.rootKey)
	if err != nil {
		t.Fatal(err)
	}
	return &press{t: t, w: w, root: issue.Issuer{Signer: signer, Certificate: w.key.Root()}, life: life}
}

func (p *press) List(context.Context, *x509.Certificate, *x509.Certificate) (*x509.RevocationList, error) {
	if p.closed {
		return nil, errPress
	}
	p.count++
	p.w.now = p.w.now.Add(time.Minute)
	list, err := p.root.List(rand.Reader, p.w.now, p.w.now.Add(p.life))
	if err != nil {
		p.t.Fatal(err)
	}
	return list, nil
}

func TestKeptListsAreRenewedBeforeTheyEnd(t *testing.T) {
	for name, c := range map[string]struct {
		life, after time.Duration
		asked       int
	}{
		"at once":               {72 * time.Hour, 0, 1},
		"the same day":          {72 * time.Hour, 23 * time.Hour, 1},
		"the next day":          {72 * time.Hour, 25 * time.Hour, 2},
		"before half of a life": {time.Hour, 25 * time.Minute, 1},
		"after half of a life":  {time.Hour, 35 * time.Minute, 2},
	} {
		w := newWorld(t)
		p := newPress(t, w, c.life)
		kept := &pades.Kept{Source: p, Clock: w.clock}
		for range 2 {
			if _, err := kept.List(t.Context(), w.key.Chain[0], w.key.Root()); err != nil {
				t.Fatal(err)
			}
			w.now = w.now.Add(c.after)
		}
		if p.count != c.asked {
			t.Errorf("%s: asked %d times, want %d", name, p.count, c.asked)
		}
	}
}

func TestKeptListsOutliveTheirSource(t *testing.T) {
	w := newWorld(t)
	p := newPress(t, w, 72*time.Hour)
	kept := &pades.Kept{Source: p, Clock: w.clock}
	first, err := kept.List(t.Context(), w.key.Chain[0], w.key.Root())
	if err != nil {
		t.Fatal(err)
	}
	p.closed = true
	w.now = w.now.Add(48 * time.Hour)
	if again, err := kept.List(t.Context(), w.key.Chain[0], w.key.Root()); err != nil || again != first {
		t.Errorf("not over yet: %v", err)
	}
	w.now = w.now.Add(48 * time.Hour)
	if _, err := kept.List(t.Context(), w.key.Chain[0], w.key.Root()); !errors.Is(err, errPress) {
		t.Errorf("over: %v", err)
	}
	if _, err := kept.List(t.Context(), w.key.Root(), w.key.Root()); !errors.Is(err, errPress) {
		t.Errorf("another certificate's: %v", err)
	}
}

// TestListsAreOlderThanTheTimestampTheyClear: readers that judge as of the time
// of a signature refuse what was not there then (pyHanko, unless told
// otherwise).
func TestListsAreOlderThanTheTimestampTheyClear(t *testing.T) {
	w := newWorld(t)
	mine, theirs := newPress(t, w, 72*time.Hour), pades.Lists{w.authority.List}
	a := w.archiver()
	a.Source = &pades.Kept{Source: pades.Sources{theirs, mine}, Clock: w.clock}
	long, err := a.LongTerm(t.Context(), w.room(t, stream).File)
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	if w.level(t, long) != pades.LevelLT {
		t.Error(long.Missing)
	}
	stamped, late := w.verdict(t, long.File).Times[0], 0
	for _, list := range lists(t, long.File) {
		if list.ThisUpdate.After(stamped) {
			late++
		}
	}
	if late > 0 || mine.count != 1 {
		t.Errorf("%d lists are younger than the timestamp, %d were made", late, mine.count)
	}
}
