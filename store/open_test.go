package store

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
)

// both runs a test on each database.
func both(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteDSN(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

func TestOpenRefuses(t *testing.T) {
	for dsn, want := range map[string]string{
		"":                               "must start with",
		"jachete.db":                     "must start with",
		"mysql://127.0.0.1/x":            "must start with",
		"sqlite:":                        "no file",
		"sqlite:/nulle/part/jachete.db":  "no such file",
		"sqlite:" + t.TempDir():          "is a directory",
		"postgres://u:secret@[::1/x":     "cannot be read",
		"postgres://u:secret@:port/x":    "cannot be read",
		"postgres://127.0.0.1:1/nulle":   "unavailable",
		"postgresql://127.0.0.1:1/nulle": "unavailable",
	} {
		s, err := Open(t.Context(), dsn)
		if err == nil {
			s.Close()
			t.Errorf("%q was opened", dsn)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want %q and no password", dsn, err, want)
		}
	}
	_, err := Open(t.Context(), "postgres://127.0.0.1:1/nulle")
	if !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("a server that is down: %v, want unavailable", err)
	}
}

func TestSQLiteFilesArePrivate(t *testing.T) {
	folder := t.TempDir()
	openMigrated(t, "sqlite:"+filepath.Join(folder, "a b%20c?d#é.db"))
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 3 {
		t.Fatalf("%d files, %v, want the database, -wal and -shm", len(files), err)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), "a b%20c?d#é.db") {
			t.Errorf("stray file %q", f.Name())
		}
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v, want mode 0600", f.Name(), info.Mode(), err)
		}
	}
}

// TestSQLitePragmas reads back what durability and integrity rest on.
func TestSQLitePragmas(t *testing.T) {
	s := openMigrated(t, sqliteDSN(t))
	for _, pool := range []struct {
		name string
		link link
		want map[string]int64
	}{
		{"write", link{db: s.write}, map[string]int64{"synchronous": 2, "foreign_keys": 1, "query_only": 0, "trusted_schema": 0, "busy_timeout": 20}},
		{"read", link{db: s.read}, map[string]int64{"synchronous": 2, "foreign_keys": 1, "query_only": 1, "busy_timeout": 5000}},
	} {
		for pragma, want := range pool.want {
			if got, err := pool.link.number(t.Context(), "PRAGMA "+pragma); err != nil || got != want {
				t.Errorf("%s pool: %s = %d, %v, want %d", pool.name, pragma, got, err, want)
			}
		}
		mode, err := many(t.Context(), pool.link, value[string], "PRAGMA journal_mode")
		if err != nil || mode[0] != "wal" {
			t.Errorf("%s pool: journal mode %v, %v", pool.name, mode, err)
		}
	}
}

// An instance that is ending, or making the file a WAL one, keeps it to itself
// for a moment. Others wait for that, also to open it.
func TestAFileThatIsHeldIsWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "held.db")
	s := openMigrated(t, sqliteScheme+path)
	s.write.SetMaxIdleConns(0) // the next transaction opens the file anew
	s.read.SetMaxIdleConns(0)
	other, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	other.SetMaxOpenConns(1)
	for _, statement := range []string{"PRAGMA locking_mode = EXCLUSIVE", "BEGIN IMMEDIATE", "COMMIT"} {
		if _, err := other.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.write.Conn(t.Context()); !isBusy(err) {
		t.Fatalf("the file is not held: %v", err)
	}
	released := time.AfterFunc(20*writeWait, func() { other.Close() })
	defer released.Stop()
	if err := s.Update(t.Context(), func(workflow.Tx) error { return nil }); err != nil {
		t.Error(err)
	}
}
