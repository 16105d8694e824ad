package templates

import (
	"embed"
	"html/template"
	"strings"
	"time"

	"jachete/workflow"
)

//go:embed texts
var textFiles embed.FS

// Text is a page whose words are one Markdown file per language, texts/NAME.
type Text struct {
	Frame
	Name string        // "privacy", "accessibility"
	Pole workflow.Pole // whose own lines follow; zero for none
	// Poles are those who answer for what is personal, and Cookies all that the
	// site sets; on the page about privacy.
	Poles   []workflow.Pole
	Cookies []Cookie
}

// Cookie is one that the site sets, for the page about privacy.
type Cookie struct {
	Name  string
	Use   string // what it is for: the end of a key of the family "cookie."
	Lives []time.Duration
}

// evaluatedOn is the day on which accessibility was evaluated as its page tells:
// to be moved when that is done anew.
const evaluatedOn = "2026-11-26"

// File implements [Page].
func (*Text) File() string { return "text" }

func (p *Text) source() string {
	raw, err := textFiles.ReadFile("texts/" + p.Name + "." + string(p.Lang) + ".md")
	must(err)
	return strings.Replace(string(raw), "{evaluated}", workflow.CivilDateInWords(evaluatedOn, p.Lang), 1)
}

// Title is the first heading.
func (p *Text) Title() string {
	heading, _, _ := strings.Cut(p.source(), "\n")
	return strings.TrimPrefix(heading, "# ")
}

// Body is the whole text.
func (p *Text) Body() template.HTML { return HTML(p.source()) }

// Life says how long a cookie stays.
func (p *Text) Life(c Cookie) string {
	var words []string
	for _, life := range c.Lives {
		switch {
		case life == 0:
			words = append(words, p.T("cookie.until-closed"))
		case life < time.Hour:
			words = append(words, p.N("wait.minutes", int(life.Minutes())))
		default:
			words = append(words, p.N("cookie.days", int(life.Hours()/24)))
		}
	}
	return strings.Join(words, p.T("cookie.or"))
}

// Asked tells that the address names a pôle.
func (p *Text) Asked() bool { return p.Pole.Slug != "" }
