package e2e

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axeSource is axe-core, fetched once by tools/install-test-deps.
var axeSource = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile("testdata/axe/axe.min.js")
	return string(source), err
})

// axeRun asks for the rules of WCAG 2.0 to 2.2, levels A and AA. It leaves out
// what frames hold: ours are sandboxes for mails, which nothing may talk to.
const axeRun = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
	resultTypes: ["violations"],
	iframes: false,
})`

// violation is a rule of WCAG that a page breaks.
type violation struct {
	ID     string // axe's name of the rule, such as "image-alt"
	Impact string // minor, moderate, serious, critical
	Help   string
	Nodes  []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	}
}

func (v violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, node := range v.Nodes {
		fmt.Fprintf(&b, "\n    %s\n    %s", node.HTML, strings.ReplaceAll(node.FailureSummary, "\n", "\n    "))
	}
	return b.String()
}

// axe is the script that looks for violations.
func axe(t *testing.T) string {
	t.Helper()
	source, err := axeSource()
	if err != nil {
		t.Fatalf("%v; tools/install-test-deps fetches it", err)
	}
	return source
}

// bringAxe gives axe to every page the tab is going to show: sending half a
// megabyte for each took longer than all its rules. It comes through the
// debugger, so the page's content security policy stays in force.
func (p *page) bringAxe() {
	p.t.Helper()
	params := cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: axe(p.t)}
	if _, err := chromedp.Call(p.ctx, cdppage.AddScriptToEvaluateOnNewDocument, params); err != nil {
		p.t.Fatal(err)
	}
}

// violations runs axe on what the tab shows.
func (p *page) violations() []violation {
	p.t.Helper()
	result := ask(p, chromedp.Evaluate[struct{ Violations []violation }](axeRun, chromedp.EvalAwaitPromise))
	return result.Violations
}

// sound is holds, and saves the picture.
func (p *page) sound(name string) {
	p.t.Helper()
	p.holds(name)
	p.screenshot(name)
}

// misshapen are tables that are laid out as something else where there is room
// for them: a class of theirs has another meaning somewhere in the sheet.
const misshapen = `innerWidth < 641 ? [] : [...document.querySelectorAll("table")]
	.filter(t => getComputedStyle(t).display !== "table").map(t => t.className)`

// holds fails the test, and lets it go on, for everything that is wrong with
// what a tab or a frame shows, whatever it says: broken WCAG rules, complaints
// of the browser, a page that scrolls sideways, a table that is none.
func (p *page) holds(name string) {
	p.t.Helper()
	for _, v := range p.violations() {
		p.t.Errorf("%s: %s", name, v)
	}
	for _, complaint := range p.complaints() {
		p.t.Errorf("%s: the browser complains: %s", name, complaint)
	}
	if extra := p.overflow(); extra > 0 {
		p.t.Errorf("%s: wider than the window by %d px", name, extra)
	}
	for _, class := range ask(p, chromedp.Evaluate[[]string](misshapen)) {
		p.t.Errorf("%s: the table %q is not laid out as one", name, class)
	}
}
