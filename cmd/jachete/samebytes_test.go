package main

import (
	"testing"

	"jachete/store/storetest"
)

// What a database gives back of a certificate draws the very pages that were
// sealed: nothing is lost or changed on the way, whichever database it is.
func TestStoredContentDrawsTheSamePages(t *testing.T) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteIn, "postgres": func(t testing.TB) string { return storetest.Postgres(t) }} {
		t.Run(name, func(t *testing.T) {
			s := liveAndSign(t, dsn(t))
			records, err := s.Store.CertificateRecords(t.Context(), s.number)
			if err != nil {
				t.Fatal(err)
			}
			again, err := s.Sealer.Seal(t.Context(), records[0].Content, records[0].SealedAt)
			if err != nil || again.UnsealedSHA256 != records[0].UnsealedSHA256 {
				t.Errorf("pages %s, sealed as %s: %v", again.UnsealedSHA256, records[0].UnsealedSHA256, err)
			}
			remade, err := s.Sealer.Remake(t.Context(), records[0].Content, nil, records[0].Sealed)
			if err != nil || len(remade) == 0 {
				t.Errorf("made anew: %v", err)
			}
		})
	}
}
