package templates

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"jachete/workflow"
)

// otherWords are words that every other sentence of a language holds, and that
// the other one does not have.
var otherWords = map[workflow.Language]*regexp.Regexp{
	workflow.French:  regexp.MustCompile(`(?i)(?:^|[\s(“«])(?:the|and|of|with|your|you|is|are|was|this|these|please|from|for|not|will|have|has|been|by|to|when|which|who|they|their|our|click|email|declaration|commitment)(?:[\s,.;:)”»?!]|$)`),
	workflow.English: regexp.MustCompile(`(?i)(?:^|[\s(“«])(?:le|les|des|une|est|sont|vous|votre|vos|nous|notre|avec|pour|dans|cette|ces|qui|que|par|aux|du|et|ou|pas|sera|été|être|courriel|déclaration|engagement|signataire|attestation)(?:[\s,.;:)”»?!]|$)`),
}

// notOurs are words of the other language that belong there: the name of the
// movement, examples of names, what stands for a value.
var notOurs = regexp.MustCompile(`“[^”]*”|\{[^}]*\}|Déclaration d’engagement|L’économie sociale, j’achète!|Ville de Rivière-Exemple|Gouvernement du Québec`)

func foreign(lang workflow.Language, text string) string {
	return strings.TrimSpace(otherWords[lang].FindString(notOurs.ReplaceAllString(text, "x")))
}

// Each catalogue, mail and page of text is in its own language, whole.
func TestEachLanguageIsWhole(t *testing.T) {
	for _, lang := range []workflow.Language{workflow.French, workflow.English} {
		for key, forms := range catalogue(t, lang) {
			for _, text := range forms {
				if word := foreign(lang, text); word != "" && key != "site.other-language" {
					t.Errorf("%s (%s) says %q: %s", key, lang, word, text)
				}
			}
		}
		texts, _ := fs.Glob(textFiles, "texts/*."+string(lang)+".md")
		mails, _ := fs.Glob(Mail, "*."+string(lang)+".md")
		if len(texts) == 0 || len(mails) == 0 {
			t.Fatal("no texts")
		}
		for i := range mails {
			mails[i] = "mail/" + mails[i]
		}
		for _, name := range append(texts, mails...) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(string(raw), "\n") {
				if word := foreign(lang, line); word != "" {
					t.Errorf("%s says %q: %s", name, word, line)
				}
			}
		}
	}
}

func TestForeignWordsAreSeen(t *testing.T) {
	for text, lang := range map[string]workflow.Language{"Signez the déclaration": workflow.French, "Please signez": workflow.French, "Votre email": workflow.French,
		"Sign le text": workflow.English, "Sent par the pôle": workflow.English, "Your courriel": workflow.English} {
		if foreign(lang, text) == "" {
			t.Errorf("nothing is said of %q", text)
		}
	}
}
