package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"jachete/workflow"
)

// Patience bounds every wait: for a connection, for a lock, for the answer to
// one statement.
const Patience = 5 * time.Second

// Store implements workflow.Store. Make one with Open.
type Store struct {
	reader
	dialect dialect
	write   *sql.DB
	read    *sql.DB // the same as write on PostgreSQL
	// migration opens a pool whose statements may take their time.
	migration func() (*sql.DB, error)
}

var _ workflow.Store = (*Store)(nil)

// Open opens the database of a dsn, "sqlite:PATH" or "postgres://…", and makes
// sure that it answers. An absent SQLite file is made, readable by its owner
// only; its folder has to exist. The schema is not touched: see Migrate.
func Open(ctx context.Context, dsn string) (*Store, error) {
	open := openPostgres
	if strings.HasPrefix(dsn, sqliteScheme) {
		open = openSQLite
	} else if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		return nil, fmt.Errorf("store: database address must start with sqlite: or postgres://")
	}
	s, err := open(dsn)
	if err != nil {
		return nil, err
	}
	s.reader = reader{link: link{db: s.read}, shelf: new(shelf), roll: newRoll()}
	if err := s.Ping(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Ping asks both pools for a sign of life, within Patience. Readers come first:
// they have the patience to make a new SQLite file a WAL one while another
// instance does the same.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	deadline := time.Now().Add(Patience)
	for _, db := range []*sql.DB{s.read, s.write} {
		if err := whileBusy(deadline, func() error { return db.PingContext(ctx) }); err != nil {
			return translate(err)
		}
	}
	return nil
}

// Close waits for what is running and closes the database.
func (s *Store) Close() error {
	err := s.write.Close()
	if s.read != s.write {
		if readErr := s.read.Close(); err == nil {
			err = readErr
		}
	}
	return err
}
