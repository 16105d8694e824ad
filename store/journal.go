package store

import (
	"context"

	"jachete/workflow"
	"jachete/workflow/journal"
)

const (
	journalColumns = "seq, at, type, pole, record, record_seq, body, prev, record_prev, hash"
	openingColumns = "seq, field, salt, value"
	selectHead     = "SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1"
	selectRecord   = "SELECT record_seq, hash, at FROM journal WHERE record = $1 ORDER BY record_seq DESC LIMIT 1"
)

var (
	insertEntry   = insert("journal", journalColumns)
	insertOpening = insert("journal_opening", openingColumns)
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
	records := map[string]journal.Head{}
	for _, event := range t.events {
		record, known := records[event.Record]
		if !known {
			if record, err = t.head(ctx, selectRecord, event.Record); err != nil {
				return err
			}
		}
		entry := journal.Append(head, record, event)
		if err := t.addEntry(ctx, entry); err != nil {
			return err
		}
		head, records[event.Record] = entry.Head(), entry.RecordHead()
	}
	return nil
}

func (t *tx) addEntry(ctx context.Context, e journal.Entry) error {
	err := t.add(ctx, "journal.forked", insertEntry, e.Seq, ms(e.At), e.Type, e.Pole, e.Record, e.RecordSeq,
		e.Body, e.Prev, e.RecordPrev, e.Hash)
	for _, o := range e.Openings {
		if err == nil {
			err = t.add(ctx, "journal.forked", insertOpening, e.Seq, o.Field, blob(o.Salt), o.Value)
		}
	}
	return err
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
