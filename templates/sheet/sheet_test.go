package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var eastern = time.FixedZone("EST", -5*3600)

func table() Table {
	return Table{Title: "Invitations à signer", Tab: "Invitations", Language: "fr-CA", Made: time.Date(2026, 11, 26, 19, 30, 0, 0, time.UTC),
		Columns: []Column{{Key: "name", Heading: "Nom", Width: 30}, {Key: "kind", Heading: "Type", Width: 12}, {Key: "on", Heading: "Date", Width: 12},
			{Key: "at", Heading: "Créée le (heure de l’Est)", Width: 18}}}
}

// written is a file with these lines.
func written(t interface{ Fatal(...any) }, f Format, lines ...[]Cell) []byte {
	var out bytes.Buffer
	w, err := New(f, &out, table())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func line(name string) []Cell {
	return []Cell{Text(name), Coded("Municipalité", "municipality"), Day("2026-12-01"), Moment(time.Date(2026, 11, 26, 14, 30, 59, 0, eastern))}
}

func TestCSVOpensInFrenchExcel(t *testing.T) {
	got := string(written(t, CSV, line("Ville de l’Essai; « là »"), []Cell{Text("\"a\"\nb"), {}, Day(""), Moment(time.Time{})}))
	want := "\ufeffNom;Type;Date;Créée le (heure de l’Est)\r\n" +
		"\"Ville de l’Essai; « là »\";Municipalité;2026-12-01;2026-11-26 14:30\r\n" +
		"\"\"\"a\"\" b\";;;\r\n"
	if got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestJSONIsForPrograms(t *testing.T) {
	var got []map[string]string
	if err := json.Unmarshal(written(t, JSON, line("=1"), []Cell{{}, {}, {}, {}}), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0]["name"] != "=1" || got[0]["kind"] != "municipality" || got[0]["on"] != "2026-12-01" ||
		got[0]["at"] != "2026-11-26T14:30:59-05:00" || len(got[1]) != 0 {
		t.Errorf("read %v", got)
	}
	if none := string(written(t, JSON)); none != "[\n]\n" {
		t.Errorf("no line is %q", none)
	}
}

// hostile are texts that some spreadsheet computes.
var hostile = []string{"=1+1", "+1 450 555-0100", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠a", "\x00=1",
	`=HYPERLINK("http://evil.example")`, "'=1", "=cmd|' /C calc'!A0"}

func TestNoCellIsComputed(t *testing.T) {
	for _, text := range hostile {
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(written(t, CSV, line(text)), []byte(byteOrderMark))))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 || !strings.HasPrefix(rows[1][0], "'") {
			t.Errorf("%q in CSV: %q, %v", text, rows, err)
		}
		file := written(t, XLSX, line(text))
		if sheet := part(t, file, "xl/worksheets/sheet1.xml"); strings.Contains(sheet, "<f") {
			t.Errorf("%q in a workbook: %s", text, sheet)
		}
		if got, kind := cellOf(t, file, "A2"); got != Clean(text) || kind != excelize.CellTypeInlineString {
			t.Errorf("%q in a workbook: %q of type %v", text, got, kind)
		}
	}
}

// part gives a part of a workbook as it stands in the zip.
func part(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func opened(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func cellOf(t *testing.T, file []byte, at string) (string, excelize.CellType) {
	t.Helper()
	x := opened(t, file)
	text, err := x.GetCellValue("Invitations", at)
	if err != nil {
		t.Fatal(err)
	}
	kind, err := x.GetCellType("Invitations", at)
	if err != nil {
		t.Fatal(err)
	}
	return text, kind
}

// Days and moments are numbers that sort, and look as they do everywhere.
func TestWorkbookHoldsRealDates(t *testing.T) {
	file := written(t, XLSX, line("Ville"), []Cell{{}, {}, Day("bientôt"), {}})
	for at, want := range map[string][2]string{"C2": {"2026-12-01", "46357"}, "D2": {"2026-11-26 14:30", "46352.604166"}, "C3": {"bientôt", "bientôt"}, "D3": {"", ""}} {
		x := opened(t, file)
		shown, err := x.GetCellValue("Invitations", at)
		raw, rawErr := x.GetCellValue("Invitations", at, excelize.Options{RawCellValue: true})
		if err != nil || rawErr != nil || shown != want[0] || !strings.HasPrefix(raw, want[1]) {
			t.Errorf("%s shows %q of %q, want %q (%v, %v)", at, shown, raw, want, err, rawErr)
		}
	}
}

func TestWorkbookHelpsItsReader(t *testing.T) {
	file := written(t, XLSX, line("Ville"), line("MRC"))
	x := opened(t, file)
	about, err := x.GetDocProps()
	if err != nil || about.Title != "Invitations à signer" || about.Language != "fr-CA" || about.Created != "2026-11-26T19:30:00Z" {
		t.Errorf("%+v, %v", about, err)
	}
	panes, err := x.GetPanes("Invitations")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%+v, %v", panes, err)
	}
	if width, err := x.GetColWidth("Invitations", "A"); err != nil || width != 30 {
		t.Errorf("the first column is %v wide, %v", width, err)
	}
	if sheet := part(t, file, "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, `<autoFilter ref="$A$1:$D$3"`) && !strings.Contains(sheet, `<autoFilter ref="A1:D3"`) {
		t.Error("no filter")
	}
}

func TestControlsAreTakenOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text") + string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		for _, r := range Clean(text) {
			if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xfffe || r == 0xffff {
				t.Fatalf("%q became %q", text, Clean(text))
			}
		}
	})
	if got := Clean("Éloïse\x00 \u0007\u0085de\r\nL’Île"); got != "Éloïse de L’Île" {
		t.Errorf("%q", got)
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := New("xls", io.Discard, table()); err == nil || Format("xls").MediaType() != "" {
		t.Error("a format nobody knows is written")
	}
}
