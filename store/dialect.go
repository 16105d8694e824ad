package store

import (
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// dialect is all that differs between the two databases.
type dialect struct {
	name  string // in the names of migration files
	goose goose.Dialect
	// migrationLock makes instances that start together take turns.
	migrationLock func() (lock.SessionLocker, error)
	// skipLocked lets workers claim different rows at the same time.
	skipLocked string
	// keepRow lets nobody change a row that was read until the transaction ends.
	keepRow string
	// lockJournal makes writers of the journal take turns until they commit.
	lockJournal string
	// parameters bounds those of a statement that adds many rows. PostgreSQL gains
	// by few journeys to the server; SQLite makes none, and looks for each
	// parameter's name among all those before it.
	parameters int
	// lockStaff makes those who change roles take turns until they commit.
	lockStaff string
	// hasTable counts the tables named $1.
	hasTable string
}

// These are the keys of advisory locks, which all users of a PostgreSQL
// database share: any fixed numbers of our own.
const (
	journalLock   = 7_165_204_391_001
	migrationLock = 7_165_204_391_002
	staffLock     = 7_165_204_391_003
)

var postgres = dialect{
	name: "postgres", goose: goose.DialectPostgres,
	migrationLock: func() (lock.SessionLocker, error) {
		return lock.NewPostgresSessionLocker(lock.WithLockID(migrationLock), lock.WithLockTimeout(1, 300))
	},
	hasTable:    "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1",
	parameters:  3000,
	skipLocked:  "FOR UPDATE SKIP LOCKED",
	keepRow:     "FOR SHARE",
	lockJournal: fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", journalLock),
	lockStaff:   fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", staffLock),
}

// sqlite needs none of the locks: BEGIN IMMEDIATE lets one writer in at a time.
var sqlite = dialect{
	name: "sqlite", goose: goose.DialectSQLite3, parameters: 200,
	hasTable: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
}
