package roster

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

var columns = Columns{
	Fold:     func(s string) string { return strings.ToLower(strings.TrimSpace(s)) },
	Names:    map[string][]string{"nom": {"nom", "name"}, "ville": {"ville", "city"}, "mot": {"mot"}},
	Required: []string{"nom", "ville"},
}

func read(t *testing.T, file string) Sheet {
	t.Helper()
	s, err := Read([]byte(file), columns)
	if err != nil {
		t.Fatalf("%.60q: %v", file, err)
	}
	return s
}

func latin1(t testing.TB, text string) string {
	t.Helper()
	out, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16(t testing.TB, text string, mark unicode.BOMPolicy) string {
	t.Helper()
	out, err := unicode.UTF16(unicode.LittleEndian, mark).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The same list, as different programs save it.
func TestSameListFromDifferentPrograms(t *testing.T) {
	plain := "nom;ville\nÉloïse;Œuvre-l’Été\n"
	for name, file := range map[string]string{
		"utf-8":              plain,
		"utf-8 with a mark":  byteOrderMark + plain,
		"quoted and marked":  byteOrderMark + "\"nom\";\"ville\"\r\n\"Éloïse\";\"Œuvre-l’Été\"\r\n",
		"windows-1252":       latin1(t, plain),
		"commas":             "nom,ville\nÉloïse,Œuvre-l’Été\n",
		"CRLF, no last line": "nom;ville\r\nÉloïse;Œuvre-l’Été",
		"hint":               "sep=;\r\n" + plain,
		"other order":        "City;Name\nŒuvre-l’Été;Éloïse",
		"blank lines":        "\n\nnom;ville\n;\n\n  ; \nÉloïse; Œuvre-l’Été \n;;\n",
	} {
		s := read(t, file)
		if len(s.Rows) != 1 || s.Rows[0].Cells["nom"] != "Éloïse" || s.Rows[0].Cells["ville"] != "Œuvre-l’Été" || s.Unknown != nil {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestLinesAreNumberedAsInTheFile(t *testing.T) {
	s := read(t, "sep=,\nnom,ville\n\"Camille\nExemple\",A\n\nJo,B\n")
	if len(s.Rows) != 2 || s.Rows[0].Line != 3 || s.Rows[1].Line != 6 || s.Rows[0].Cells["nom"] != "Camille\nExemple" {
		t.Errorf("%+v", s.Rows)
	}
}

func TestColumnsNobodyAskedForAreNamed(t *testing.T) {
	s := read(t, "nom;Téléphone;ville;;\u202e"+strings.Repeat("x", 99)+"\nJo;555-0100;A;;\n;seul;;;\n")
	if !slices.Equal(s.Unknown, []string{"Téléphone", strings.Repeat("x", maxHeading) + "…"}) {
		t.Errorf("%q", s.Unknown)
	}
	if len(s.Rows) != 2 || s.Rows[0].Cells["nom"] != "Jo" || len(s.Rows[1].Cells) != 0 {
		t.Errorf("%+v", s.Rows)
	}
}

// A semicolon inside a field does not make it the separator.
func TestSeparatorIsTheOneThatNamesColumns(t *testing.T) {
	s := read(t, "nom,ville,\"a;b;c;d\"\nJo,A,x\n")
	if s.Rows[0].Cells["ville"] != "A" {
		t.Errorf("%+v", s)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	head := "nom;ville\n"
	for name, c := range map[string]struct {
		file   string
		reason Reason
		line   int
	}{
		"empty":              {"", ReasonEmpty, 0},
		"only a mark":        {byteOrderMark + " \r\n", ReasonEmpty, 0},
		"only a hint":        {"sep=;\n\n", ReasonEmpty, 0},
		"header only":        {head, ReasonNoRows, 1},
		"blank lines only":   {head + ";\n\n", ReasonNoRows, 1},
		"no header":          {"Jo;A\nLou;B\n", ReasonMissing, 1},
		"one column missing": {"nom;mot\nJo;x\n", ReasonMissing, 1},
		"column twice":       {"nom;ville;Name\nJo;A;B\n", ReasonTwice, 1},
		"unbalanced":         {head + "Jo;A\n\"Lou;B\nLee;C\n", ReasonQuotes, 3},
		"stray quote":        {head + "Jo;A\nL\"ou;B\n", ReasonQuotes, 3},
		"quote in header":    {"nom;\"ville\nJo;A\n", ReasonQuotes, 1},
		"NUL":                {head + "Jo;A\nL\x00ou;Bbbbbbbbbb\n", ReasonNUL, 3},
		"1 MB cell":          {head + "Jo;A\nLou;" + strings.Repeat("x", 1<<20) + "\n", ReasonCell, 3},
		"10,000 columns":     {"nom;ville" + strings.Repeat(";x", 9998) + "\nJo;A\n", ReasonColumns, 1},
		"wide line":          {head + "Jo;A\nLou;B;C\n", ReasonWide, 3},
		"xlsx":               {"PK\x03\x04\x14\x00\x06\x00", ReasonWorkbook, 0},
		"xls":                {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ReasonWorkbook, 0},
		"utf-16":             {utf16(t, head+"Jo;A\n", unicode.UseBOM), ReasonUTF16, 0},
		"utf-16, no mark":    {utf16(t, head+"Jo;A\n", unicode.IgnoreBOM), ReasonUTF16, 0},
		"CR only":            {"nom;ville\rJo;A\r", ReasonLines, 1},
		"mixed":              {head + "Éloïse;À\nL" + latin1(t, "é") + "a;B\n", ReasonEncoding, 3},
		"wrong after a mark": {byteOrderMark + head + latin1(t, "é") + ";B\n", ReasonEncoding, 2},
		"no encoding":        {head + "J\x81;A\xe9\xe8\n", ReasonEncoding, 2},
		"10,001 lines":       {head + strings.Repeat("Jo;A\n", MaxRows+1), ReasonRows, MaxRows + 2},
		"too large":          {head + strings.Repeat("Jo;A\n", MaxBytes/5), ReasonLarge, 0},
	} {
		s, err := Read([]byte(c.file), columns)
		var fault *Fault
		if !errors.As(err, &fault) || fault.Reason != c.reason || fault.Line != c.line || s.Rows != nil {
			t.Errorf("%s: %v and %d lines, want %s at %d", name, err, len(s.Rows), c.reason, c.line)
		}
	}
	if s := read(t, head+strings.Repeat("Jo;A\n", MaxRows)); len(s.Rows) != MaxRows {
		t.Errorf("%d lines of %d", len(s.Rows), MaxRows)
	}
}

// Whatever is written by the rules is read as it was meant.
func TestWhatIsWrittenIsRead(t *testing.T) {
	cell := rapid.StringMatching(`[a-zé"',;=+\n ]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		comma := rapid.SampledFrom([]string{";", ","}).Draw(t, "comma")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 1, 8).Draw(t, "rows")
		file := "nom" + comma + "ville\n"
		var want [][]string
		for _, row := range rows {
			file += fmt.Sprintf("%s%s%s\n", quoted(Inert(row[0])), comma, quoted(Inert(row[1])))
			if meant := []string{strings.TrimSpace(row[0]), strings.TrimSpace(row[1])}; meant[0]+meant[1] != "" {
				want = append(want, meant)
			}
		}
		s, err := Read([]byte(file), columns)
		if want == nil {
			return
		}
		if err != nil || len(s.Rows) != len(want) {
			t.Fatalf("%q: %v, %d lines of %d", file, err, len(s.Rows), len(want))
		}
		for i, row := range s.Rows {
			if row.Cells["nom"] != want[i][0] || row.Cells["ville"] != want[i][1] {
				t.Fatalf("%q: %q, want %q", file, row.Cells, want[i])
			}
		}
	})
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "nom;ville\nJo;A\n", byteOrderMark + "sep=,\r\nName,City\r\n\"a\nb\",\"c\"\"d\"\r\n", "nom;ville\n\"",
		latin1(f, "nom;ville\né;è\n"), utf16(f, "nom;ville\n", unicode.UseBOM), "PK\x03\x04", "nom;ville\r\r\n;;\x00", "nom;ville;\u202e\n=1+1;@x\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		given := bytes.Clone(file)
		s, err := Read(file, columns)
		if !bytes.Equal(given, file) {
			t.Fatal("the file was changed")
		}
		var fault *Fault
		if err != nil && (!errors.As(err, &fault) || s.Rows != nil || fault.Line < 0 || fault.Line > 1+bytes.Count(file, []byte("\n"))) {
			t.Fatalf("%v with %d lines", err, len(s.Rows))
		}
		if err == nil && len(s.Rows) == 0 {
			t.Fatal("nothing, and no reason")
		}
		last := 0
		for _, row := range s.Rows {
			if row.Line <= last {
				t.Fatalf("line %d after %d", row.Line, last)
			}
			last = row.Line
			for column, cell := range row.Cells {
				if cell == "" || !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) || len(cell) > maxCell || columns.Names[column] == nil {
					t.Fatalf("%s: %q", column, cell)
				}
			}
		}
	})
}
