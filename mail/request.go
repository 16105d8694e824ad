package mail

import (
	"jachete/templates"
	"jachete/workflow"
)

// request puts in which organisation asks for an invitation, and from where.
func (v values) request(m workflow.MailContent) {
	lang := m.Delivery.Language
	v["asked-kind"], v["asked-place"] = "", oneLine(m.AskedPlace)
	if m.AskedKind != "" {
		v["asked-kind"] = templates.Sentence(lang, "kind."+string(m.AskedKind), nil)
	}
	v.instant("asked", m.AskedAt, lang)
}
