package archive

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"jachete/pdf/typeset"
)

// drawn is what gofpdf writes for so many pages; page n says so in its content.
func drawn(t testing.TB, pages int, change func(*gofpdf.Fpdf)) []byte {
	t.Helper()
	p := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: 612, Ht: 792}})
	p.SetCompression(false)
	for n := range pages {
		p.AddPage()
		p.RawWriteStr(fmt.Sprintf("%% page %d", n+1))
		p.Rect(10, 10, 20, 20, "F")
	}
	if change != nil {
		change(p)
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPages(t *testing.T) {
	for count := 1; count < 13; count++ {
		pages, err := Pages(drawn(t, count, nil))
		if err != nil || len(pages) != count {
			t.Fatalf("%d pages, want %d: %v", len(pages), count, err)
		}
		for i, page := range pages {
			if !bytes.Contains(page, fmt.Appendf(nil, "%% page %d\n", i+1)) || !bytes.Contains(page, []byte(" re f")) {
				t.Errorf("page %d is %q", i+1, page)
			}
		}
	}
}

func TestPagesRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, file := range map[string][]byte{
		"nothing":     nil,
		"text":        []byte("%PDF-1.7\n"),
		"link":        drawn(t, 1, func(p *gofpdf.Fpdf) { p.AddPage(); p.Bookmark("x", 0, 0) }),
		"core font":   drawn(t, 1, func(p *gofpdf.Fpdf) { p.SetFont("Helvetica", "", 9); p.Text(9, 9, "x") }),
		"transparent": drawn(t, 1, func(p *gofpdf.Fpdf) { p.SetAlpha(0.5, "Normal") }),
		"compressed":  drawn(t, 1, func(p *gofpdf.Fpdf) { p.SetCompression(true) }),
		"resources":   bytes.Replace(drawn(t, 1, nil), []byte("/XObject <<"), []byte("/Shading <<"), 1),
		"twice":       append(drawn(t, 1, nil), drawn(t, 1, nil)...),
		"appended":    append(drawn(t, 1, nil), '\n'),
	} {
		if _, err := Pages(file); !errors.Is(err, ErrUnexpected) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPagesNeverPanics changes every byte of a file, and cuts it everywhere.
func TestPagesNeverPanics(t *testing.T) {
	file := drawn(t, 2, nil)
	for i := range file {
		_, _ = Pages(file[:i])
		for _, b := range []byte{'0', '9', ' ', 0xFF} {
			changed := bytes.Clone(file)
			changed[i] = b
			if pages, err := Pages(changed); err == nil && len(pages) != 2 {
				t.Errorf("byte %d as %q: %d pages", i, b, len(pages))
			}
		}
	}
}

// written is a file of two pages with text, a link and, if wanted, a seal.
func written(t testing.TB) *File {
	t.Helper()
	var book *typeset.Book
	tree := NewTree()
	title, link, form := tree.Root.Under(RoleTitle), tree.Root.Under(RoleText).Under(RoleLink), tree.Root.Under(RoleForm)
	title.Bookmark = "Œuvre"
	pages, err := Pages(drawn(t, 2, func(p *gofpdf.Fpdf) {
		book = typeset.NewBook(p, 792)
		p.RawWriteStr(fmt.Sprintf("/H1 <</MCID %d>> BDC", tree.Mark(title, 1, 700)))
		book.Text(72, 72, "Œuvre (fin) ᑯ", typeset.Style{Size: 12})
		p.RawWriteStr("EMC")
	}))
	if err != nil {
		t.Fatal(err)
	}
	tree.Join(link)
	tree.Join(form)
	f, err := New(Document{
		Width: 612, Height: 792, Pages: pages, Fonts: book.Fonts(), Tree: tree,
		Links: []Link{{Page: 1, Area: Rect{1, 2, 3, 4}, Address: "https://example.org/(a)", Contents: "Lien", Element: link}},
		Title: "Titre (é) 🏛", Author: "Œ", Language: "fr-CA", Created: time.Unix(0, 0),
		Seal: &Seal{Page: 1, Area: Rect{10, 20, 30, 40}, Label: "Sceau", Element: form},
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// bytesOf is the file with the dictionary as its seal; without one, no seal.
func bytesOf(t testing.TB, f *File, dictionary string) []byte {
	t.Helper()
	write := f.Bytes
	if dictionary != "" {
		write = func() ([]byte, error) { return f.Reserve([]byte(dictionary)) }
	}
	file, err := write()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

const dictionary = "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00>>>"

func TestQpdfReadsWhatIsWritten(t *testing.T) {
	f := written(t)
	for name, file := range map[string][]byte{"plain": bytesOf(t, f, ""), "reserved": bytesOf(t, f, dictionary)} {
		path := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), "qpdf", "--check", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		out, err := exec.CommandContext(t.Context(), "pdfinfo", "-enc", "UTF-8", path).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "Titre (é) 🏛") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestSealIsOnlyWhereReserved(t *testing.T) {
	f := written(t)
	plain, reserved := bytesOf(t, f, ""), bytesOf(t, f, dictionary)
	for _, part := range []string{"/SigFlags", "/Perms", "/Type /Sig", "/V "} {
		if bytes.Contains(plain, []byte(part)) || bytes.Count(reserved, []byte(part)) != 1 {
			t.Errorf("%s: plain %v, reserved %d", part, bytes.Contains(plain, []byte(part)), bytes.Count(reserved, []byte(part)))
		}
	}
	if !bytes.Equal(plain, bytesOf(t, f, "")) {
		t.Error("the same file, written twice, differs")
	}
}

// TestKeptCompressorsForget compresses the same data after all kinds of
// other data, in parallel.
func TestKeptCompressorsForget(t *testing.T) {
	data := bytes.Repeat([]byte("Rivière-Exemple 0123456789 "), 900)
	var want []byte
	var once sync.Mutex
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			w := takeWriter()
			var noise, out bytes.Buffer
			w.Reset(&noise)
			_, _ = w.Write(bytes.Repeat([]byte{byte(i), 'R', 'i'}, i*997))
			w.Reset(&out) // in the middle of a stream
			_, _ = w.Write(data)
			_ = w.Close()
			keepWriter(w)
			once.Lock()
			defer once.Unlock()
			if want == nil {
				want = out.Bytes()
			}
			if !bytes.Equal(want, out.Bytes()) {
				t.Errorf("run %d compresses otherwise", i)
			}
		})
	}
	wg.Wait()
	r, err := zlib.NewReader(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, data) {
		t.Errorf("%d bytes came back: %v", len(back), err)
	}
}
