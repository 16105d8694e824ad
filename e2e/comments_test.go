package e2e

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// silences are the sentences about what one package leaves undocumented. A
// program's exported names are for its libraries, not for readers.
func silences(folder string, fset *token.FileSet, files []*ast.File) (found []string) {
	if !slices.ContainsFunc(files, func(f *ast.File) bool { return f.Doc != nil }) {
		found = append(found, folder+" has no package comment: say what it is for and how it is laid out")
	}
	for _, file := range files {
		if file.Name.Name == "main" {
			continue
		}
		for _, name := range undocumented(file) {
			found = append(found, fmt.Sprintf("%s: %s is exported and has no comment: say what it means, its units and its errors",
				fset.Position(name.Pos()), name.Name))
		}
	}
	return found
}

// undocumented are the exported names of a file that no comment introduces.
// One comment may introduce a whole group of constants or variables, and the
// comment of an interface its methods.
func undocumented(file *ast.File) (names []*ast.Ident) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) && !conventional(d) {
				names = append(names, d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				names = append(names, undocumentedIn(spec, d.Doc != nil)...)
			}
		}
	}
	return names
}

func undocumentedIn(spec ast.Spec, introduced bool) (names []*ast.Ident) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return nil
		}
		if s.Doc == nil && !introduced {
			names = append(names, s.Name)
		}
	case *ast.ValueSpec:
		if introduced || s.Doc != nil || s.Comment != nil {
			return nil
		}
		for _, name := range s.Names {
			if name.IsExported() {
				names = append(names, name)
			}
		}
	}
	return names
}

// conventional is true of the methods whose meaning the language's own
// interfaces fix.
func conventional(d *ast.FuncDecl) bool {
	return d.Recv != nil && slices.Contains([]string{"Error", "String", "Unwrap"}, d.Name.Name)
}

// exportedReceiver is true of functions, and of methods a reader can reach.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	for {
		switch e := receiver.(type) {
		case *ast.StarExpr:
			receiver = e.X
		case *ast.IndexExpr:
			receiver = e.X
		case *ast.IndexListExpr:
			receiver = e.X
		case *ast.Ident:
			return e.IsExported()
		default:
			return true
		}
	}
}

func TestEverythingExportedIsExplained(t *testing.T) {
	fset := token.NewFileSet()
	for folder, files := range packages(t, fset) {
		for _, sentence := range silences(folder, fset, files) {
			t.Error(sentence)
		}
	}
}

// packages are the parsed files of the program, by folder.
func packages(t *testing.T, fset *token.FileSet) map[string][]*ast.File {
	t.Helper()
	byFolder := map[string][]*ast.File{}
	for _, f := range project(t) {
		if f.isProduction() {
			folder := filepath.Dir(f.path)
			byFolder[folder] = append(byFolder[folder], f.parse(t, fset))
		}
	}
	return byFolder
}

func TestSilencesAreSeen(t *testing.T) {
	for _, c := range []struct{ code, part string }{
		{"package p", "no package comment"},
		{"// Package p is.\npackage p", ""},
		{"// Package p is.\npackage p\nfunc Seal() {}", "Seal"},
		{"// Package p is.\npackage p\n// Seal seals.\nfunc Seal() {}", ""},
		{"// Package p is.\npackage p\nfunc seal() {}", ""},
		{"// Package p is.\npackage p\ntype Sealer struct{}", "Sealer"},
		{"// Package p is.\npackage p\n// S is.\ntype S[T any] struct{}\nfunc (s *S[T]) Seal() {}", "Seal"},
		{"// Package p is.\npackage p\ntype s struct{}\nfunc (s) String() string { return \"\" }", ""},
		{"// Package p is.\npackage p\n// E is.\ntype E struct{}\nfunc (E) Error() string { return \"\" }", ""},
		{"// Package p is.\npackage p\nfunc Error() string { return \"\" }", "Error is exported"},
		{"// Package p is.\npackage p\nconst A = 1", "A is exported"},
		{"// Package p is.\npackage p\n// Letters.\nconst (\n\tA = 1\n\tB = 2\n)", ""},
		{"// Package p is.\npackage p\nvar (\n\tA = 1 // first\n\tB = 2\n)", "B is exported"},
		{"// Command p is.\npackage main\ntype Flags struct{}", ""},
	} {
		fset := token.NewFileSet()
		file := textFile{"p.go", c.code}.parse(t, fset)
		said := strings.Join(silences("p", fset, []*ast.File{file}), "\n")
		if c.part == "" && said != "" || !strings.Contains(said, c.part) {
			t.Errorf("%s\nsaid %q, want %q in it", c.code, said, c.part)
		}
	}
}
