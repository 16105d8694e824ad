package store

import (
	"path/filepath"
	"testing"

	"jachete/store/storetest"
	"jachete/workflow"
)

var migrated = storetest.NewMigrated(Open)

// TestSQLite holds the SQLite store to its port.
func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) workflow.Store { return openStore(t, migrated.SQLite(t)) })
}

// TestPostgres holds the PostgreSQL store to its port.
func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) workflow.Store { return openStore(t, migrated.Postgres(t)) })
}

func sqliteDSN(tb testing.TB) string {
	return "sqlite:" + filepath.Join(tb.TempDir(), "jachete é #1%.db")
}

func openStore(tb testing.TB, dsn string) *Store {
	tb.Helper()
	s, err := Open(tb.Context(), dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func openMigrated(tb testing.TB, dsn string) *Store {
	tb.Helper()
	s := openStore(tb, dsn)
	if err := s.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return s
}
