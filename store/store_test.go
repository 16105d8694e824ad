package store

import (
	"path/filepath"
	"testing"

	"jachete/store/storetest"
	"jachete/workflow"
)

// TestSQLite holds the SQLite store to its port.
func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) workflow.Store { return openMigrated(t, sqliteDSN(t)) })
}

// TestPostgres holds the PostgreSQL store to its port.
func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) workflow.Store { return openMigrated(t, storetest.Postgres(t)) })
}

func sqliteDSN(tb testing.TB) string {
	return "sqlite:" + filepath.Join(tb.TempDir(), "jachete é #1%.db")
}

func openMigrated(tb testing.TB, dsn string) *Store {
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
	if err := s.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return s
}
