package pdf

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jachete/workflow"
)

// fr-CA typography, as the words of a page must keep it.
var faults = map[string]*regexp.Regexp{
	"breaking space before : » % $":    regexp.MustCompile(` [:»%$]`),
	"nothing before : »":               regexp.MustCompile("[^\u00a0s]:[^/]|[^\u00a0]»"),
	"breaking or no space after «":     regexp.MustCompile("«[^\u00a0]"),
	"space before ; ! ?":               regexp.MustCompile("[ \u00a0\u202f][;!?]"),
	"straight apostrophe or quotation": regexp.MustCompile(`['"]`),
	"three dots":                       regexp.MustCompile(`\.\.\.`),
	"words never to use":               regexp.MustCompile(`(?i)identité vérifiée|signature qualifiée|double authentification|valider`),
}

func TestWordsKeepTheTypography(t *testing.T) {
	count := 0
	for _, word := range append(stringsOf(t, "words.go"), stringsOf(t, "draftwords.go")...) {
		if word == "jachete/workflow" {
			continue
		}
		count++
		for name, fault := range faults {
			if fault.MatchString(strings.NewReplacer("%s", "x", "%d", "1").Replace(word)) {
				t.Errorf("%s: %q", name, word)
			}
		}
	}
	if count < 40 {
		t.Errorf("only %d words read", count)
	}
}

func stringsOf(t *testing.T, file string) (words []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			s, _ := strconv.Unquote(literal.Value)
			words = append(words, s)
		}
		return true
	})
	return words
}

func TestEveryStepHasWords(t *testing.T) {
	for _, kind := range []workflow.StepKind{
		workflow.StepInvited, workflow.StepMailed, workflow.StepConsulted,
		workflow.StepCodeSent, workflow.StepCodeConfirmed, workflow.StepSigned,
	} {
		if stepWords[kind] == "" {
			t.Errorf("no words for %s", kind)
		}
	}
}
