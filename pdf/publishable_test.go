package pdf

import (
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"pgregory.net/rapid"

	"jachete/workflow"
)

// frame holds what every publishable text must, with a place for more.
const publishableFrame = "Nous, **{organisation}**, constatons que nos achats soutiennent l’emploi, l’inclusion et la vitalité du territoire, et que les " +
	"entreprises d’économie sociale sont près de nous.\n\nMORE\n\nSignée au nom de **{organisation}** par **{prénom nom}**, {fonction}" +
	"[ par la résolution no {numéro} adoptée le {date}]."

// pieces are what texts are made of, with every mark of Markdown.
var pieces = []string{"mot", " ", "\n", "\n\n", "**", "*", "_", "__", "- ", "1. ", "1) ", "12. ", "## ", "### ", "# ", "#", "> ", "+ ", "---", "===", "`", "```", "~~~",
	"<b>", "<!--", "&amp;", "&", ";", "[", "]", "](", "]:", "!", "\\", "«\u00a0x\u00a0»", "\u00a0:", "\u202f", ".", ",", "(", ")", "é", "ᑯ", "5 %", "{fonction}", "    ", "\t", "|", "a|b\n-|-", "https://example.org", "~"}

// What may be published is drawn and shown alike, whatever it is made of: it
// holds only what both can set, and every letter of it comes out.
func TestWhatMayBePublishedIsDrawnWhole(t *testing.T) {
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		more := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "more"), "")
		source, problem := workflow.CleanText(strings.Replace(publishableFrame, "MORE", more, 1), workflow.MaxDeclaration)
		if problem != nil || workflow.CheckDeclarationText(workflow.French, source) != nil {
			return
		}
		taken++
		wantSettable(t, source)
		var drawn strings.Builder
		for _, b := range markdown(source) {
			drawn.WriteString(b.text())
		}
		if got, want := squeezed(drawn.String()), squeezed(withoutMarks(source)); got != want {
			t.Errorf("%q is drawn\n%s\nwant\n%s", more, got, want)
		}
	})
	if taken == 0 {
		t.Error("no text was taken: the property says nothing")
	}
}

// wantSettable expects nothing that only one of page and certificate can set.
func wantSettable(t *rapid.T, source string) {
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		ok := true
		switch n := n.(type) {
		case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.List, *ast.ListItem:
		case *ast.Heading:
			ok = n.Level == 2 || n.Level == 3
		case *ast.Emphasis:
			ok = n.Level == 2
		case *ast.Text:
			ok = !n.HardLineBreak()
		default:
			ok = false
		}
		if !ok && entering {
			t.Errorf("%q holds %s", source, n.Kind())
		}
		return ast.WalkContinue, nil
	})
}

var lineMarks = regexp.MustCompile(`(?m)^(?:#{2,3} |- |\d{1,3}\. )`)

// withoutMarks is a text without the marks that are set as something else.
func withoutMarks(source string) string {
	return strings.ReplaceAll(lineMarks.ReplaceAllString(source, ""), "**", "")
}

// squeezed is a text without its spaces and line ends.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
