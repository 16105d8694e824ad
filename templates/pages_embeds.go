package templates

import (
	"bytes"
	"fmt"
	"html/template"

	"jachete/workflow"
)

// Embed is what other sites show of the register in a frame. It is a document of
// its own, light, and without the site's menus: its links leave the frame.
type Embed struct {
	Frame
	Theme   string // "light", "dark", or empty for what the reader's device says
	Pole    workflow.Pole
	Unknown bool // the address names no pôle
	Glance  workflow.Glance
}

// Heading names whose signatories these are.
func (p *Embed) Heading() string {
	if p.Pole.Slug != "" {
		return p.Pole.Name
	}
	return p.T("embed.quebec")
}

// Places is how many municipalities committed themselves with the pôle; for all
// of Québec, in how many regions somebody signed.
func (p *Embed) Places() int {
	if p.Pole.Slug != "" {
		return p.Glance.Municipalities
	}
	return p.Glance.Regions
}

// PlacesWord names what Places counts.
func (p *Embed) PlacesWord() string {
	if p.Pole.Slug != "" {
		return p.N("embed.municipalities", p.Places())
	}
	return p.N("embed.regions", p.Places())
}

// Query takes the language along to the site, where French is not said.
func (p *Embed) Query() string {
	if p.Lang == workflow.English {
		return "?lang=en"
	}
	return ""
}

// Register is the address of the whole list.
func (p *Embed) Register() string {
	query := p.Query()
	if p.Pole.Slug != "" {
		query = "?pole=" + p.Pole.Slug
		if p.Lang == workflow.English {
			query += "&lang=en"
		}
	}
	return "/signataires" + query
}

var embedded = template.Must(template.New("embed.html").Option("missingkey=error").
	ParseFS(pageFiles, "embed.html", "blocks_paper.html"))

// RenderEmbed writes the document of an embed into memory.
func RenderEmbed(p *Embed) ([]byte, error) {
	var out bytes.Buffer
	if err := embedded.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("templates: embed: %w", err)
	}
	return out.Bytes(), nil
}
