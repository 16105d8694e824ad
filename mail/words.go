package mail

import (
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"jachete/templates"
	"jachete/workflow"
)

// words are the pages of every mail in every language, and the frame of the
// HTML part.
type words struct {
	pages  map[string]page
	layout *template.Template
}

func loadWords() (words, error) {
	w := words{pages: map[string]page{}}
	files, err := fs.Glob(templates.Mail, "*.md")
	if err != nil {
		return w, err
	}
	for _, file := range files {
		source, err := fs.ReadFile(templates.Mail, file)
		if err != nil {
			return w, err
		}
		w.pages[strings.TrimSuffix(file, ".md")] = parsePage(string(source))
	}
	w.layout, err = template.ParseFS(templates.Mail, "layout.html")
	return w, err
}

// letter is a mail with its values in, before it is rendered.
type letter struct {
	Lang    workflow.Language
	Sender  string // display name of the From header
	Subject string
	Body    []block
	Foot    []block
}

// letter fills the page of that name. A language without pages is French.
func (w words) letter(name string, lang workflow.Language, v values) (letter, error) {
	if lang != workflow.English {
		lang = workflow.French
	}
	own, ok := w.pages[name+"."+string(lang)]
	if !ok {
		return letter{}, fmt.Errorf("mail: no words for %q", name)
	}
	identity := w.pages["identity."+string(lang)]
	l := letter{Lang: lang}
	head, err := fillHead(append(append([]line{}, own.head...), identity.head...), v)
	if err != nil {
		return l, err
	}
	l.Subject, l.Sender = head["subject"], head["sender"]
	if l.Body, err = fillBlocks(own.body, v, head["plain"]); err != nil {
		return l, err
	}
	foot := append(append([][]line{}, identity.body...), own.foot...)
	l.Foot, err = fillBlocks(foot, v, "")
	return l, err
}

func fillHead(lines []line, v values) (map[string]string, error) {
	head := map[string]string{}
	for _, l := range lines {
		name, text, _ := strings.Cut(l.text, ": ")
		value, keep, err := line{text: text, only: l.only, not: l.not}.fill(v)
		if err != nil {
			return nil, err
		}
		if keep {
			head[name] = value
		}
	}
	return head, nil
}
