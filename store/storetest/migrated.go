package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Migrator is a store that brings its database up to date.
type Migrator interface {
	Migrate(context.Context) error
	Close() error
}

// Migrated makes databases that are up to date already: it migrates one of each
// kind per process and copies it. Migrating every one anew took half of the
// time of all tests.
type Migrated struct {
	sqlite   func() ([]byte, error)          // the file
	postgres func() (name string, err error) // of the database to copy
}

// NewMigrated makes databases for stores that open gives.
func NewMigrated[M Migrator](open func(ctx context.Context, dsn string) (M, error)) *Migrated {
	migrate := func(dsn string) error {
		s, err := open(context.Background(), dsn)
		if err != nil {
			return err
		}
		return errors.Join(s.Migrate(context.Background()), s.Close())
	}
	return &Migrated{
		sqlite:   sync.OnceValues(func() ([]byte, error) { return migratedFile(migrate) }),
		postgres: sync.OnceValues(func() (string, error) { return migratedDatabase(migrate) }),
	}
}

func migratedFile(migrate func(dsn string) error) ([]byte, error) {
	folder, err := os.MkdirTemp("", "jachete-migrated-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "migrated.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func migratedDatabase(migrate func(dsn string) error) (name string, err error) {
	server, err := runningCluster()
	if err != nil {
		return "", err
	}
	name = "migrated_" + strings.ToLower(rand.Text())
	if err := administer(server.socket, "CREATE DATABASE "+name+" STRATEGY file_copy"); err != nil {
		return "", err
	}
	return name, migrate(address(server.socket, name))
}

// SQLite gives the address of a file of its own for the test.
func (m *Migrated) SQLite(tb testing.TB) (dsn string) {
	tb.Helper()
	file, err := m.sqlite()
	if err != nil {
		tb.Fatalf("migrate a SQLite file: %v", err)
	}
	path := filepath.Join(tb.TempDir(), "jachete é #1%.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		tb.Fatal(err)
	}
	return "sqlite:" + path
}

// Postgres gives the address of a database as the function [Postgres] does.
func (m *Migrated) Postgres(tb testing.TB) (dsn string) {
	tb.Helper()
	name, err := m.postgres()
	if err != nil {
		tb.Fatalf("migrate a PostgreSQL database: %v", err)
	}
	return databaseLike(tb, name)
}
