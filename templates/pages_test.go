package templates

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// samples are the pages as people can meet them: plain, empty, and at their
// longest. Each file under pages/ has at least one.
func samples() []Page {
	return slices.Concat(siteSamples(), publicSamples(), signingSamples(), pathsSamples(), afterSamples(), askSamples(), followUpSamples(), suppliersPublic(), roomSamples(), openDataSamples(), demoSamples(), teamSamples(), shareSamples())
}

func TestEveryPageRendersInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for i, sample := range samples() {
		seen[sample.File()] = true
		for _, lang := range []workflow.Language{workflow.French, workflow.English} {
			t.Run(fmt.Sprintf("%s-%d-%s", sample.File(), i, lang), func(t *testing.T) {
				f := sample.Outline()
				f.Lang, f.Nonce, f.Style, f.Other = lang, "nonce", "/static/style.css", "?lang=en"
				out, err := Render(sample)
				if err != nil {
					t.Fatal(err)
				}
				checkPage(t, string(out), lang)
			})
		}
	}
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(path.Base(file), ".html"); !seen[name] {
			t.Errorf("%s has no sample", file)
		}
	}
}

var (
	inlineCode = regexp.MustCompile(`(?i)<[^>]*\s(?:style|on[a-z]+)=`)
	bareScript = regexp.MustCompile(`<script(?:>| [^>]*>)`)
	elsewhere  = regexp.MustCompile(`(?:src|action)="(?:https?:)?//`)
	leftKey    = regexp.MustCompile(`>\s*[a-z]+(?:[.-][a-z0-9]+)*\.[a-z0-9-]+\s*<`)
	tagOf      = regexp.MustCompile(`<html lang="([^"]+)">`)
	headings   = regexp.MustCompile(`<h1[ >]`)
	ids        = regexp.MustCompile(` id="([^"]+)"`)
	pointers   = regexp.MustCompile(` (?:for|aria-describedby|aria-labelledby|href)="#?([^"/?:]+)"`)
)

// checkPage holds a page to what is true of every page.
func checkPage(t *testing.T, html string, lang workflow.Language) {
	t.Helper()
	for what, pattern := range map[string]*regexp.Regexp{"inline style or handler": inlineCode, "another origin": elsewhere,
		"a key instead of a sentence": leftKey} {
		if found := pattern.FindString(html); found != "" {
			t.Errorf("%s: %s", what, found)
		}
	}
	html = strings.ReplaceAll(html, `<script type="application/ld+json">`, "") // data, which no browser runs
	for _, script := range bareScript.FindAllString(html, -1) {
		if !strings.Contains(script, `nonce="nonce"`) {
			t.Errorf("script without nonce: %s", script)
		}
	}
	if m := tagOf.FindStringSubmatch(html); m == nil || m[1] != string(lang)+"-CA" {
		t.Errorf("language %v", m)
	}
	if n := len(headings.FindAllString(html, -1)); n != 1 {
		t.Errorf("%d first headings", n)
	}
	for _, wrong := range []string{"<no value>", "ZgotmplZ", "<b>\"Très"} {
		if strings.Contains(html, wrong) {
			t.Errorf("the page says %s", wrong)
		}
	}
	checkIDs(t, html)
}

func checkIDs(t *testing.T, html string) {
	t.Helper()
	there := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(html, -1) {
		if there[m[1]] {
			t.Errorf("id %s twice", m[1])
		}
		there[m[1]] = true
	}
	for _, m := range pointers.FindAllStringSubmatch(html, -1) {
		for name := range strings.FieldsSeq(m[1]) {
			if !there[name] {
				t.Errorf("%s points at nothing", m[0])
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		n      int
		fr, en string
	}{{0, "0", "0"}, {999, "999", "999"}, {1127, "1\u00a0127", "1,127"}, {1234567, "1\u00a0234\u00a0567", "1,234,567"}} {
		if fr, en := Number(workflow.French, c.n), Number(workflow.English, c.n); fr != c.fr || en != c.en {
			t.Errorf("%d: %q %q", c.n, fr, en)
		}
	}
}

// A block that is defined again would silently take the place of the first.
func TestEveryBlockHasItsOwnName(t *testing.T) {
	files, err := filepath.Glob("*.html")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	in := map[string]string{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`{{define "([^"]+)"}}`).FindAllStringSubmatch(string(source), -1) {
			if first, twice := in[found[1]]; twice {
				t.Errorf("%s defines %q again, which is in %s", file, found[1], first)
			}
			in[found[1]] = file
		}
	}
}
