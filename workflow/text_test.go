package workflow

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestRealNamesAreAcceptedAsTyped(t *testing.T) {
	for _, name := range []string{
		"Saint-Louis-du-Ha! Ha!", "L’Ancienne-Lorette", "L'Ancienne-Lorette", "Kahnawà:ke", "ᑯᐯᒃ", "Nguyễn",
		"Łukasz", "Œuvre & Cie", "O’Brien", "9999-9999 Québec inc.", "\"Guillemets\" «\u00a0»", "Ville de L’Île-Perrot",
		"Coop St-Jean.Baptiste inc.", "Réseau A/B", strings.Repeat("é", MaxName), strings.Repeat("a", MaxName),
	} {
		got, problem := CleanName(name, MaxName)
		if problem != nil || got != name {
			t.Errorf("%q came out as %q, %+v", name, got, problem)
		}
	}
	if got, _ := CleanName("  Vi\u0065\u0302\u0323t   Nam ", MaxName); got != "Việt Nam" {
		t.Errorf("decomposed name came out as %q", got)
	}
}

func TestHarmfulTextIsRefusedWithItsReason(t *testing.T) {
	for input, key := range map[string]string{
		"Ville 🏛":                          "text.symbol",
		"𠮷野":                               "text.symbol",
		"𝄞":                                "text.symbol",
		"a\x00b":                           "text.control",
		"a\nb":                             "text.control",
		"a\x1b[31mb":                       "text.control",
		"Org \u202Egpj.exe":                "text.direction",
		"a\u2066b":                         "text.direction",
		"a\u200Eb":                         "text.direction",
		"a\u061Cb":                         "text.direction",
		"a\u200Bb":                         "text.invisible",
		"a\u200Db":                         "text.invisible",
		"a\uFEFFb":                         "text.invisible",
		"a\u00ADb":                         "text.invisible",
		"a\u3164b":                         "text.invisible",
		"a\uFE0Fb":                         "text.invisible",
		"a\u180Eb":                         "text.invisible",
		"a\U000E0001b":                     "text.invisible",
		"a\uE000b":                         "text.character",
		"a\uFFFEb":                         "text.character",
		"a\u2028b":                         "text.character",
		"a" + strings.Repeat("\u0330", 50): "text.marks",
		strings.Repeat("a", MaxName+1):     "text.long",
		"\xff\xfe":                         "text.encoding",
		"   ":                              "text.empty",
		"1234":                             "text.letter",
		"http://evil.example":              "text.address",
		"www.evil.example":                 "text.address",
		"evil.example/login":               "text.address",
		"Visitez exemple.org":              "text.address",
	} {
		if _, problem := CleanName(input, MaxName); problem == nil || problem.Key != key {
			t.Errorf("%q: %+v, want %s", input, problem, key)
		}
	}
}

func FuzzCleanNameAcceptsOnlyPrintableNFC(f *testing.F) {
	f.Add("Saint-Louis-du-Ha! Ha!")
	f.Add("a\u202eb")
	f.Fuzz(func(t *testing.T, s string) {
		clean, problem := CleanName(s, MaxName)
		if problem != nil {
			return
		}
		if !utf8.ValidString(clean) || !norm.NFC.IsNormalString(clean) {
			t.Fatalf("%q accepted as %q", s, clean)
		}
		for _, r := range clean {
			if r > 0xFFFF || r < 0x20 {
				t.Fatalf("%q holds %U", clean, r)
			}
		}
		if again, p := CleanName(clean, MaxName); p != nil || again != clean {
			t.Fatalf("not stable: %q then %q %+v", clean, again, p)
		}
	})
}

func TestFoldForgivesWhatPeopleForget(t *testing.T) {
	for typed, name := range map[string]string{
		"l'ancienne lorette": "L’Ancienne-Lorette", "saint felicien": "Saint-Félicien", "OEUVRE": "Œuvre",
		"lukasz": "Łukasz", "nguyen": "Nguyễn", "ha ha": "Ha! Ha!", "ile d'orleans": "Île d’Orléans",
	} {
		if Fold(typed) != Fold(name) {
			t.Errorf("%q folds to %q, %q to %q", typed, Fold(typed), name, Fold(name))
		}
	}
	if Fold("%") != "" || Fold("a_b") != "a b" {
		t.Error("wildcards of SQL survive folding")
	}
}

func TestCollationPutsAccentsWhereReadersLook(t *testing.T) {
	order := []string{"Eastman", "Écureuils", "Estérel", "Étang", "Zénon"}
	for i := 1; i < len(order); i++ {
		if bytes.Compare(CollationKey(order[i-1]), CollationKey(order[i])) >= 0 {
			t.Errorf("%s does not come before %s", order[i-1], order[i])
		}
	}
}

func TestEmailTakesOnlyWhatNothingCanHideIn(t *testing.T) {
	for _, good := range []string{"camille@example.org", "Camille.Exemple+esja@Ville.Example.ORG", "o'brien@example.org"} {
		if _, problem := CleanEmail(good); problem != nil {
			t.Errorf("%q refused: %s", good, problem.Key)
		}
	}
	for _, bad := range []string{"", "camille", "a@b", "a b@example.org", `"toni> ORCPT=x"@example.org`, "a@example.org\r\nBcc: b@example.org",
		"a@example.org,b@example.org", "<a@example.org>", "a@[127.0.0.1]", ".a@example.org", "a..b@example.org", "é@example.org",
		strings.Repeat("a", 65) + "@example.org", "a@-example.org"} {
		if got, problem := CleanEmail(bad); problem == nil {
			t.Errorf("%q accepted as %q", bad, got)
		}
	}
	if got := MaskEmail("camille@example.org"); got != "c…@example.org" {
		t.Errorf("masked as %q", got)
	}
}
