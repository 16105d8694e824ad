package workflow_test

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// goodFR is a text that may be published.
const goodFR = `Nous, **{organisation}**, constatons que :

1. nos achats soutiennent l’emploi;
2. les entreprises d’économie sociale sont près de nous.

## Engagement

- **Connaître** : nous informer de l’offre (R&D, 5 %) des entreprises de notre territoire;
- *

Signée au nom de **{organisation}** par **{prénom nom}**, {fonction}, personne autorisée à signer[ par la résolution no {numéro} adoptée le {date}].`

// publishable is goodFR without the line that is wrong with it.
var publishable = strings.Replace(goodFR, "- *\n", "- **Ouvrir** : les inviter à présenter une offre.\n", 1)

const publishableEN = `We, **{organization}**, recognize that our purchases support jobs, inclusion, the environment and the vitality of our territory.

- **Know** — learn what the social economy enterprises of our territory offer, and make it known to our teams;
- **Open** — consider these enterprises and, where our rules allow, invite them.`

func TestTextOfADeclaration(t *testing.T) {
	with := func(more string) string { return publishable + "\n\n" + more }
	for _, c := range []struct {
		name, text, key string
		lang            workflow.Language
	}{
		{"good", publishable, "", workflow.French},
		{"good translation", publishableEN, "", workflow.English},
		{"translation with every place", publishableEN + " Signed by {prénom nom}, {fonction}[ by resolution {numéro} of {date}].", "", workflow.English},
		{"empty", "", "declaration.short", workflow.French},
		{"too long", publishable + strings.Repeat(" mot", workflow.MaxDeclaration/4), "text.long", workflow.French},
		{"a star for a bullet", goodFR, "markdown.item", workflow.French},
		{"HTML", with("<b>gras</b>"), "markdown.html", workflow.French},
		{"an address", with("<https://example.org>"), "markdown.html", workflow.French},
		{"a quotation", with("> cité"), "markdown.block", workflow.French},
		{"a link", with("Voyez [ici](https://example.org)"), "markdown.link", workflow.French},
		{"a definition, which would vanish", with("[ici]: https://example.org"), "markdown.link", workflow.French},
		{"an image", with("![logo]"), "markdown.link", workflow.French},
		{"code", with("`code`"), "markdown.mark", workflow.French},
		{"an escape", with(`un \* caché`), "markdown.mark", workflow.French},
		{"italics with underscores", with("un _mot_"), "markdown.mark", workflow.French},
		{"a hidden character", with("un &#8238; caché"), "markdown.entity", workflow.French},
		{"italics", with("un *mot*"), "markdown.italic", workflow.French},
		{"bold italics", with("un ***mot***"), "markdown.italic", workflow.French},
		{"half a bold", with("un **mot"), "markdown.bold", workflow.French},
		{"bold with a space", with("un ** mot** ici"), "markdown.bold", workflow.French},
		{"bold with a no-break space", with("un **mot\u00a0** ici"), "markdown.bold", workflow.French},
		{"bold within a word", with("in**sépar**able"), "markdown.bold", workflow.French},
		{"bold against bold", with("**un****deux**"), "markdown.bold", workflow.French},
		{"empty bold", with("un **** ici"), "markdown.bold", workflow.French},
		{"a rule", with("---"), "markdown.rule", workflow.French},
		{"an underlined heading", with("Titre\n==="), "markdown.rule", workflow.French},
		{"a title of the first level", with("# Titre"), "markdown.heading", workflow.French},
		{"a small heading", with("#### Titre"), "markdown.heading", workflow.French},
		{"a heading without space", with("##Titre"), "markdown.heading", workflow.French},
		{"a heading that ends with a mark", with("## Titre ##"), "markdown.heading", workflow.French},
		{"another bullet", with("+ point"), "markdown.block", workflow.French},
		{"another number", with("1) point"), "markdown.block", workflow.French},
		{"a fence", with("~~~"), "markdown.block", workflow.French},
		{"a list in a list", with("- - point"), "markdown.item", workflow.French},
		{"a heading in a list", with("- ## titre"), "markdown.item", workflow.French},
		{"a list right below a paragraph", with("mot\n- point"), "markdown.gap", workflow.French},
		{"a list right below another sort of list", with("- point\n2. point"), "markdown.gap", workflow.French},
		{"an empty point", with("- "), "markdown.rule", workflow.French},
		{"an open brace", with("un {"), "placeholder.unbalanced", workflow.French},
		{"a brace in a brace", with("un {a{b}c}"), "placeholder.unbalanced", workflow.French},
		{"an unknown place", with("le {maire}"), "placeholder.unknown", workflow.French},
		{"the other language's place", with("{organization}"), "placeholder.unknown", workflow.French},
		{"the other language's place, in English", publishableEN + "\n\n{organisation}", "placeholder.unknown", workflow.English},
		{"no organisation", strings.ReplaceAll(publishable, "{organisation}", "la Ville"), "placeholder.missing", workflow.French},
		{"no signatory", strings.ReplaceAll(publishable, "{prénom nom}", "la mairesse"), "placeholder.missing", workflow.French},
		{"no function", strings.ReplaceAll(publishable, "{fonction}", "mairesse"), "placeholder.missing", workflow.French},
		{"no resolution", strings.ReplaceAll(publishable, "[ par la résolution no {numéro} adoptée le {date}]", ""), "placeholder.missing", workflow.French},
		{"no organisation, in English", strings.ReplaceAll(publishableEN, "{organization}", "the City"), "placeholder.missing", workflow.English},
		{"a resolution outside", strings.NewReplacer("[", "", "]", "").Replace(publishable), "clause.outside", workflow.French},
		{"half a resolution inside", strings.Replace(publishable, " adoptée le {date}]", "], le {date}", 1), "clause.outside", workflow.French},
		{"two clauses", with("[encore {numéro} {date}]"), "clause.unbalanced", workflow.French},
		{"an open bracket", with("un ["), "clause.unbalanced", workflow.French},
		{"an English clause without a date", publishableEN + " Signed[ by {numéro}].", "clause.incomplete", workflow.English},
	} {
		key := ""
		clean, problem := workflow.CleanText(c.text, 2*workflow.MaxDeclaration)
		if problem == nil {
			problem = workflow.CheckDeclarationText(c.lang, clean)
		}
		if problem != nil {
			key = problem.Key
		}
		if key != c.key {
			t.Errorf("%s: %q, want %q", c.name, key, c.key)
		}
	}
}

// The text that started it all could be published today.
func TestFirstTextWouldPass(t *testing.T) {
	for lang, name := range map[workflow.Language]string{workflow.French: "fr", workflow.English: "en"} {
		body, problem := workflow.CleanText(firstText(t, name), workflow.MaxDeclaration)
		if problem == nil {
			problem = workflow.CheckDeclarationText(lang, body)
		}
		if problem != nil {
			t.Errorf("%s: %s %v", name, problem.Key, problem.Args)
		}
	}
}
