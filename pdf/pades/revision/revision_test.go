package revision

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// small is a file of four objects, with a table or a stream.
func small(table bool) []byte {
	out := bytes.NewBufferString("%PDF-1.7\n")
	var lines, rows []byte
	for i, body := range []string{
		"<</Type /Catalog /Pages 2 0 R /Lang (fr-CA) /AcroForm <</Fields []>>>>",
		"<</Type /Pages /Kids [] /Count 0>>",
		"<</Producer (a \\) \\\\ (b) /Catalog >>)>>",
		"<</Length 3>>\nstream\nabc\nendstream",
	} {
		lines = fmt.Appendf(lines, "%010d 00000 n \n", out.Len())
		rows = append(binary.BigEndian.AppendUint32(append(rows, 1), uint32(out.Len())), 0, 0)
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := out.Len()
	const trailer = "/Root 1 0 R /Info 3 0 R /ID [<AA> <AA>]"
	if table {
		fmt.Fprintf(out, "xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5 %s>>\n", lines, trailer)
	} else {
		rows = append(rows, 2, 0, 0, 0, 4, 0, 0) // packed: cannot be read
		rows = append(binary.BigEndian.AppendUint32(append(rows, 1), uint32(start)), 0, 0)
		fmt.Fprintf(out, "6 0 obj\n<</Type /XRef /W [1 4 2] /Index [1 6] /Size 7 /Length %d %s>>\nstream\n%s\nendstream\nendobj\n", len(rows), trailer, rows)
	}
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", start)
	return out.Bytes()
}

func open(t testing.TB, data []byte) *File {
	t.Helper()
	f, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRead(t *testing.T) {
	for _, table := range []bool{true, false} {
		f := open(t, small(table))
		catalog, number, err := f.Catalog()
		if err != nil || number != 1 || string(catalog.Get("Lang")) != "(fr-CA)" {
			t.Errorf("catalog %d %s, %v", number, catalog.Bytes(), err)
		}
		info, _, err := f.Dict([]byte("3 0 R"))
		if err != nil || len(info) != 1 {
			t.Errorf("a string fooled the reader: %s, %v", info.Bytes(), err)
		}
		if data, err := f.Stream(4); err != nil || string(data) != "abc" {
			t.Errorf("%q, %v", data, err)
		}
		for _, number := range []int{-1, 0, 4, 5, 99} {
			if body, err := f.Object(number); !errors.Is(err, ErrUnexpected) {
				t.Errorf("object %d: %s, %v", number, body, err)
			}
		}
	}
}

// TestUpdates adds revisions, each of which sees what the last one wrote.
func TestUpdates(t *testing.T) {
	for _, table := range []bool{true, false} {
		data := small(table)
		for i := range 5 {
			f := open(t, data)
			u, err := f.Update()
			if err != nil {
				t.Fatal(err)
			}
			catalog, number, err := f.Catalog()
			if err != nil {
				t.Fatal(err)
			}
			added := u.Add(fmt.Appendf(nil, "(revision %d)", i))
			u.Set(number, catalog.With("Last", Ref(added)).Bytes())
			next := u.Bytes()
			if !bytes.HasPrefix(next, data) {
				t.Fatal("the file before was changed")
			}
			data = next
		}
		f := open(t, data)
		catalog, _, err := f.Catalog()
		if err != nil {
			t.Fatal(err)
		}
		body, number, err := f.Value(catalog.Get("Last"))
		if err != nil || string(body) != "(revision 4)" || number < 9 {
			t.Errorf("%d %s, %v", number, body, err)
		}
		if string(catalog.Get("AcroForm")) != "<</Fields []>>" || strings.Count(string(catalog.Bytes()), "/Last") != 1 {
			t.Errorf("%s", catalog.Bytes())
		}
		id, _ := ParseArray(f.trailer.Get("ID"))
		if len(id) != 2 || string(id[0]) != "<AA>" || bytes.Equal(id[0], id[1]) {
			t.Errorf("identifier %s", id)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	stream, table := string(small(false)), string(small(true))
	for name, data := range map[string]string{
		"empty":             "",
		"no end":            stream[:len(stream)-1],
		"something after":   stream + "x",
		"no offset":         strings.Replace(stream, "startxref\n", "startxref\nx", 1),
		"offset too great":  "startxref\n99999\n%%EOF\n",
		"offset of nothing": strings.Replace(stream, "startxref\n", "startxref\n1", 1),
		"other widths":      strings.Replace(stream, "[1 4 2]", "[1 3 2]", 1),
		"no stream":         strings.Replace(stream, "/Type /XRef", "/Type /XReg", 1),
		"index too long":    strings.Replace(stream, "[1 6]", "[1 7]", 1),
		"odd index":         strings.Replace(stream, "[1 6]", "[1 6 7]", 1),
		"another filter":    strings.Replace(stream, "/Type /XRef", "/Filter /LZWDecode /Type /XRef", 1),
		"not deflated":      strings.Replace(stream, "/Type /XRef", "/Filter /FlateDecode /Type /XRef", 1),
		"length too great":  strings.Replace(stream, "/Length 42", "/Length 4200", 1),
		"rows too many":     strings.Replace(table, "0 5\n", "0 500\n", 1),
		"entry":             strings.Replace(table, "0000000000 65535", "xxxxxxxxxx 65535", 1),
		"no trailer":        strings.Replace(table, "trailer\n<<", "trailer\n[", 1),
		"circle":            strings.Replace(table, "/Size 5", "/Size 5 /Prev "+table[strings.LastIndex(table, "startxref\n")+10:len(table)-7], 1),
	} {
		if _, err := Open([]byte(data)); !errors.Is(err, ErrUnexpected) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDictRefuses(t *testing.T) {
	for _, bad := range []string{
		"", "<<", "<</A>>", "<<1 2>>", "<</A 1 /A 2>>", "<</A 1>>x", "[1]", "<</A (>>", "<</A <00>>", "<</A [1>>", "<</A )>>",
		strings.Repeat("<</A ", 50) + "1" + strings.Repeat(">>", 50),
	} {
		if d, err := ParseDict([]byte(bad)); !errors.Is(err, ErrUnexpected) {
			t.Errorf("%.40q: %s, %v", bad, d.Bytes(), err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(small(true))
	f.Add(small(false))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data)
		if err != nil {
			return
		}
		if _, number, err := file.Catalog(); err == nil && number > 0 {
			if u, err := file.Update(); err == nil {
				u.Add([]byte("null"))
				if !bytes.HasPrefix(u.Bytes(), data) {
					t.Error("changed")
				}
			}
		}
	})
}
