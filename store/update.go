package store

import (
	"context"
	"database/sql"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

// tx implements workflow.Tx. Its methods are in the files of their nouns.
type tx struct {
	reader
	dialect dialect
	events  []journal.Event
	// listed tells that the register has a new or moved line, whose edition is due.
	listed bool
	// shown tells that something else of the public pages moved.
	shown bool
	// touched tells that invitations changed, whose edition is due.
	touched bool
}

// Update implements workflow.Store. fn must read through its Tx: a read
// through the Store from inside would not see what fn wrote, and on PostgreSQL
// would take a second connection.
func (s *Store) Update(ctx context.Context, fn func(workflow.Tx) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The guard bounds BEGIN and COMMIT; the statements between them are
	// bounded one by one.
	guard := time.AfterFunc(Patience, cancel)
	defer guard.Stop()
	conn, begun, err := s.begin(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close()
	defer begun.Rollback() // after a panic too; does nothing once committed
	guard.Stop()

	var failed error
	t := &tx{reader: reader{link: link{db: begun, failed: &failed}}, dialect: s.dialect}
	if err := fn(t); err != nil {
		return err
	}
	if failed == nil {
		failed = t.seal(ctx)
	}
	if failed != nil {
		return failed
	}
	guard.Reset(Patience)
	return translate(begun.Commit())
}

// begin takes a connection and begins a transaction on it, both within
// Patience. A busy SQLite file is asked again at once: the pause between is in
// the statement, see writeWait.
func (s *Store) begin(ctx context.Context) (*sql.Conn, *sql.Tx, error) {
	var conn *sql.Conn
	var begun *sql.Tx
	deadline := time.Now().Add(Patience)
	err := whileBusy(deadline, func() (err error) { conn, err = s.write.Conn(ctx); return err })
	if err != nil {
		return nil, nil, err
	}
	if err = whileBusy(deadline, func() (err error) { begun, err = conn.BeginTx(ctx, nil); return err }); err != nil {
		conn.Close()
	}
	return conn, begun, err
}

// whileBusy tries again, until the deadline, what another program's lock on a
// SQLite file kept from being done. Each try waits a little by itself.
func whileBusy(deadline time.Time, try func() error) error {
	err := try()
	for err != nil && isBusy(err) && time.Now().Before(deadline) {
		err = try()
	}
	return err
}

// seal does what has to be in the order of commits: under a lock held until
// then, it numbers the editions of the register, of the public pages and of the
// invitations, and appends to the journal. Rows are locked before, as in the
// rest of the transaction: who waits for a row must not hold the lock.
func (t *tx) seal(ctx context.Context) error {
	if len(t.events) == 0 && !t.listed && !t.shown && !t.touched {
		return nil
	}
	if err := t.noteActivity(ctx); err != nil {
		return err
	}
	if t.dialect.lockJournal != "" {
		if _, err := t.exec(ctx, t.dialect.lockJournal); err != nil {
			return err
		}
	}
	if err := t.numberEditions(ctx); err != nil {
		return err
	}
	return t.appendEvents(ctx)
}

func (t *tx) numberEditions(ctx context.Context) error {
	var due []string
	if t.listed {
		due = append(due, commitmentNumber)
	}
	if t.listed || t.shown {
		due = append(due, "UPDATE showcase SET edition = edition + 1")
	}
	if t.touched {
		due = append(due, numberInvitations...)
	}
	for _, statement := range due {
		if _, err := t.exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
