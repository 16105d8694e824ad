package e2e

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// projectRoot is the folder of go.mod, seen from this package's.
const projectRoot = ".."

// textFile is a file of the project, its path relative to the root.
type textFile struct {
	path string
	text string
}

func (f textFile) isGo() bool         { return strings.HasSuffix(f.path, ".go") }
func (f textFile) isTest() bool       { return strings.HasSuffix(f.path, "_test.go") }
func (f textFile) isProduction() bool { return f.isGo() && !f.isTest() }

// parse reads a Go file with its comments.
func (f textFile) parse(t *testing.T, fset *token.FileSet) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(fset, f.path, f.text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// elsewhere are folders that are not the project's own text: history, what
// the program and the tools leave behind.
var elsewhere = map[string]bool{".git": true, "data": true, "e2e/testdata/axe": true, "bench/peers/node_modules": true}

var readProject = sync.OnceValues(func() (files []textFile, err error) {
	err = filepath.WalkDir(projectRoot, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(projectRoot, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && elsewhere[name]:
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(path)
		if err == nil && utf8.Valid(content) {
			files = append(files, textFile{name, string(content)})
		}
		return err
	})
	return files, err
})

// project is every text file of the project.
func project(t *testing.T) []textFile {
	t.Helper()
	files, err := readProject()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d files under %s: is this the project?", len(files), projectRoot)
	}
	return files
}
