package templates

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
)

//go:embed layout.html standalone.html embed.html blocks*.html pages
var pageFiles embed.FS

// pages hold one set per page, so that the blocks of one page cannot take the
// place of another's.
var pages = parsePages()

func parsePages() map[string]*template.Template {
	files, err := fs.Glob(pageFiles, "pages/*.html")
	must(err)
	sets := make(map[string]*template.Template, len(files))
	for _, file := range files {
		set := template.New("layout.html").Option("missingkey=error")
		set, err := set.ParseFS(pageFiles, "layout.html", "blocks*.html", file)
		must(err)
		sets[strings.TrimSuffix(path.Base(file), ".html")] = set
	}
	return sets
}

// Render writes a whole page into memory.
func Render(p Page) ([]byte, error) {
	set, ok := pages[p.File()]
	if !ok {
		return nil, fmt.Errorf("templates: no page %s", p.File())
	}
	var out bytes.Buffer
	if err := set.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("templates: page %s: %w", p.File(), err)
	}
	return out.Bytes(), nil
}
