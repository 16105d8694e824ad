package roster

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormulasAreOnlyShown(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1 450 555-0100", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1",
		"＝1", "＋1", "－1", "＠a", "　＝1", "'=1", "' '=1", "\x00=1"} {
		if got := Inert(cell); got != "'"+cell {
			t.Errorf("%q is written %q", cell, got)
		}
	}
	for _, cell := range []string{"", " ", "Ville de L’Exemple", "L'Ancienne", "'", "'a", "1-2", "a=1", "–", "Saint-Louis-du-Ha! Ha!"} {
		if got := Inert(cell); got != cell {
			t.Errorf("%q is written %q", cell, got)
		}
	}
}

// Whatever the text, a spreadsheet only shows it and it comes back as it was.
func TestEveryTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("='+-@＝ \u00a0\u200b\taé1"))).Draw(t, "text")
		written := Inert(text)
		if computed(strings.TrimLeft(written, " ")) && !strings.HasPrefix(written, "'") {
			t.Fatalf("%q is computed", written)
		}
		if back := plain(written); back != text {
			t.Fatalf("%q came back as %q", text, back)
		}
	})
}

func TestReadTakesTheApostropheAway(t *testing.T) {
	sheet, err := Read([]byte("nom;note\r\n'+Plus;' =A1\r\nL'Essai;'a\r\n"), Columns{Fold: strings.ToLower,
		Names: map[string][]string{"nom": {"nom"}, "note": {"note"}}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []map[string]string{{"nom": "+Plus", "note": "=A1"}, {"nom": "L'Essai", "note": "'a"}} {
		for column, text := range want {
			if got := sheet.Rows[i].Cells[column]; got != text {
				t.Errorf("line %d, %s: %q, want %q", i, column, got, text)
			}
		}
	}
}
