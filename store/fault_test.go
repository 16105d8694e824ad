package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
)

// boom makes every queued mail fail inside the database.
var boom = map[string]string{
	"sqlite": "CREATE TRIGGER boom BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'boom'); END",
	"postgres": `CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''boom''; END';
		CREATE TRIGGER boom BEFORE INSERT ON delivery EXECUTE FUNCTION boom()`,
}

// TestFaultKeepsNothing fails a signing at its fourth statement.
func TestFaultKeepsNothing(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		storetest.Prepare(t, s, 1)
		mustExec(t, s, boom[s.dialect.name])
		err := storetest.Sign(t, s, "inv-0")
		if workflow.KindOf(err) != workflow.Internal {
			t.Errorf("error = %v, want an internal one", err)
		}
		storetest.WantSigned(t, s, 0)
	})
}

// waitsFor checks that work gives up in time, and says so.
func waitsFor(t *testing.T, work func() error) {
	t.Helper()
	begin := time.Now()
	err := work()
	var refused *workflow.Error
	if !errors.As(err, &refused) || refused.Kind != workflow.Unavailable || refused.RetryAfter <= 0 {
		t.Errorf("error = %v, want unavailable with a time to wait", err)
	}
	if waited := time.Since(begin); waited > Patience+2*time.Second {
		t.Errorf("waited %v", waited)
	}
}

func nothing(workflow.Tx) error { return nil }

// hold takes the write lock of a SQLite file as another program would.
func hold(t *testing.T, dsn string) (release func()) {
	t.Helper()
	other, err := openSQLite(dsn)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := other.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		tx.Rollback()
		other.write.Close()
		other.read.Close()
	}
}

func TestLockedFile(t *testing.T) {
	t.Parallel()
	dsn := sqliteDSN(t)
	s := openMigrated(t, dsn)
	release := hold(t, dsn)
	time.AfterFunc(time.Second, release)
	if err := s.Update(t.Context(), nothing); err != nil {
		t.Errorf("locked for a second: %v", err)
	}

	release = hold(t, dsn)
	defer release()
	done := make(chan struct{})
	go func() {
		defer close(done)
		waitsFor(t, func() error { return s.Update(t.Context(), nothing) })
	}()
	time.Sleep(Patience / 2)
	// The second writer waits for the first one's connection, then for the lock:
	// together not longer.
	waitsFor(t, func() error { return s.Update(t.Context(), nothing) })
	<-done
	if _, err := s.Poles(t.Context()); err != nil {
		t.Errorf("reading beside a writer: %v", err)
	}
}

// TestJournalLockHeld: another writer that hangs in front of its commit.
func TestJournalLockHeld(t *testing.T) {
	dsn := storetest.Postgres(t)
	t.Parallel()
	s := openMigrated(t, dsn)
	storetest.Prepare(t, s, 1)
	tx, err := s.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec(s.dialect.lockJournal); err != nil {
		t.Fatal(err)
	}
	waitsFor(t, func() error { return storetest.Sign(t, s, "inv-0") })
	storetest.WantSigned(t, s, 0)
}

func TestPoolExhausted(t *testing.T) {
	dsn := storetest.Postgres(t)
	t.Parallel()
	s := openMigrated(t, dsn)
	s.write.SetMaxOpenConns(1)
	held, err := s.write.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waitsFor(t, func() error { _, err := s.Poles(t.Context()); return err })
	waitsFor(t, func() error { return s.Update(t.Context(), nothing) })
	held.Close()
	if err := s.Update(t.Context(), nothing); err != nil {
		t.Errorf("after: %v", err)
	}
}

// TestConnectionLost cuts the connection in the middle of a transaction.
func TestConnectionLost(t *testing.T) {
	s := openMigrated(t, storetest.Postgres(t))
	storetest.Prepare(t, s, 1)
	err := s.Update(t.Context(), func(w workflow.Tx) error {
		if err := w.AddPole(t.Context(), storetest.Pole("autre")); err != nil {
			return err
		}
		cut(t, s.write)
		_, err := w.Pole(t.Context(), "autre")
		return err
	})
	if !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("error = %v, want unavailable", err)
	}
	if err := storetest.Sign(t, s, "inv-0"); err != nil {
		t.Errorf("the pool did not recover: %v", err)
	}
	if _, err := s.Pole(t.Context(), "autre"); !workflow.IsKind(err, workflow.NotFound) {
		t.Errorf("half a transaction was kept: %v", err)
	}
}

func cut(t *testing.T, db *sql.DB) {
	_, err := db.ExecContext(context.WithoutCancel(t.Context()), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		t.Error(err)
	}
}

// TestFullDisk: a database that may not grow refuses and keeps what it has.
func TestFullDisk(t *testing.T) {
	s := openMigrated(t, sqliteDSN(t))
	storetest.Prepare(t, s, 40)
	pages, err := s.number(t.Context(), "PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (link{db: s.write}).number(t.Context(), "PRAGMA max_page_count = "+strconv.FormatInt(pages+2, 10)); err != nil {
		t.Fatal(err)
	}
	signed := 0
	for k := range 40 {
		switch err := storetest.Sign(t, s, "inv-"+strconv.Itoa(k)); {
		case err == nil:
			signed++
		case !workflow.IsKind(err, workflow.Unavailable):
			t.Fatalf("error = %v, want unavailable", err)
		}
	}
	if signed == 40 {
		t.Fatal("the disk was never full")
	}
	storetest.WantSigned(t, s, signed)
}
