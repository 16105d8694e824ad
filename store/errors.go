package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"

	"jachete/workflow"
)

// retryAfter is what a person is told to wait when the database is away.
const retryAfter = 5 * time.Second

// NewerSchemaError says that the database was migrated by a later release of
// the program, which alone may use it.
type NewerSchemaError struct {
	Have  int64 // version of the database
	Known int64 // newest version this program knows
}

// Error says both versions.
func (e *NewerSchemaError) Error() string {
	return fmt.Sprintf("store: the database has schema version %d, this program knows up to %d: start a newer program", e.Have, e.Known)
}

func notFound(key string) error { return &workflow.Error{Kind: workflow.NotFound, Key: key} }

func conflict(key string) error { return &workflow.Error{Kind: workflow.Conflict, Key: key} }

// translate gives an error of the database the kind the port promises. What it
// does not know stays as it is, which is workflow.Internal.
func translate(err error) error {
	var known *workflow.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case isAway(err):
		return &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable", RetryAfter: retryAfter, Err: err}
	}
	return fmt.Errorf("store: %w", err)
}

// isAway tells of a database that is down, busy, full or slow: the same call
// may succeed later.
func isAway(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pgAway(pg.Code)
	}
	if code := sqliteCode(err); code != 0 {
		return sqliteAway(code)
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, sql.ErrTxDone) || // the context ended first
		errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err)
}

// pgAway reads a SQLSTATE of PostgreSQL (appendix A of its manual).
func pgAway(code string) bool {
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "58": // connection, resources, operator, system
		return true
	}
	switch code {
	case "40001", "40P01", "55P03", "25P03", "25006": // serialisation, deadlock, lock, idle, read-only standby
		return true
	}
	return false
}

// Result codes of SQLite, https://sqlite.org/rescode.html.
const (
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteInterrupt  = 9
	sqliteFull       = 13
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
)

// sqliteCode gives the extended result code, or 0 for another error.
func sqliteCode(err error) int {
	var coded interface{ Code() int }
	if errors.As(err, &coded) {
		return coded.Code()
	}
	return 0
}

// isBusy tells that another program holds the write lock of a SQLite file.
func isBusy(err error) bool { return sqliteCode(err)&0xff == sqliteBusy }

func sqliteAway(code int) bool {
	switch code & 0xff {
	case sqliteBusy, sqliteLocked, sqliteInterrupt, sqliteFull:
		return true
	}
	return false
}

// isDuplicate tells that a UNIQUE constraint or a primary key refused a row.
func isDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	code := sqliteCode(err)
	return code == sqliteUnique || code == sqlitePrimaryKey
}

// storable tells whether both databases can hold and compare every text among
// the arguments: PostgreSQL refuses NUL and what is not UTF-8.
func storable(args []any) bool {
	for _, a := range args {
		v := reflect.ValueOf(a)
		if v.Kind() == reflect.String && (!utf8.ValidString(v.String()) || strings.ContainsRune(v.String(), 0)) {
			return false
		}
	}
	return true
}
