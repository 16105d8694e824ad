package templates

import (
	"strings"
	"testing"

	"jachete/workflow"
)

func TestDeclarations(t *testing.T) {
	list, err := Declarations()
	if err != nil || len(list) != 1 {
		t.Fatalf("%d declarations, %v", len(list), err)
	}
	d := list[0]
	if d.ID != workflow.DeclarationID || d.Version != "1.0" || d.TitleFR != "Déclaration d’engagement — L’économie sociale, j’achète!" {
		t.Errorf("%s %s %s", d.ID, d.Version, d.TitleFR)
	}
	who := workflow.Signatory{Name: "Camille Exemple", Function: "direction générale"}
	resolution := workflow.Resolution{Number: "2019-118", Date: "2026-11-17"}
	french := workflow.Fill(d.TextFR, "Ville de Rivière-Exemple", who, resolution, func(s string) string { return workflow.CivilDateInWords(s, workflow.French) })
	english := workflow.Fill(d.TextEN, "Ville de Rivière-Exemple", who, workflow.Resolution{}, func(s string) string { return s })
	if strings.ContainsAny(french+english, "{}[]") {
		t.Error("a placeholder is left")
	}
	if html := string(HTML(french)); !strings.Contains(html, "résolution no\u00a02019-118 adoptée le 17\u00a0novembre\u00a02026.") {
		t.Errorf("no clause of the resolution in %s", html)
	}
	if strings.Contains(english, "resolution") {
		t.Error("a resolution where there was none")
	}
}

// The text of a version never changes: what was signed is its hash.
func TestPublishedTextsAreFrozen(t *testing.T) {
	frozen := map[string][2]string{
		"esja 1.0": {"343c9fabc818426f387e044f1bbb66d98133727f23a8c1c55d8bb2e048d8c77c",
			"8e73e416bcdbfb9929b237a6de4e96280a6ad56f806ca7f8f25b059dc784b495"},
	}
	list, err := Declarations()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		got := [2]string{workflow.TextSHA256(d.TextFR), workflow.TextSHA256(d.TextEN)}
		if want := frozen[d.ID+" "+d.Version]; got != want {
			t.Errorf("%s %s is %v, was published as %v: give a new wording a new version", d.ID, d.Version, got, want)
		}
	}
}

func TestMarkdownGivesNoHTMLOfItsOwn(t *testing.T) {
	for _, source := range []string{"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "[x](javascript:alert(1))",
		"<a href=\"javascript:alert(1)\">x</a>"} {
		html := strings.ToLower(string(HTML(source)))
		for _, live := range []string{"<script", "<img", "onerror", "javascript:"} {
			if strings.Contains(html, live) {
				t.Errorf("%q gives %s", source, html)
			}
		}
	}
}
