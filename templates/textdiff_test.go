package templates

import (
	"strings"
	"testing"
)

// sides joins what each of the two texts was.
func sides(changes []Change) (before, after string) {
	for _, c := range changes {
		if c.Kind != ChangeAdded {
			before += c.Text
		}
		if c.Kind != ChangeRemoved {
			after += c.Text
		}
	}
	return before, after
}

func FuzzChangesLoseNothing(f *testing.F) {
	f.Add("Nous, **{organisation}**, achetons.\n\n- un\n- deux", "Nous, **{organisation}**, achetons mieux.\n\n- deux\n- trois")
	f.Add("", "texte")
	f.Add("a\u00a0: b", "a: b")
	f.Add("ᑯᐯᒃ e\u0301te", "ᑯᐯᒃ été")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(a, ""), strings.ToValidUTF8(b, "")
		before, after := sides(changesOf(a, b))
		if before != a || after != b {
			t.Errorf("%q and %q came back as %q and %q", a, b, before, after)
		}
	})
}

func TestChangesAreOfWholeWords(t *testing.T) {
	changes := changesOf("Nous achetons local.", "Nous achèterons local et solidaire.")
	var added, removed []string
	for _, c := range changes {
		switch c.Kind {
		case ChangeAdded:
			added = append(added, c.Text)
		case ChangeRemoved:
			removed = append(removed, c.Text)
		}
	}
	if len(removed) != 1 || removed[0] != "achetons" || len(added) != 2 || added[0] != "achèterons" || strings.TrimSpace(added[1]) != "et solidaire" {
		t.Errorf("added %q, removed %q", added, removed)
	}
}

// A planned publication must look the same to whoever looks twice.
func TestChangesAreTheSameEachTime(t *testing.T) {
	a, b := strings.Repeat("mot un deux trois ", 400), strings.Repeat("deux mot trois un ", 400)
	first := changesOf(a, b)
	for range 3 {
		if again := changesOf(a, b); len(again) != len(first) {
			t.Fatal("another difference of the same texts")
		}
	}
}
