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

	"jachete/pdf/typeset"
)

// canvas is a page being drawn.
type canvas struct{ bytes.Buffer }

func (c *canvas) RawWriteStr(s string) { c.WriteString(s + "\n") }

// written is a file of two pages with text, a link and, if wanted, a seal.
func written(t testing.TB) *File {
	t.Helper()
	first, second := &canvas{}, &canvas{}
	book, tree := typeset.NewBook(second, 792), NewTree()
	title, link, form := tree.Root.Under(RoleTitle), tree.Root.Under(RoleText).Under(RoleLink), tree.Root.Under(RoleForm)
	title.Bookmark = "Œuvre"
	first.RawWriteStr("/Artifact <</Type /Layout>> BDC 10 10 20 20 re f EMC")
	second.RawWriteStr(fmt.Sprintf("/H1 <</MCID %d>> BDC", tree.Mark(title, 1, 700)))
	book.Text(72, 72, "Œuvre (fin) ᑯ", typeset.Style{Size: 12})
	second.RawWriteStr("EMC")
	tree.Join(link)
	tree.Join(form)
	f, err := New(Document{
		Width: 612, Height: 792, Pages: [][]byte{first.Bytes(), second.Bytes()}, Fonts: book.Fonts(), Tree: tree,
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
		write = func() ([]byte, error) { return f.Reserve([]byte(dictionary), nil) }
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

// TestExtraObjects: validation data goes into the same revision.
func TestExtraObjects(t *testing.T) {
	f := written(t)
	file, err := f.Reserve([]byte(dictionary), func(add func([]byte) int) string {
		return fmt.Sprintf("/DSS %d 0 R", add(fmt.Appendf(nil, "<</Type /DSS /Certs [%d 0 R]>>", add([]byte("<</Length 1>>\nstream\nx\nendstream")))))
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "extra.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "mutool", "show", path, "trailer/Root/DSS/Certs/1").CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("stream\nxendstream")) {
		t.Errorf("%v\n%s", err, out)
	}
	if !bytes.Equal(bytesOf(t, f, dictionary), bytesOf(t, f, dictionary)) {
		t.Error("a file remembers what was written into another")
	}
}

func TestIncompleteDocumentsAreRefused(t *testing.T) {
	tree := NewTree()
	tree.Mark(tree.Root.Under(RoleTitle), 0, 700)
	good := Document{Width: 612, Height: 792, Pages: [][]byte{nil}, Tree: tree, Title: "T", Language: "fr-CA"}
	f, err := New(good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Reserve([]byte(dictionary), nil); !errors.Is(err, ErrStructure) {
		t.Errorf("a seal without place: %v", err)
	}
	for name, change := range map[string]func(*Document){
		"no tree":             func(d *Document) { d.Tree = nil },
		"no element":          func(d *Document) { d.Tree = NewTree() },
		"no title":            func(d *Document) { d.Title = "" },
		"no language":         func(d *Document) { d.Language = "" },
		"link of nobody":      func(d *Document) { d.Links = []Link{{}} },
		"link of no element":  func(d *Document) { d.Links = []Link{{Element: tree.Root.Under(RoleLink)}} },
		"seal of nobody":      func(d *Document) { d.Seal = &Seal{} },
		"field of no element": func(d *Document) { d.Seal = &Seal{Element: tree.Root.Under(RoleForm)} },
	} {
		bad := good
		change(&bad)
		if _, err := New(bad); !errors.Is(err, ErrStructure) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestElementsJoinWithTheirContent(t *testing.T) {
	tree := NewTree()
	sect := tree.Root.Under(RoleSection)
	_ = sect.Under(RoleTitle) // composed, never drawn
	second, first := sect.Under(RoleText), sect.Under(Heading(9))
	for i, e := range []*Element{first, second, first} {
		if got := tree.Mark(e, i%2, 100*float64(i)); got != i/2 {
			t.Errorf("mark %d of page %d is number %d", i, i%2, got)
		}
	}
	if len(sect.kids) != 2 || sect.kids[0].element != first || sect.kids[1].element != second {
		t.Errorf("children %+v", sect.kids)
	}
	if first.Role != "H6" || first.page() != 0 || first.top != 0 || second.page() != 1 || sect.page() != 0 {
		t.Errorf("%s on page %d at %.0f, then page %d", first.Role, first.page(), first.top, second.page())
	}
}

func TestBookmarksNestAsHeadings(t *testing.T) {
	tree := NewTree()
	for i, level := range []int{1, 2, 3, 3, 2, 1} {
		e := tree.Root.Under(Heading(level))
		e.Bookmark = string(rune('a' + i))
		tree.Mark(e, 0, 700)
	}
	f, err := New(Document{Width: 612, Height: 792, Pages: [][]byte{nil}, Tree: tree, Title: "T", Language: "fr-CA"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "outline.pdf")
	if err := os.WriteFile(path, bytesOf(t, f, ""), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "mutool", "show", path, "outline").CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for line := range strings.Lines(string(out)) {
		before, after, found := strings.Cut(line, "\"")
		if found {
			got += fmt.Sprint(strings.Count(before, "\t")) + after[:1] + " "
		}
	}
	if got != "1a 2b 3c 3d 2e 1f " {
		t.Errorf("%s\n%s", got, out)
	}
}
