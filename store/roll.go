package store

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"jachete/workflow"
)

// roll keeps in memory what invitations are listed, counted, searched and
// sorted by. Staff combine filters and orders as they like, and no set of
// indexes of either database answers every combination, with its total, at the
// same cost among 100,000 rows as among 1,000. The database stays the truth:
// each question first asks it for its edition, and what changed is fetched when
// that has moved, whichever instance wrote it.
type roll struct {
	mu        sync.RWMutex
	edition   int64     // up to which everything was fetched
	last      rollEntry // fetched last
	lines     map[string]int32
	ids       []string // by line, as everything below
	keys      []string // of collation
	texts     []uint64 // hashes of the folded words
	facets    []facetOf
	words     *lexicon
	orders    [orders][]int32
	poles     codes
	ofPole    [][]int32 // lines by code of the pôle, dead ones too
	campaigns codes
	places    codes // of municipalities that were invited themselves
}

// facetOf is what filters compare of an invitation, in one row of numbers so
// that all of them are read fast.
type facetOf struct {
	created, expires, active int64
	reminded                 int64 // last, 0 for never
	pole, campaign           int32
	place                    int32 // municipality invited; 0 when the organisation is none
	meeting                  int32 // day of the council, see dayNumber; 0 for none
	state                    int8  // place in workflow.States
	planned                  bool  // a reminder is to come
	dead                     bool  // another line has taken its place
}

// rollEntry is a row as it is fetched.
type rollEntry struct {
	id, pole, campaign, name, folded string
	kind                             workflow.OrganisationKind
	municipality, meeting            string
	state                            workflow.State
	created, expires, active         int64
	reminded, remind, edition        int64
}

const (
	selectRoll = `SELECT i.id, i.pole_slug, i.campaign, o.name, o.folded || ' ' || i.folded, o.kind, o.municipality_code,
		i.meeting_on, i.state, i.created_at, i.expires_at, i.active_at, i.reminded_at, i.remind_at, i.edition FROM invitation i JOIN organisation o ON o.id = i.organisation_id WHERE `
	newestEdition = "SELECT newest FROM invitation_edition"

	// rollBatch bounds one statement, so that it ends within Patience, and what
	// it fetched is kept even if the visitor does not wait for the rest.
	rollBatch = 5000
)

func scanRollEntry(r row) (e rollEntry, err error) {
	err = r.Scan(&e.id, &e.pole, &e.campaign, &e.name, &e.folded, &e.kind, &e.municipality,
		&e.meeting, &e.state, &e.created, &e.expires, &e.active, &e.reminded, &e.remind, &e.edition)
	e.active = max(e.active, e.created)
	return e, err
}

func newRoll() *roll {
	return &roll{lines: map[string]int32{}, words: newLexicon(), poles: codes{}, campaigns: codes{}, places: codes{}}
}

// invited gives the roll as it is now, and what to call when done with it. A
// transaction sees its own changes, and one organisation has few rows: both get
// a roll of their own.
func (r reader) invited(ctx context.Context, f workflow.InvitationFilter) (*roll, func(), error) {
	if r.roll == nil || f.Organisation != "" {
		w := new(where)
		w.equal("i.organisation_id", f.Organisation)
		w.equal("i.pole_slug", f.Pole)
		entries, err := many(ctx, r.link, scanRollEntry, selectRoll+w.String(), w.args...)
		own := newRoll()
		own.take(entries)
		return own, func() {}, err
	}
	edition, err := r.number(ctx, newestEdition)
	if err == nil {
		err = r.roll.refresh(ctx, r.link, edition)
	}
	if err != nil {
		return nil, nil, err
	}
	r.roll.mu.RLock()
	return r.roll, r.roll.mu.RUnlock, nil
}

// refresh fetches what changed since the last edition it knows.
func (l *roll) refresh(ctx context.Context, db link, edition int64) error {
	l.mu.RLock()
	known := l.edition
	l.mu.RUnlock()
	if known >= edition {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.edition < edition {
		entries, err := many(ctx, db, scanRollEntry, selectRoll+`(i.edition, i.id) > ($1, $2)
			ORDER BY i.edition, i.id LIMIT $3`, l.last.edition, l.last.id, rollBatch)
		if err != nil {
			return err
		}
		l.take(entries)
		if len(entries) < rollBatch {
			l.edition = edition
		}
	}
	return nil
}

// take notes rows in the order of their editions.
func (l *roll) take(entries []rollEntry) {
	if len(entries) > fewLines {
		added := make([]int32, 0, len(entries))
		moved := newBitmap(len(l.ids))
		for _, e := range entries {
			if line, known := l.lines[e.id]; known {
				moved.set(line)
			}
		}
		l.unsortAll(moved)
		for _, e := range entries {
			added = append(added, l.write(e))
		}
		l.sortAll(added)
		return
	}
	for _, e := range entries {
		if line, known := l.lines[e.id]; known {
			l.unsort(line)
		}
		l.sort(l.write(e))
	}
}

// textSeed makes the hashes of words of this process.
var textSeed = maphash.MakeSeed()

// write puts a row on its line, or on a new one when it is new or its words or
// its pôle have changed: those are only ever added to a line. It gives the line.
func (l *roll) write(e rollEntry) int32 {
	l.last = e
	text := maphash.String(textSeed, e.folded)
	line, known := l.lines[e.id]
	pole := l.poles.of(e.pole)
	if known && (l.texts[line] != text || l.facets[line].pole != pole) {
		l.facets[line].dead, known = true, false
	}
	if !known {
		line = int32(len(l.ids))
		l.lines[e.id] = line
		l.ids, l.texts = append(l.ids, e.id), append(l.texts, text)
		l.keys = append(l.keys, string(workflow.CollationKey(e.name)))
		l.facets = append(l.facets, facetOf{})
		l.words.add(line, e.folded)
		l.enter(pole, line)
	}
	l.facets[line] = facetOf{created: e.created, expires: e.expires, active: e.active, reminded: e.reminded, state: placeOf[e.state],
		pole: pole, campaign: l.campaigns.of(e.campaign), place: l.placeInvited(e), meeting: dayNumber(e.meeting), planned: e.remind > 0}
	return line
}

// enter adds a line to those of its pôle.
func (l *roll) enter(pole, line int32) {
	for int(pole) >= len(l.ofPole) {
		l.ofPole = append(l.ofPole, nil)
	}
	l.ofPole[pole] = append(l.ofPole[pole], line)
}

// placeInvited is the code of the municipality that is the organisation itself,
// not of one where some other organisation lives.
func (l *roll) placeInvited(e rollEntry) int32 {
	if e.kind != workflow.KindMunicipality || e.municipality == "" {
		return 0
	}
	return l.places.of(e.municipality)
}

// dayNumber makes a civil date one number that grows with it; 0 for none.
func dayNumber(date string) int32 {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return int32(t.Year()*10_000 + int(t.Month())*100 + t.Day())
}

// codes stand for texts in a facet, from 1 on.
type codes map[string]int32

func (c codes) of(text string) int32 {
	n, known := c[text]
	if !known {
		n = int32(len(c) + 1)
		c[text] = n
	}
	return n
}

// placeOf is the place of each state in workflow.States.
var placeOf = func() map[workflow.State]int8 {
	places := map[workflow.State]int8{}
	for i, s := range workflow.States {
		places[s] = int8(i)
	}
	return places
}()
