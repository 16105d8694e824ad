package mail

import (
	"strings"

	"jachete/templates"
	"jachete/workflow"
)

// afterSigning puts in what the mails after a signature say. Several
// certificates are as many lines, of labels and of links.
func (v values) afterSigning(m workflow.MailContent) {
	lang := m.Delivery.Language
	var labels, links []string
	for _, c := range m.Certificates {
		labels = append(labels, oneLine(c.Organisation)+" ("+oneLine(c.Number)+")")
		links = append(links, c.URL)
	}
	v["certificates"], v["certificate-links"] = strings.Join(labels, "\n"), strings.Join(links, "\n")
	v["suppliers"], v["suppliers-link"] = "", m.SuppliersURL
	if m.SuppliersURL != "" {
		v["suppliers"] = templates.SuppliersInMail(lang, m.Suppliers)
	}
	v["corrects"], v["withdrawn"], v["team"] = "", "", ""
	if m.Corrects {
		v["corrects"], v["renews"] = v["renews"], ""
	}
	if m.WithdrawnOn != "" {
		v["withdrawn"] = workflow.CivilDateInWords(m.WithdrawnOn, lang)
	}
	if m.Team {
		v["team"] = "team"
	}
	v["correction"], v["correction-field"] = unlink(manyLines(m.Correction.Wanted)), ""
	if m.Correction.Field != "" {
		v["correction-field"] = templates.Sentence(lang, "correction.field-"+string(m.Correction.Field), nil)
	}
}

// maskedCertificates are the same without a way in.
func maskedCertificates(list []workflow.LinkedCertificate, mask string) (masked []workflow.LinkedCertificate) {
	for _, c := range list {
		c.URL = mask
		masked = append(masked, c)
	}
	return masked
}
