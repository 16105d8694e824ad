package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "jachete"

// room is a top-level folder and who its packages may call.
type room struct {
	folder string   // relative to the root
	ours   []string // folders of ours it may import, beside itself
	alone  bool     // may not import just any library: only those of libraries
	never  []string // packages that must not even be reached through others
}

// rooms is the table of the design: arrows point to workflow and nowhere
// else, except that those who write to people read templates.
var rooms = []room{
	{folder: "cmd", ours: []string{"workflow", "store", "pdf", "mail", "web", "templates"}},
	{folder: "workflow", alone: true,
		never: []string{"database/sql", "net/http", "net/smtp", "os/exec", "html/template", "text/template"}},
	{folder: "store", ours: []string{"workflow"}},
	{folder: "pdf", ours: []string{"workflow"}},
	{folder: "mail", ours: []string{"workflow", "templates"}},
	{folder: "web", ours: []string{"workflow", "templates"}},
	{folder: "templates", ours: []string{"workflow"}},
	{folder: "e2e"},
}

// libraries are the only ones the domain may use: a link's signature, the
// letters of a language, the signed note of a checkpoint.
var libraries = []string{"github.com/golang-jwt/jwt/v5", "golang.org/x/text", "golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog"}

// inputOutput are packages of the standard library the domain has no use for:
// what it needs from outside comes through its ports.
var inputOutput = []string{"database/sql", "log", "net", "net/http", "net/smtp", "os", "os/exec", "os/signal", "path/filepath", "syscall", "testing"}

// testTools are packages of ours that only tests may import, and that are
// themselves written with package testing.
var testTools = []string{"store/storetest", "mail/mailtest", "workflow/workflowtest"}

// listed is one package as "go list" describes it.
type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
	Standard     bool
}

func (p listed) folder() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// within tells whether path is one of the folders or below one.
func within(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return path == folder || strings.HasPrefix(path, folder+"/")
	})
}

// trespasses are the sentences that say which rule the package breaks.
func trespasses(p listed, standard func(string) bool) (found []string) {
	at := slices.IndexFunc(rooms, func(r room) bool { return within(p.folder(), []string{r.folder}) })
	if at < 0 {
		return []string{p.ImportPath + " is in no room: add its folder to the table, or move it"}
	}
	r := rooms[at]
	for _, imported := range p.Imports {
		if reason := r.refuses(p, imported, standard); reason != "" {
			found = append(found, fmt.Sprintf("%s imports %s: %s", p.ImportPath, imported, reason))
		}
	}
	for _, reached := range p.Deps {
		if slices.Contains(r.never, reached) {
			found = append(found, fmt.Sprintf("%s reaches %s through what it imports: the domain must not depend on it", p.ImportPath, reached))
		}
	}
	return found
}

// refuses is the reason why a package of the room may not import another,
// empty when it may.
func (r room) refuses(p listed, imported string, standard func(string) bool) string {
	if path, ours := strings.CutPrefix(imported, module+"/"); ours {
		switch {
		case within(path, testTools) && !within(p.folder(), testTools):
			return "only tests may"
		case !within(path, append(r.ours, r.folder)):
			return fmt.Sprintf("%s/ may import of ours only %v; wire the two in cmd/ through a port of workflow", r.folder, r.ours)
		}
		return ""
	}
	switch {
	case !r.alone:
		return ""
	case imported == "testing" && within(p.folder(), testTools):
		return ""
	case slices.Contains(inputOutput, imported):
		return "the domain does no input or output; ask for it through a port"
	case !standard(imported) && !within(imported, libraries):
		return fmt.Sprintf("beside the standard library the domain may use only %v", libraries)
	}
	return ""
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	all := goList(t, "-deps", "./...")
	isStandard := map[string]bool{}
	for _, p := range all {
		isStandard[p.ImportPath] = p.Standard
	}
	standard := func(path string) bool { return isStandard[path] }
	for _, p := range all {
		if !strings.HasPrefix(p.ImportPath, module+"/") {
			continue
		}
		for _, sentence := range trespasses(p, standard) {
			t.Error(sentence)
		}
	}
}

// A journey that calls our packages would not notice that the binary differs.
func TestJourneysCallNothingOfOurs(t *testing.T) {
	for _, p := range goList(t, "./e2e/...") {
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			path, ours := strings.CutPrefix(imported, module+"/")
			if ours && !within(path, testTools) && !within(path, []string{"e2e"}) {
				t.Errorf("%s imports %s in its tests: look at the project from outside", p.ImportPath, imported)
			}
		}
	}
}

func TestTrespassesAreSeen(t *testing.T) {
	standard := func(path string) bool { return !strings.Contains(path, ".") }
	for _, c := range []struct {
		name     string
		p        listed
		sentence string // a part of it; empty: nothing to say
	}{
		{"domain on the standard library", listed{ImportPath: "jachete/workflow", Imports: []string{"time", "net/url"}}, ""},
		{"domain on its libraries", listed{ImportPath: "jachete/workflow/journal", Imports: []string{"golang.org/x/mod/sumdb/note", "golang.org/x/text/unicode/norm"}}, ""},
		{"domain on another library", listed{ImportPath: "jachete/workflow", Imports: []string{"github.com/gofiber/fiber/v2"}}, "may use only"},
		{"domain on a neighbour by name", listed{ImportPath: "jachete/workflow", Imports: []string{"golang.org/x/textile"}}, "may use only"},
		{"domain on files", listed{ImportPath: "jachete/workflow/territory", Imports: []string{"os"}}, "through a port"},
		{"domain reaching SQL", listed{ImportPath: "jachete/workflow", Deps: []string{"database/sql"}}, "reaches database/sql"},
		{"domain on the web", listed{ImportPath: "jachete/workflow", Imports: []string{"jachete/web"}}, "may import of ours"},
		{"siblings", listed{ImportPath: "jachete/web", Imports: []string{"jachete/store"}}, "may import of ours"},
		{"sub-packages of siblings", listed{ImportPath: "jachete/mail", Imports: []string{"jachete/pdf/pades"}}, "may import of ours"},
		{"templates on mail", listed{ImportPath: "jachete/templates", Imports: []string{"jachete/mail"}}, "may import of ours"},
		{"store on templates", listed{ImportPath: "jachete/store", Imports: []string{"jachete/templates"}}, "may import of ours"},
		{"a room on itself and the domain", listed{ImportPath: "jachete/pdf", Imports: []string{"jachete/pdf/pades", "jachete/workflow/journal", "github.com/jung-kurt/gofpdf"}}, ""},
		{"production on test tools", listed{ImportPath: "jachete/store", Imports: []string{"jachete/store/storetest"}}, "only tests may"},
		{"test tools on the domain", listed{ImportPath: "jachete/store/storetest", Imports: []string{"jachete/workflow", "testing"}}, ""},
		{"the wiring", listed{ImportPath: "jachete/cmd/jachete", Imports: []string{"jachete/web", "jachete/store", "os"}}, ""},
		{"the wiring on test tools", listed{ImportPath: "jachete/cmd/jachete", Imports: []string{"jachete/store/storetest"}}, "only tests may"},
		{"a new folder", listed{ImportPath: "jachete/util"}, "in no room"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := strings.Join(trespasses(c.p, standard), "\n")
			if c.sentence == "" && said != "" || !strings.Contains(said, c.sentence) {
				t.Errorf("said %q, want %q in it", said, c.sentence)
			}
		})
	}
}

// goList describes packages of the project.
func goList(t *testing.T, arguments ...string) (packages []listed) {
	t.Helper()
	out := goCommand(t, append([]string{"list", "-e=false", "-json=ImportPath,Imports,TestImports,XTestImports,Deps,Standard"}, arguments...)...)
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// goCommand runs the go command at the root and returns what it prints.
func goCommand(t *testing.T, arguments ...string) []byte {
	t.Helper()
	cmd := exec.Command("go", arguments...)
	cmd.Dir = projectRoot
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, &complaint)
	}
	return out
}
