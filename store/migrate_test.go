package store

import (
	"errors"
	"sync"
	"testing"

	"jachete/store/storetest"
)

func TestSchemaVersion(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s, err := Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		have, known, err := s.SchemaVersion(t.Context())
		if have != 0 || known < 6 || err != nil {
			t.Errorf("before: %d of %d, %v", have, known, err)
		}
		for range 2 {
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if have, _, err = s.SchemaVersion(t.Context()); have != known || err != nil {
			t.Errorf("after: %d of %d, %v", have, known, err)
		}
	})
}

// TestMigrateTogether starts eight instances on an empty database.
func TestMigrateTogether(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				s, err := Open(t.Context(), dsn)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				if err := s.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		s := openMigrated(t, dsn)
		applied, err := s.number(t.Context(), "SELECT COUNT(*) FROM "+versionTable+" WHERE version_id > 0")
		files, _ := s.provider(s.write)
		if want := len(files.ListSources()); int(applied) != want || err != nil {
			t.Errorf("%d migrations applied, %v, want each of %d once", applied, err, want)
		}
		if _, err := s.write.ExecContext(t.Context(), "INSERT INTO "+versionTable+" (version_id, is_applied) SELECT version_id, is_applied FROM "+
			versionTable); !isDuplicate(err) {
			t.Errorf("a migration could be applied twice: %v", err)
		}
		storetest.Prepare(t, s, 1)
	})
}

func TestMigrateRefusesNewerSchema(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		_, known, _ := s.SchemaVersion(t.Context())
		if _, err := s.write.ExecContext(t.Context(), "INSERT INTO "+versionTable+" (version_id, is_applied) VALUES ($1, $2)",
			known+1, s.dialect.name == "postgres"); err != nil {
			t.Fatal(err)
		}
		var newer *NewerSchemaError
		if err := s.Migrate(t.Context()); !errors.As(err, &newer) || newer.Have != known+1 || newer.Known != known {
			t.Errorf("error = %v, want a NewerSchemaError", err)
		}
	})
}
