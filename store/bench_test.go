package store

import (
	"fmt"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
)

// benchmarkDatabases opens a database that holds what storetest.Prepare adds.
func benchmarkDatabases(b *testing.B, prepared int, run func(b *testing.B, s *Store)) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDSN, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := openMigrated(b, dsn(b))
			storetest.Prepare(b, s, prepared)
			run(b, s)
		})
	}
}

// BenchmarkRegister reads one page of 50 lines.
func BenchmarkRegister(b *testing.B) {
	for _, size := range []int{1000, 25000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			benchmarkDatabases(b, 0, func(b *testing.B, s *Store) {
				now := fillRegister(b, s, size)
				for name, f := range map[string]workflow.RegisterFilter{
					"first": {}, "last": {Offset: size - 50}, "search": {Query: "exemple 7"},
					"rare": {Query: "exemple 777"}, "region": {Region: "05"},
				} {
					f.Limit = 50
					b.Run(name, func(b *testing.B) { benchmarkPage(b, s, f, now) })
				}
			})
		})
	}
}

func benchmarkPage(b *testing.B, s *Store, f workflow.RegisterFilter, now time.Time) {
	b.ReportAllocs()
	for b.Loop() {
		page, err := s.Register(b.Context(), f, now)
		if err != nil || len(page.Commitments) == 0 {
			b.Fatal(len(page.Commitments), err)
		}
	}
}

// fillRegister adds fictional organisations of 17 regions.
func fillRegister(b *testing.B, s *Store, size int) time.Time {
	b.Helper()
	err := s.Update(b.Context(), func(w workflow.Tx) error {
		for k := range size {
			c := storetest.Commitment(fmt.Sprint(k), fmt.Sprintf("Coopérative Exemple-%d de Saint-Essai", k*7919%size))
			c.Organisation.RegionCode = fmt.Sprintf("%02d", k%17+1)
			if err := w.AddCommitment(b.Context(), c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	now := storetest.Commitment("", "").PublishedAt
	if _, err := s.RegisterCounts(b.Context(), workflow.RegisterFilter{}, now); err != nil { // the first question lays out the catalogue
		b.Fatal(err)
	}
	return now
}

// BenchmarkRegisterGrows reads a page after each new line, which every
// instance has to fetch.
func BenchmarkRegisterGrows(b *testing.B) {
	benchmarkDatabases(b, 0, func(b *testing.B, s *Store) {
		now := fillRegister(b, s, 25000)
		for k := 0; b.Loop(); k++ {
			b.StopTimer()
			err := s.Update(b.Context(), func(w workflow.Tx) error {
				return w.AddCommitment(b.Context(), storetest.Commitment(fmt.Sprint("new-", k), "Coop Neuve"))
			})
			if err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if _, err := s.Register(b.Context(), workflow.RegisterFilter{Limit: 50}, now); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkUpdate signs: move, signature, certificate, mail, line of the
// register, entry of the journal.
func BenchmarkUpdate(b *testing.B) {
	benchmarkDatabases(b, 1, func(b *testing.B, s *Store) {
		b.ReportAllocs()
		for k := 0; b.Loop(); k++ {
			b.StopTimer()
			id := fmt.Sprint("next-", k)
			if err := s.Update(b.Context(), func(w workflow.Tx) error {
				return w.AddInvitation(b.Context(), storetest.Invitation(id))
			}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if err := storetest.Sign(b, s, id); err != nil {
				b.Fatal(err)
			}
		}
	})
}
