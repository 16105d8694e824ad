package pdf

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"strings"
	"testing"

	"jachete/pdf/pades"
	"jachete/pdf/pades/check"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// counted is a source that counts the questions.
type counted struct {
	pades.Lists
	questions int
}

func (c *counted) List(ctx context.Context, of, issuer *x509.Certificate) (*x509.RevocationList, error) {
	c.questions++
	return c.Lists.List(ctx, of, issuer)
}

// TestEachLevelConforms takes real certificates through every level. The
// judges agree on the level, every file keeps PDF/A-2a and PDF/UA-1, and the
// lists are asked for once, not for each file.
func TestEachLevelConforms(t *testing.T) {
	clock := workflowtest.NewClock(noon)
	key, rootKey, err := pades.Generate(rand.Reader, noon.AddDate(0, -1, 0), "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	list, err := pades.MakeCRL(rand.Reader, noon.AddDate(0, -1, 0), rootKey, key.Root())
	if err != nil {
		t.Fatal(err)
	}
	authority, err := tsa.NewAuthority(rand.Reader, clock.Now, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(key, authority, noon)
	if err != nil {
		t.Fatal(err)
	}
	source := &counted{Lists: pades.Lists{list, authority.List}}
	former, err := tsa.NewAuthority(rand.Reader, clock.Now, "Service d’essai") // stamped, and is gone
	if err != nil {
		t.Fatal(err)
	}
	u := NewUpgrader(Stamping{Stamper: authority, Past: former.Roots()}, source, clock)
	before := NewUpgrader(Stamping{Stamper: former, Own: former.Roots()}, pades.Lists{list, former.List}, clock)
	roots := append(append(authority.Roots(), former.Roots()...), key.Root())
	for range 3 {
		file, err := s.Seal(t.Context(), sample(), noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			want    pades.Level
			improve func(context.Context, workflow.Sealed) (workflow.Sealed, error)
		}{
			{pades.LevelB, func(_ context.Context, s workflow.Sealed) (workflow.Sealed, error) { return s, nil }},
			{pades.LevelLT, before.Timestamp}, {pades.LevelLTA, u.Archive}, {pades.LevelLTA, u.Archive},
		} {
			if file, err = step.improve(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			report, err := check.Level(file.PDF, roots, noon.AddDate(20, 0, 0))
			if step.want != pades.LevelB && (err != nil || report.Level != step.want) || file.Level != string(step.want) || file.SHA256 != sum(file.PDF) {
				t.Errorf("the judge says %s, the file %s, want %s: %v, %v", report.Level, file.Level, step.want, report.Short, err)
			}
			stamped := step.want != pades.LevelB
			if file.StampedAt.IsZero() == stamped || strings.Contains(file.StampedBy, "service lui-même") != stamped {
				t.Errorf("%s: time of %q at %v", step.want, file.StampedBy, file.StampedAt)
			}
			if former := step.want == pades.LevelLT; file.StampedOwn != former { // whose roots the one that stamped knows as its own
				t.Errorf("%s: own %v", step.want, file.StampedOwn)
			}
			conforms(t, file.PDF)
		}
	}
	if source.questions != 1 {
		t.Errorf("%d questions, for one list that was not in the files", source.questions)
	}
}
