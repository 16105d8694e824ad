package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Limits of the PostgreSQL pool. Three instances fit the 100 connections that
// a server allows by default.
const (
	maxConnections     = 24
	idleConnections    = 8
	connectionLifetime = 30 * time.Minute // lets a failover or a new password be noticed
)

func openPostgres(dsn string) (*Store, error) {
	config, err := postgresConfig(dsn, Patience)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(idleConnections)
	db.SetConnMaxLifetime(connectionLifetime)
	migration := func() (*sql.DB, error) {
		config, err := postgresConfig(dsn, 0)
		if err != nil {
			return nil, err
		}
		return stdlib.OpenDB(*config), nil
	}
	return &Store{dialect: postgres, write: db, read: db, migration: migration}, nil
}

// postgresConfig reads the dsn and bounds what a statement may take on the
// server too, so that a lost connection holds no lock for long. 0 is no bound.
func postgresConfig(dsn string, patience time.Duration) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: PostgreSQL address: %w", errors.New("cannot be read")) // the cause may hold the password
	}
	config.ConnectTimeout = Patience
	limit := strconv.FormatInt(patience.Milliseconds(), 10)
	config.RuntimeParams["statement_timeout"] = limit
	config.RuntimeParams["idle_in_transaction_session_timeout"] = strconv.FormatInt(4*patience.Milliseconds(), 10)
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "jachete"
	return config, nil
}
