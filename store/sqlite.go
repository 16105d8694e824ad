package store

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const sqliteScheme = "sqlite:"

// pragmas are set on every connection, in this order.
var pragmas = []string{
	fmt.Sprintf("busy_timeout(%d)", Patience.Milliseconds()), // first: the next one may have to wait
	"journal_mode(WAL)", // readers go on while one writes
	"synchronous(FULL)", // an acknowledged signature survives a power cut; costs under 0.4 ms
	"foreign_keys(1)",   // off by default
	"trusted_schema(0)", // no functions called from the schema of a tampered file
}

func openSQLite(dsn string) (*Store, error) {
	path := strings.TrimPrefix(dsn, sqliteScheme)
	if path == "" {
		return nil, fmt.Errorf("store: no file after %s", sqliteScheme)
	}
	if err := createPrivate(path); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	write, err := sql.Open("sqlite", sqliteURI(path, "immediate"))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	read, err := sql.Open("sqlite", sqliteURI(path, "deferred", "query_only(1)"))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	write.SetMaxOpenConns(1)
	readers := max(4, runtime.GOMAXPROCS(0))
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	migration := func() (*sql.DB, error) {
		db, err := sql.Open("sqlite", sqliteURI(path, "immediate", "busy_timeout(60000)"))
		if err == nil {
			db.SetMaxOpenConns(1)
		}
		return db, err
	}
	return &Store{dialect: sqlite, write: write, read: read, migration: migration}, nil
}

// createPrivate makes the file if it is not there. SQLite gives the files it
// puts beside it the same mode.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func sqliteURI(path, txlock string, more ...string) string {
	query := url.Values{"_txlock": {txlock}}
	for _, p := range pragmas {
		query.Add("_pragma", p)
	}
	for _, p := range more {
		query.Add("_pragma", p)
	}
	uri := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: query.Encode()}
	return uri.String()
}
