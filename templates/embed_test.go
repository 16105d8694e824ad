package templates

import (
	"fmt"
	"strings"
	"testing"

	"jachete/workflow"
)

// embedSamples are embeds as sites can meet them: plain, empty, at their longest
// and of nobody.
func embedSamples() []*Embed {
	full := func(text string) workflow.Glance {
		return workflow.Glance{Total: 1_234_567, Regions: 17, Municipalities: 1_127, Latest: sampleCommitments(text)}
	}
	return []*Embed{
		{}, {Pole: samplePole}, {Unknown: true, Theme: "dark"},
		{Glance: workflow.Glance{Total: 1, Regions: 1, Latest: sampleCommitments("Ville de Rivière-Exemple")[:1]}},
		{Pole: samplePole, Theme: "light", Glance: full("Ville de Rivière-Exemple")}, {Glance: full(long)}, {Pole: workflow.Pole{Slug: "x", Name: long}, Glance: full(long)},
	}
}

func TestEveryEmbedRendersInBothLanguages(t *testing.T) {
	for i, sample := range embedSamples() {
		for _, lang := range []workflow.Language{workflow.French, workflow.English} {
			t.Run(fmt.Sprintf("%d-%s", i, lang), func(t *testing.T) {
				sample.Lang, sample.Style = lang, "/static/embed.css"
				out, err := RenderEmbed(sample)
				if err != nil {
					t.Fatal(err)
				}
				html := strings.Replace(string(out), ` class="`+sample.Theme+`"`, "", 1)
				checkPage(t, html, lang)
				if strings.Contains(html, "<script") || strings.Contains(html, "<form") {
					t.Error("an embed runs or sends something")
				}
				if lang == workflow.English && strings.Count(html, "lang=en") != strings.Count(html, "<a ") {
					t.Error("a link loses the language")
				}
			})
		}
	}
}
