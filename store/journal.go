package store

import (
	"context"
	"maps"
	"slices"

	"jachete/workflow"
	"jachete/workflow/journal"
)

const (
	journalColumns = "seq, at, type, pole, record, record_seq, body, prev, record_prev, hash"
	openingColumns = "seq, field, salt, value"
	selectHead     = "SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1"
)

// Record implements workflow.Tx.
func (t *tx) Record(e journal.Event) { t.events = append(t.events, e) }

// appendEvents puts the recorded events at the end of the journal. The caller
// holds the lock of the journal.
func (t *tx) appendEvents(ctx context.Context) error {
	if len(t.events) == 0 {
		return nil
	}
	head, err := t.head(ctx, selectHead)
	if err != nil {
		return err
	}
	records, err := t.recordHeads(ctx)
	if err != nil {
		return err
	}
	var entries, openings [][]any
	for _, event := range t.events {
		e := journal.Append(head, records[event.Record], event)
		head, records[event.Record] = e.Head(), e.RecordHead()
		entries = append(entries, []any{e.Seq, ms(e.At), e.Type, e.Pole, e.Record, e.RecordSeq, e.Body, e.Prev, e.RecordPrev, e.Hash})
		for _, o := range e.Openings {
			openings = append(openings, []any{e.Seq, o.Field, blob(o.Salt), o.Value})
		}
	}
	if err := t.addMany(ctx, "journal.forked", "journal", journalColumns, entries); err != nil {
		return err
	}
	return t.addMany(ctx, "journal.forked", "journal_opening", openingColumns, openings)
}

// recordHeads reads the ends of the chains of the recorded events' records. A
// new record has none.
func (t *tx) recordHeads(ctx context.Context) (map[string]journal.Head, error) {
	heads := map[string]journal.Head{}
	for _, event := range t.events {
		heads[event.Record] = journal.Head{}
	}
	return heads, chunks(slices.Sorted(maps.Keys(heads)), func(w *where) error {
		return t.each(ctx, func(r row) error {
			var record string
			var h journal.Head
			err := r.Scan(&record, &h.Seq, &h.Hash, (*instant)(&h.At))
			heads[record] = h
			return err
		}, `SELECT record, record_seq, hash, at FROM journal WHERE (record, record_seq) IN (
			SELECT record, MAX(record_seq) FROM journal WHERE `+w.String()+` GROUP BY record)`, w.args...)
	}, "record")
}

// head reads the end of a chain; an empty one is the zero Head.
func (l link) head(ctx context.Context, query string, args ...any) (journal.Head, error) {
	heads, err := many(ctx, l, scanHead, query, args...)
	if err != nil || len(heads) == 0 {
		return journal.Head{}, err
	}
	return heads[0], nil
}

func scanHead(r row) (h journal.Head, err error) {
	return h, r.Scan(&h.Seq, &h.Hash, (*instant)(&h.At))
}

func scanEntry(r row) (e journal.Entry, err error) {
	return e, r.Scan(&e.Seq, (*instant)(&e.At), &e.Type, &e.Pole, &e.Record, &e.RecordSeq,
		&e.Body, &e.Prev, &e.RecordPrev, &e.Hash)
}

// JournalHead implements workflow.Reader.
func (r reader) JournalHead(ctx context.Context) (journal.Head, error) {
	return r.head(ctx, selectHead)
}

// JournalEntries implements workflow.Reader.
func (r reader) JournalEntries(ctx context.Context, from int64, limit int) ([]journal.Entry, error) {
	entries, err := many(ctx, r.link, scanEntry,
		"SELECT "+journalColumns+" FROM journal WHERE seq >= $1 ORDER BY seq LIMIT $2", from, limit)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return r.withOpenings(ctx, entries, "seq BETWEEN $1 AND $2", entries[0].Seq, entries[len(entries)-1].Seq)
}

// JournalHashes implements workflow.Reader.
func (r reader) JournalHashes(ctx context.Context, from int64, limit int) ([]string, error) {
	return many(ctx, r.link, value[string], "SELECT hash FROM journal WHERE seq >= $1 ORDER BY seq LIMIT $2", from, limit)
}

// JournalOf implements workflow.Reader.
func (r reader) JournalOf(ctx context.Context, record string) ([]journal.Entry, error) {
	entries, err := many(ctx, r.link, scanEntry,
		"SELECT "+journalColumns+" FROM journal WHERE record = $1 ORDER BY record_seq", record)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return r.withOpenings(ctx, entries, "seq IN (SELECT seq FROM journal WHERE record = $1)", record)
}

// withOpenings puts beside the entries the openings that still exist.
func (r reader) withOpenings(ctx context.Context, entries []journal.Entry, where string, args ...any) ([]journal.Entry, error) {
	at := make(map[int64]*journal.Entry, len(entries))
	for i := range entries {
		at[entries[i].Seq] = &entries[i]
	}
	err := r.each(ctx, func(row row) error {
		var seq int64
		var o journal.Opening
		err := row.Scan(&seq, &o.Field, &o.Salt, &o.Value)
		if entry := at[seq]; entry != nil {
			entry.Openings = append(entry.Openings, o)
		}
		return err
	}, "SELECT "+openingColumns+" FROM journal_opening WHERE "+where+" ORDER BY seq, field", args...)
	if err != nil {
		return nil, err
	}
	return entries, nil
}

var _ workflow.Tx = (*tx)(nil)
