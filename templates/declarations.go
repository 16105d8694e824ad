package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"jachete/workflow"
)

//go:embed declarations
var declarationFiles embed.FS

// declarationName is ID, version and language: "esja-1.0.fr.md".
var declarationName = regexp.MustCompile(`^([a-z]+)-(\d+\.\d+)\.fr\.md$`)

// Declarations gives every published version of the declarations, the text to
// the byte. Titles are the first headings. Hashes and dates are left to
// workflow.Service.Seed.
func Declarations() ([]workflow.Declaration, error) {
	entries, err := fs.ReadDir(declarationFiles, "declarations")
	if err != nil {
		return nil, err
	}
	var list []workflow.Declaration
	for _, entry := range entries {
		m := declarationName.FindStringSubmatch(entry.Name())
		if m == nil {
			continue // the translation is read beside its instrument
		}
		d := workflow.Declaration{ID: m[1], Version: m[2]}
		if d.TextFR, d.TitleFR, err = declarationText(d, workflow.French); err != nil {
			return nil, err
		}
		if d.TextEN, d.TitleEN, err = declarationText(d, workflow.English); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

func declarationText(d workflow.Declaration, lang workflow.Language) (text, title string, err error) {
	name := fmt.Sprintf("declarations/%s-%s.%s.md", d.ID, d.Version, lang)
	raw, err := declarationFiles.ReadFile(name)
	if err != nil {
		return "", "", err
	}
	heading, _, _ := strings.Cut(string(raw), "\n")
	title, found := strings.CutPrefix(heading, "# ")
	if !found {
		return "", "", fmt.Errorf("templates: %s does not start with its title", name)
	}
	return string(raw), title, nil
}
