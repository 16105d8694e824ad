package templates

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
	"text/template/parse"
)

//go:embed layout.html standalone.html embed.html blocks*.html pages
var pageFiles embed.FS

// blocks are what pages share.
var blocks = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pageFiles, "layout.html", "blocks*.html"))
})

// pages hold one set per page, so that the blocks of one page cannot take the
// place of another's. Each is made when it is first shown: most commands show
// none, and the whole lot takes a tenth of a second.
var pages = pageSets()

func pageSets() map[string]func() *template.Template {
	files, err := fs.Glob(pageFiles, "pages/*.html")
	must(err)
	sets := make(map[string]func() *template.Template, len(files))
	for _, file := range files {
		sets[strings.TrimSuffix(path.Base(file), ".html")] = sync.OnceValue(func() *template.Template {
			set := template.New("layout.html").Option("missingkey=error")
			take(set, "layout.html", template.Must(template.ParseFS(pageFiles, file)), blocks())
			return set.Lookup("layout.html")
		})
	}
	return sets
}

// take puts a template into a set, from the first source that defines it, with
// all it uses. What a page does not use would cost as much memory as what it
// does: half a megabyte for each page.
func take(set *template.Template, name string, from ...*template.Template) {
	if set.Lookup(name) != nil && set.Lookup(name).Tree != nil {
		return
	}
	for _, source := range from {
		if found := source.Lookup(name); found != nil && found.Tree != nil {
			_, err := set.AddParseTree(name, found.Tree.Copy())
			must(err)
			for _, used := range usedBy(found.Tree.Root) {
				take(set, used, from...)
			}
			return
		}
	}
	panic("templates: no block " + name)
}

// usedBy names the templates that a node calls.
func usedBy(node parse.Node) (names []string) {
	lists := func(nodes ...*parse.ListNode) {
		for _, list := range nodes {
			if list != nil {
				for _, n := range list.Nodes {
					names = append(names, usedBy(n)...)
				}
			}
		}
	}
	switch n := node.(type) {
	case *parse.ListNode:
		lists(n)
	case *parse.IfNode:
		lists(n.List, n.ElseList)
	case *parse.RangeNode:
		lists(n.List, n.ElseList)
	case *parse.WithNode:
		lists(n.List, n.ElseList)
	case *parse.TemplateNode:
		names = append(names, n.Name)
	}
	return names
}

// Render writes a whole page into memory.
func Render(p Page) ([]byte, error) {
	set, ok := pages[p.File()]
	if !ok {
		return nil, fmt.Errorf("templates: no page %s", p.File())
	}
	var out bytes.Buffer
	if err := set().Execute(&out, p); err != nil {
		return nil, fmt.Errorf("templates: page %s: %w", p.File(), err)
	}
	return out.Bytes(), nil
}
