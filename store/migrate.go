package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable is where goose notes the migrations it applied.
const versionTable = "schema_version"

// migrationTurns bounds how often an instance looks again after another one
// was faster.
const migrationTurns = 60

// Migrate brings the schema up to date, one transaction per file. Instances
// that start together take turns. A schema that a later release has migrated
// is a *NewerSchemaError, and stays as it is.
func (s *Store) Migrate(ctx context.Context) error {
	db, err := s.migration()
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer db.Close()
	for range migrationTurns {
		var retry bool
		if retry, err = s.migrateOnce(ctx, db); !retry {
			break
		}
		select {
		case <-ctx.Done():
			return translate(ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
	var newer *NewerSchemaError
	if err == nil || errors.As(err, &newer) {
		return err
	}
	return fmt.Errorf("store: migrate: %w", err)
}

// migrateOnce applies what is missing. On SQLite two instances may try the
// same file at once: the later one fails, as each file is one transaction that
// also inserts its number, which is unique. It is told to look again as long
// as the other one moves ahead.
func (s *Store) migrateOnce(ctx context.Context, db *sql.DB) (retry bool, err error) {
	p, err := s.provider(db)
	if err != nil {
		return false, err
	}
	before, known, err := p.GetVersions(ctx)
	if err != nil {
		return s.dialect.migrationLock == nil && ctx.Err() == nil, err
	}
	if before > known {
		return false, &NewerSchemaError{Have: before, Known: known}
	}
	_, err = p.Up(ctx)
	if err == nil || s.dialect.migrationLock != nil {
		return false, err
	}
	after, _, readErr := p.GetVersions(ctx)
	return readErr == nil && (after > before || sqliteAway(sqliteCode(err))), err
}

func (s *Store) provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()), goose.WithExcludeNames(foreign(files, s.dialect.name))}
	if s.dialect.migrationLock != nil {
		lock, err := s.dialect.migrationLock()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(lock))
	}
	return goose.NewProvider(s.dialect.goose, db, files, options...)
}

// foreign lists the files of the other dialect: 00006_name.sqlite.sql is for
// SQLite only, 00001_name.sql for both.
func foreign(files fs.FS, dialect string) (names []string) {
	all, _ := fs.Glob(files, "*.*.sql") // the pattern is well formed
	for _, name := range all {
		if !strings.HasSuffix(name, "."+dialect+".sql") {
			names = append(names, name)
		}
	}
	return names
}

// SchemaVersion gives the version of the database, 0 before any migration, and
// the newest version this program knows.
func (s *Store) SchemaVersion(ctx context.Context) (have, known int64, err error) {
	p, err := s.provider(s.write)
	if err != nil {
		return 0, 0, fmt.Errorf("store: %w", err)
	}
	sources := p.ListSources()
	known = sources[len(sources)-1].Version
	there, err := s.number(ctx, s.dialect.hasTable, versionTable)
	if err != nil || there == 0 {
		return 0, known, err
	}
	have, err = s.number(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM "+versionTable)
	return have, known, err
}
