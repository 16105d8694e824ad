package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// A certificate that was timestamped and archived since has more revisions and
// more sealing events: its evidence is checked by the same commands, and tells
// what the authority stated.
func TestEvidenceOfATimestampedCertificate(t *testing.T) {
	a, authority, _ := stampedApp(t)
	w, began := worldOf(a), time.Now().Truncate(time.Second)
	a.service.Upgrader = withLists(t, a, authority)
	number := signOn(t, w)
	for _, level := range []string{"B-B", "B-LT", "B-LTA"} {
		var err error
		switch level {
		case "B-LT":
			err = w.Tick(t.Context())
		case "B-LTA":
			_, err = w.ArchiveCertificate(t.Context(), workflow.Operator(), number)
		}
		if err != nil {
			t.Fatal(err)
		}
		checkStamped(t, signedStory{World: w, number: number}.evidence(t), level, began)
	}
}

func checkStamped(t *testing.T, file []byte, level string, began time.Time) {
	t.Helper()
	files, _ := unzip(t, file)
	dir := lay(t, files)
	for i, c := range readTold(t, files["VERIFY.md"]) {
		if ok, printed := c.holds(t, dir); !ok {
			t.Errorf("%s: command %d printed\n%s\nnot\n%s", level, i+1, printed, c.prints)
		}
	}
	var e struct {
		PDF       struct{ Level string }
		Timestamp struct {
			Authority, Serial, Policy *string
			Time                      *time.Time `json:"gen_time"`
			SHA256                    *string    `json:"token_sha256"`
		}
	}
	if err := json.Unmarshal(files["evidence.json"], &e); err != nil {
		t.Fatal(err)
	}
	at := e.Timestamp
	switch {
	case e.PDF.Level != level:
		t.Errorf("level is %s, want %s", e.PDF.Level, level)
	case level == "B-B":
		if at.Authority != nil || at.Time != nil || at.SHA256 != nil {
			t.Errorf("a timestamp was invented: %s", files["evidence.json"])
		}
	case at.Authority == nil || !strings.Contains(*at.Authority, "Autorité d’essai") || at.Serial == nil || at.Policy == nil || at.SHA256 == nil:
		t.Errorf("%s: the timestamp is not told: %s", level, files["evidence.json"])
	case at.Time.Before(began) || at.Time.After(time.Now()):
		t.Errorf("%s: timestamped at %v", level, at.Time)
	}
}
