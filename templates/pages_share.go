package templates

import (
	"fmt"
	"html/template"
	"strconv"
	"time"

	"jachete/workflow"
)

// Share gives the lines of HTML that show the register on other sites.
type Share struct {
	Frame
	Showcase
	Where  string        // what the frame shows: "quebec", or a pôle's slug
	Look   string        // "light", "dark", or empty
	Pole   workflow.Pole // zero for all of Québec
	Poles  []workflow.Pole
	Number string // of the badge, as typed

	Badge   *workflow.Badge // of that number, when it may be shown
	Embargo time.Time       // until then nothing is said of the number
	Unknown bool            // the number is no certificate's
	Feed    string          // address of the feed, or empty
}

// File implements [Page].
func (*Share) File() string { return "share" }

// Description implements [Describer].
func (p *Share) Description() string { return p.T("describe.share") }

// heights hold what a frame shows without a bar to scroll, at 300 CSS pixels of
// width and with names of two lines. e2e measures it.
const (
	heightQuebec = 720
	heightPole   = 780 // its name takes more lines
)

// Height is the one proposed for the frame, in CSS pixels.
func (p *Share) Height() int {
	if p.Pole.Slug != "" {
		return heightPole
	}
	return heightQuebec
}

// Places are what a frame may show.
func (p *Share) Places() []Option {
	list := []Option{{"quebec", p.T("partager.quebec"), p.Pole.Slug == ""}}
	for _, pole := range p.Poles {
		list = append(list, Option{pole.Slug, pole.Name, pole.Slug == p.Pole.Slug})
	}
	return list
}

// Looks are the colours a frame may have.
func (p *Share) Looks() []Option {
	return []Option{{"", p.T("partager.look-device"), p.Look == ""}, {"light", p.T("partager.look-light"), p.Look == "light"},
		{"dark", p.T("partager.look-dark"), p.Look == "dark"}}
}

// Embed is the address of the frame, from the root of the site.
func (p *Share) Embed() string {
	query := ""
	if p.Lang == workflow.English {
		query = "?lang=en"
	}
	if p.Look != "" {
		query += map[bool]string{true: "?", false: "&"}[query == ""] + "theme=" + p.Look
	}
	return "/embed/" + p.Where + query
}

// EmbedTitle names the frame for screen readers.
func (p *Share) EmbedTitle() string {
	where := p.T("embed.quebec")
	if p.Pole.Slug != "" {
		where = p.Pole.Name
	}
	return p.T("partager.frame-title", "Where", where)
}

// FrameCode is the HTML of the frame.
func (p *Share) FrameCode() CopyField {
	html := fmt.Sprintf(`<iframe src="%s" title="%s" width="100%%" height="%d" loading="lazy" style="border:0;max-width:30rem"></iframe>`,
		template.HTMLEscapeString(p.Site+p.Embed()), template.HTMLEscapeString(p.EmbedTitle()), p.Height())
	return CopyField{&p.Frame, "code-cadre", p.T("partager.frame-code"), html, p.Lang, 5}
}

// BadgeSaid says what becomes of the number that was typed, or nothing.
func (p *Share) BadgeSaid() string {
	switch {
	case p.Unknown:
		return p.T("certificate.not-found")
	case !p.Embargo.IsZero():
		return p.T("partager.embargo", "Date", p.Day(p.Embargo), "Time", p.Clock(p.Embargo))
	case p.Badge == nil:
		return ""
	case p.Badge.Status == workflow.CommitmentSuperseded:
		return p.T("partager.superseded")
	case !p.Badge.Holds():
		return p.T("partager.withdrawn")
	}
	return p.T("partager.badge-of", "Organisation", p.Badge.Organisation, "Year", strconv.Itoa(p.Badge.Since))
}

// Holds tells that the badge may be offered.
func (p *Share) Holds() bool { return p.Badge != nil && p.Badge.Holds() }

func (p *Share) known() Known {
	return Known{Frame: &p.Frame, Showcase: p.Showcase, Number: p.Badge.Number, Organisation: p.Badge.Organisation}
}

// BadgeAlt says in words what the badge shows.
func (p *Share) BadgeAlt() string {
	if !p.Holds() {
		return p.T("partager.badge-ended", "Organisation", p.Badge.Organisation)
	}
	return p.known().Alt()
}

// BadgeCode is the HTML of the badge.
func (p *Share) BadgeCode() CopyField {
	field := p.known().Snippet()
	field.Name = "code-badge"
	return field
}

// LinkCode is the HTML of a plain link to the register.
func (p *Share) LinkCode() CopyField {
	address, words := p.Site+"/signataires", p.T("partager.link-words")
	if p.Pole.Slug != "" {
		address, words = p.Site+"/poles/"+p.Pole.Slug, p.T("partager.link-pole", "Pole", p.Pole.Name)
	}
	html := fmt.Sprintf(`<a href="%s">%s</a>`, template.HTMLEscapeString(address), template.HTMLEscapeString(words))
	return CopyField{&p.Frame, "code-lien", p.T("partager.link-code"), html, p.Lang, 3}
}

// FeedField is the address of the feed.
func (p *Share) FeedField() CopyField {
	return CopyField{&p.Frame, "adresse-fil", p.T("partager.feed-address"), p.Feed, p.Lang, 2}
}
