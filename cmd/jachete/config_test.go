package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestLengthsOfTime(t *testing.T) {
	for text, want := range map[string]time.Duration{"90s": 90 * time.Second, "15m": 15 * time.Minute, "36h": 36 * time.Hour, "60d": 60 * 24 * time.Hour, "3s": 3 * time.Second} {
		if got, err := parseLife(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "s", "60", "-1d", "0s", "1.5h", "401d", "999999999999d", "2w", "d60", "1e3s"} {
		if got, err := parseLife(bad); err == nil {
			t.Errorf("%q read as %v", bad, got)
		}
	}
}

func TestKeysMadeAtOnceAreOneKey(t *testing.T) {
	ring, err := openKeyring(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 8)
	for range 8 {
		go func() {
			text, err := ring.secret("link.key", func() (string, error) { return newLinkKey(time.Now()) })
			if err != nil {
				t.Error(err)
			}
			got <- text
		}()
	}
	var all []string
	for range 8 {
		all = append(all, <-got)
	}
	if len(slices.Compact(all)) != 1 {
		t.Errorf("processes hold different keys")
	}
	info, err := os.Stat(filepath.Join(ring.dir, "link.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(ring.dir, ".new-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSecretsMayComeFromFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "smtp")
	if err := os.WriteFile(path, []byte("smtps://u:p@relay.example.org\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("JACHETE_SMTP_FILE", path)
	var c commands
	parser, err := newParser(&c, os.Stdout, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"version"}); err != nil || c.SMTP != "smtps://u:p@relay.example.org" {
		t.Errorf("relay %q, %v", c.SMTP, err)
	}
	if _, err := parser.Parse([]string{"version", "--smtp", "smtps://flag.example.org"}); err != nil || c.SMTP != "smtps://flag.example.org" {
		t.Errorf("the flag does not win: %q, %v", c.SMTP, err)
	}
	t.Setenv("JACHETE_SMTP", "smtps://env.example.org")
	if _, err := parser.Parse([]string{"version"}); err != nil || c.SMTP != "smtps://env.example.org" {
		t.Errorf("the variable does not win over its file: %q, %v", c.SMTP, err)
	}
}
