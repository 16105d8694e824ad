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
	// lockJournal makes writers of the journal take turns until they commit.
	lockJournal string
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
	skipLocked:  "FOR UPDATE SKIP LOCKED",
	lockJournal: fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", journalLock),
	lockStaff:   fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", staffLock),
}

// sqlite needs neither lock: BEGIN IMMEDIATE lets one writer in at a time.
var sqlite = dialect{
	name: "sqlite", goose: goose.DialectSQLite3,
	hasTable: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
}
