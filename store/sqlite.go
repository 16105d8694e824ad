package store

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const sqliteScheme = "sqlite:"

// pragmas are set on every connection, after its busy_timeout: the driver puts
// that first and the others in the order of letters.
var pragmas = []string{
	"foreign_keys(1)",   // off by default
	"journal_mode(WAL)", // readers go on while one writes
	"synchronous(FULL)", // an acknowledged signature survives a power cut; costs under 0.4 ms
	"trusted_schema(0)", // no functions called from the schema of a tampered file
}

// How long a statement waits for a file that another program locks.
const (
	readWait = Patience
	// SQLite asks for a busy file ever less often, down to ten times a second,
	// and never gets its turn while another process writes without a pause. A
	// short wait that Store.begin repeats asks a hundred times a second.
	writeWait     = 20 * time.Millisecond
	migrationWait = time.Minute
)

func openSQLite(dsn string) (*Store, error) {
	path := strings.TrimPrefix(dsn, sqliteScheme)
	if path == "" {
		return nil, fmt.Errorf("store: no file after %s", sqliteScheme)
	}
	if err := createPrivate(path); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	write, err := sql.Open("sqlite", sqliteURI(path, "immediate", writeWait))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	read, err := sql.Open("sqlite", sqliteURI(path, "deferred", readWait, "query_only(1)"))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	write.SetMaxOpenConns(1)
	readers := max(4, runtime.GOMAXPROCS(0))
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	migration := func() (*sql.DB, error) {
		db, err := sql.Open("sqlite", sqliteURI(path, "immediate", migrationWait))
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

func sqliteURI(path, txlock string, wait time.Duration, more ...string) string {
	query := url.Values{"_txlock": {txlock}, "_pragma": {fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds())}}
	query["_pragma"] = slices.Concat(query["_pragma"], pragmas, more)
	uri := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: query.Encode()}
	return uri.String()
}
