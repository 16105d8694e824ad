package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"jachete/workflow"
)

//go:embed locales
var localeFiles embed.FS

// localizers hold one language each: a missing sentence is a fault that tests
// find, never the other language in the middle of a page.
var localizers = sync.OnceValue(loadCatalogues)

func loadCatalogues() map[workflow.Language]*i18n.Localizer {
	bundle := i18n.NewBundle(language.French)
	files, err := fs.Glob(localeFiles, "locales/*.json")
	must(err)
	for _, name := range files {
		text, err := localeFiles.ReadFile(name)
		must(err)
		_, err = bundle.ParseMessageFileBytes(text, path.Base(name)) // "signing.fr.json": French
		must(err)
	}
	return map[workflow.Language]*i18n.Localizer{
		workflow.French:  i18n.NewLocalizer(bundle, string(workflow.French)),
		workflow.English: i18n.NewLocalizer(bundle, string(workflow.English)),
	}
}

// must stops the program for a fault of the files linked into it.
func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("templates: %v", err))
	}
}

// Sentence gives the words of a key in a language; args are the values of its
// placeholders. An unknown key comes back as it is, so that it shows.
func Sentence(lang workflow.Language, key string, args map[string]string) string {
	text, err := localizer(lang).Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
	if err != nil {
		return key
	}
	return text
}

// FieldSentence says what is wrong with a field, by the name that people know
// it by.
func FieldSentence(lang workflow.Language, f workflow.FieldError) string {
	args := map[string]string{"Field": Sentence(lang, "field."+f.Field, nil)}
	maps.Copy(args, f.Args)
	return Sentence(lang, f.Key, args)
}

// CountSentence is Sentence with a number that decides the plural; the words
// show it as {{.Count}}.
func CountSentence(lang workflow.Language, key string, n int) string {
	config := &i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: map[string]string{"Count": Number(lang, n)}}
	text, err := localizer(lang).Localize(config)
	if err != nil { // French has a form for millions, which is said as any plural
		config.PluralCount = 2
		text, err = localizer(lang).Localize(config)
	}
	if err != nil {
		return key
	}
	return text
}

func localizer(lang workflow.Language) *i18n.Localizer {
	if l, ok := localizers()[lang]; ok {
		return l
	}
	return localizers()[workflow.French]
}

// Number writes a count with the thousands set apart: « 1 127 », "1,127".
func Number(lang workflow.Language, n int) string {
	separator := "\u00a0"
	if lang == workflow.English {
		separator = ","
	}
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}
