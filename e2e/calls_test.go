package e2e

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// bannedMethods may not be called in the program, and what to do instead.
var bannedMethods = map[string]string{
	"FormValue":    "it reads the query string first; read the body's form only",
	"BaseURL":      "the client writes it; links come from the configured address",
	"Hostname":     "the client writes it; links come from the configured address",
	"Protocol":     "the client writes it; links come from the configured address",
	"IPs":          "the client writes it; take the right-most hop that is not a trusted proxy",
	"RedirectBack": "the client names the place; redirect to a constant path",
}

// bannedImports may not be imported by the program.
var bannedImports = map[string]string{
	"math/rand":     "guessable; use crypto/rand",
	"math/rand/v2":  "guessable; use crypto/rand",
	"text/template": "does not escape; use html/template",
}

// safeTargets are the functions whose result may be redirected to: they take
// no address from outside, only identifiers that they check.
var safeTargets = []string{"localPath", "invitationPath", "polePath", "numberPath", "campaignPath", "batchPath", "memberPath", "draftPath", "renewalsPath", "paperAddress", "entryListPath", "supplierAddress", "followUpPath", "certificatePath", "afterCode", "codeAsked", "codeFor", "askedPath", "requestPath"}

func TestNoBannedCalls(t *testing.T) {
	fset := token.NewFileSet()
	for _, files := range packages(t, fset) {
		for _, sentence := range bannedCalls(fset, files) {
			t.Error(sentence)
		}
	}
}

// bannedCalls looks at the files of one package.
func bannedCalls(fset *token.FileSet, files []*ast.File) (found []string) {
	constants, serves := constantNames(files), importsFiber(files)
	say := func(at token.Pos, what, why string) {
		found = append(found, fmt.Sprintf("%s: %s: %s", fset.Position(at), what, why))
	}
	for _, file := range files {
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if why := bannedImports[path]; why != "" {
				say(spec.Pos(), path, why)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if why := bannedMethods[method.Sel.Name]; why != "" && (serves || method.Sel.Name != "Hostname") {
				say(call.Pos(), "."+method.Sel.Name+"()", why)
			}
			if method.Sel.Name == "Redirect" && len(call.Args) > 0 && !fixedTarget(call.Args[0], constants) {
				say(call.Pos(), ".Redirect()", fmt.Sprintf("only to a literal, a constant of the package, or the result of %v", safeTargets))
			}
			return true
		})
	}
	return found
}

// importsFiber tells whether a package handles requests. One that does not may
// ask a net/url.URL, which is no request, for its Hostname.
func importsFiber(files []*ast.File) bool {
	return slices.ContainsFunc(files, func(file *ast.File) bool {
		return slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
			return strings.HasPrefix(spec.Path.Value, `"github.com/gofiber/fiber/`)
		})
	})
}

// fixedTarget tells whether an outsider has no say in where a redirect goes.
func fixedTarget(target ast.Expr, constants map[string]bool) bool {
	switch e := target.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return constants[e.Name]
	case *ast.CallExpr:
		name, ok := e.Fun.(*ast.Ident)
		return ok && slices.Contains(safeTargets, name.Name)
	case *ast.BinaryExpr:
		return fixedTarget(e.X, constants) && fixedTarget(e.Y, constants)
	}
	return false
}

// constantNames are the constants a package declares at its top.
func constantNames(files []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, file := range files {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					names[name.Name] = true
				}
			}
		}
	}
	return names
}

func TestBannedCallsAreSeen(t *testing.T) {
	const handler = "import _ \"github.com/gofiber/fiber/v2\"\n"
	for _, c := range []struct{ imports, statement, part string }{
		{"", `_ = c.FormValue("nom")`, "FormValue"},
		{"", `_ = c.BaseURL()`, "BaseURL"},
		{handler, `_ = c.Hostname()`, "Hostname"},
		{"", `_ = address.Hostname()`, ""},
		{"", `_ = c.Protocol()`, "Protocol"},
		{"", `_ = c.IPs()`, "IPs"},
		{"", `c.RedirectBack("/")`, "RedirectBack"},
		{"", `c.Redirect(c.Query("suite"))`, "Redirect"},
		{"", `c.Redirect(next)`, "Redirect"},
		{"", `c.Redirect("/equipe/" + id)`, "Redirect"},
		{"", `c.Redirect(page(id))`, "Redirect"},
		{"", `c.Redirect("/signature/merci", 303)`, ""},
		{"", `c.Redirect(home)`, ""},
		{"", `c.Redirect(home + "/merci")`, ""},
		{"", `c.Redirect(localPath("/equipe", id), 303)`, ""},
		{"", `// c.FormValue("in a comment") is no call`, ""},
		{"", `_ = "c.FormValue() in a string is no call"`, ""},
		{`import "math/rand"`, "", "math/rand"},
		{`import "math/rand/v2"`, "", "math/rand/v2"},
		{`import "text/template"`, "", "text/template"},
		{`import "crypto/rand"`, "", ""},
	} {
		code := "package sample\n" + c.imports + "\nconst home = \"/\"\nfunc f() {\n" + c.statement + "\n}\n"
		fset := token.NewFileSet()
		file := textFile{"sample.go", code}.parse(t, fset)
		said := strings.Join(bannedCalls(fset, []*ast.File{file}), "\n")
		if c.part == "" && said != "" || !strings.Contains(said, c.part) {
			t.Errorf("%s\nsaid %q, want %q in it", code, said, c.part)
		}
	}
}
