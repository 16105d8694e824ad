package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jachete/workflow/journal"
)

// publicJournal is a site that shows a journal.
type publicJournal struct {
	secret, public string
	hashes         []string
}

func newPublicJournal(t *testing.T, entries int) *publicJournal {
	t.Helper()
	secret, public, err := journal.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	j := &publicJournal{secret: secret, public: public}
	for range entries {
		raw := make([]byte, 32)
		rand.Read(raw)
		j.hashes = append(j.hashes, hex.EncodeToString(raw))
	}
	return j
}

// note is the checkpoint of the first entries.
func (j *publicJournal) note(t *testing.T, size int) string {
	t.Helper()
	var tree journal.Tree
	for _, hash := range j.hashes[:size] {
		tree.Add(hash)
	}
	c, err := journal.Sign(&tree, time.Now(), j.secret)
	if err != nil {
		t.Fatal(err)
	}
	return c.Note
}

func (j *publicJournal) serve(t *testing.T) string {
	t.Helper()
	history := &journal.History{Read: func(_ context.Context, from int64, limit int) ([]string, error) {
		some := j.hashes[min(int(from-1), len(j.hashes)):]
		return some[:min(limit, len(some))], nil
	}}
	mux := http.NewServeMux()
	mux.HandleFunc("/journal/cles.txt", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(j.public + "\n")) })
	mux.HandleFunc("/journal/suite/{size}", func(w http.ResponseWriter, r *http.Request) {
		size, _ := strconv.ParseInt(r.PathValue("size"), 10, 64)
		if size > int64(len(j.hashes)) {
			http.NotFound(w, r)
			return
		}
		proof, err := history.Growth(r.Context(), size, int64(len(j.hashes)))
		if err != nil {
			t.Error(err)
		}
		json.NewEncoder(w).Encode(journal.GrowthFile{From: size, Checkpoint: j.note(t, len(j.hashes)), Proof: proof})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// keep writes checkpoints where another pôle keeps them.
func keep(t *testing.T, notes ...string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for i, note := range notes {
		if err := os.WriteFile(filepath.Join(folder, strconv.Itoa(i)+".txt"), []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// Whoever kept old checkpoints finds out, from the public site alone, whether the
// past was rewritten, cut off, or signed by somebody else.
func TestAnotherPoleHoldsTheSiteToItsJournal(t *testing.T) {
	honest := newPublicJournal(t, 700)
	old := []string{honest.note(t, 10), honest.note(t, 256), honest.note(t, 700)}
	rewritten := &publicJournal{honest.secret, honest.public, append([]string{honest.hashes[1]}, honest.hashes[1:]...)}
	cut := &publicJournal{honest.secret, honest.public, honest.hashes[:300]}
	stranger := newPublicJournal(t, 0)
	stranger.hashes = honest.hashes
	for name, c := range map[string]struct {
		site *publicJournal
		want error
		says string
	}{
		"honest":    {honest, nil, "sound: 700 entries, 3 checkpoints"},
		"rewritten": {rewritten, exitCode(4), "rewritten"},
		"cut":       {cut, exitCode(3), "knows 700 entries"},
		"stranger":  {stranger, exitCode(4), "a checkpoint you kept"},
	} {
		var out bytes.Buffer
		command := journalVerifyCommand{Against: keep(t, old...), Site: c.site.serve(t)}
		err := command.Run(&Config{}, &streams{&out, &out})
		if !errors.Is(err, c.want) && err != c.want || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: %v\n%s", name, err, &out)
		}
	}
}

func TestJournalOfASiteIsAskedForSafely(t *testing.T) {
	kept := keep(t, newPublicJournal(t, 1).note(t, 1))
	for _, site := range []string{"http://exemple.example.org", "ftp://127.0.0.1", "x", "https://"} {
		var wrong misuse
		if err := (journalVerifyCommand{Against: kept, Site: site}).Run(&Config{}, &streams{}); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", site, err)
		}
	}
	var wrong misuse
	if err := (journalVerifyCommand{Site: "https://example.org"}).Run(&Config{}, &streams{}); !errors.As(err, &wrong) {
		t.Error(err)
	}
	huge := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, siteAnswer+2)) }))
	defer huge.Close()
	if err := (journalVerifyCommand{Against: kept, Site: huge.URL}).Run(&Config{}, &streams{}); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Error(err)
	}
}
