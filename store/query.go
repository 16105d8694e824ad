package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// database is what *sql.DB and *sql.Tx have in common.
type database interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// link runs statements, each within Patience.
type link struct {
	db database
	// failed keeps the first failure of a transaction, which then cannot be
	// committed; nil outside one.
	failed *error
}

// row is what a scan function reads from.
type row interface{ Scan(dest ...any) error }

// fail translates a failure and spoils the transaction.
func (l link) fail(err error) error {
	err = translate(err)
	if l.failed != nil && *l.failed == nil {
		*l.failed = err
	}
	return err
}

// each calls visit for every row of a query.
func (l link) each(ctx context.Context, visit func(row) error, query string, args ...any) error {
	if !storable(args) {
		return nil // nothing stored can match
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	rows, err := l.db.QueryContext(ctx, query, args...)
	if err != nil {
		return l.fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return l.fail(err)
		}
	}
	if err := rows.Err(); err != nil {
		return l.fail(err)
	}
	return nil
}

// exec runs a statement and gives the number of rows it changed.
func (l link) exec(ctx context.Context, query string, args ...any) (int64, error) {
	n, err := l.run(ctx, query, args...)
	if err != nil {
		return 0, l.fail(err)
	}
	return n, nil
}

func (l link) run(ctx context.Context, query string, args ...any) (int64, error) {
	if !storable(args) {
		return 0, errors.New("text with NUL or invalid UTF-8")
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	result, err := l.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// add inserts one row; a duplicate is a Conflict with that key.
func (l link) add(ctx context.Context, duplicate, query string, args ...any) error {
	_, err := l.run(ctx, query, args...)
	if err != nil && isDuplicate(err) {
		return l.fail(conflict(duplicate))
	}
	if err != nil {
		return l.fail(err)
	}
	return nil
}

// change runs a conditional statement; refusal is the error when it met no row.
func (l link) change(ctx context.Context, refusal error, query string, args ...any) error {
	n, err := l.exec(ctx, query, args...)
	if err == nil && n == 0 {
		return refusal
	}
	return err
}

// many reads every row of a query.
func many[T any](ctx context.Context, l link, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	var all []T
	err := l.each(ctx, func(r row) error {
		v, err := scan(r)
		all = append(all, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return all, nil
}

// one reads the only row of a query; none is NotFound with that key.
func one[T any](ctx context.Context, l link, absent string, scan func(row) (T, error), query string, args ...any) (T, error) {
	var none T
	all, err := many(ctx, l, scan, query, args...)
	switch {
	case err != nil:
		return none, err
	case len(all) == 0:
		return none, notFound(absent)
	case len(all) > 1:
		return none, l.fail(fmt.Errorf("%d rows where one was expected", len(all)))
	}
	return all[0], nil
}

// value reads one column of one row.
func value[T any](r row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// number reads a count.
func (l link) number(ctx context.Context, query string, args ...any) (int64, error) {
	all, err := many(ctx, l, value[int64], query, args...)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0], nil
}
