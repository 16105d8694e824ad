package templates

import (
	"jachete/templates/sheet"
	"jachete/workflow"
)

// RegisterExport describes an export of signatories. A person is in it only by
// her own choice, as in the register.
func RegisterExport(w ExportWords) *Export[workflow.Commitment] {
	lang := w.Language
	x := exportOf[workflow.Commitment](w, Sentence(lang, "export.signatories", nil), Sentence(lang, "export.signatories-tab", nil))
	addCommitted(x, w)
	addCommitment(x, w)
	return x
}

func addCommitted(x *Export[workflow.Commitment], w ExportWords) {
	lang := w.Language
	text := func(of func(workflow.Snapshot) string) func(workflow.Commitment) sheet.Cell {
		return func(c workflow.Commitment) sheet.Cell { return sheet.Text(of(c.Organisation)) }
	}
	x.add("organisation", Sentence(lang, "sheet.organisation", nil), 40, text(func(o workflow.Snapshot) string { return o.Name }))
	x.add("kind", Sentence(lang, "sheet.kind", nil), 24, func(c workflow.Commitment) sheet.Cell { return w.kind(c.Organisation.Kind) })
	x.add("municipality_code", Sentence(lang, "sheet.municipality-code", nil), 12, text(func(o workflow.Snapshot) string { return o.MunicipalityCode }))
	x.add("mrc_code", Sentence(lang, "sheet.mrc-code", nil), 12, text(func(o workflow.Snapshot) string { return o.MRCCode }))
	x.add("mrc", Sentence(lang, "sheet.mrc", nil), 24, text(func(o workflow.Snapshot) string { return o.MRCName }))
	x.add("region_code", Sentence(lang, "sheet.region-code", nil), 12, text(func(o workflow.Snapshot) string { return o.RegionCode }))
	x.add("region", Sentence(lang, "sheet.region", nil), 24, text(func(o workflow.Snapshot) string { return o.RegionName }))
}

func addCommitment(x *Export[workflow.Commitment], w ExportWords) {
	lang := w.Language
	text := func(of func(workflow.Commitment) string) func(workflow.Commitment) sheet.Cell {
		return func(c workflow.Commitment) sheet.Cell { return sheet.Text(of(c)) }
	}
	x.add("pole", Sentence(lang, "sheet.pole", nil), 24, func(c workflow.Commitment) sheet.Cell { return sheet.Coded(w.Poles[c.PoleSlug], c.PoleSlug) })
	x.add("signed_on", Sentence(lang, "sheet.signed", nil), 16, func(c workflow.Commitment) sheet.Cell { return dated(c.Signed(), lang) })
	x.add("announced_on", Sentence(lang, "sheet.announced", nil), 16, func(c workflow.Commitment) sheet.Cell { return dated(c.AnnouncedDate(), lang) })
	x.add("published_at", Sentence(lang, "sheet.published", nil), 18, func(c workflow.Commitment) sheet.Cell { return sheet.Moment(c.PublishedAt) })
	x.add("mode", Sentence(lang, "sheet.mode", nil), 14, func(c workflow.Commitment) sheet.Cell {
		if c.Mode == workflow.ModePaper {
			return sheet.Coded(Sentence(lang, "export.mode-paper", nil), string(c.Mode))
		}
		return sheet.Coded(Sentence(lang, "export.mode-electronic", nil), string(c.Mode))
	})
	x.add("status", Sentence(lang, "sheet.state", nil), 14, func(c workflow.Commitment) sheet.Cell {
		return sheet.Coded(Sentence(lang, "status."+string(c.Status), nil), string(c.Status))
	})
	x.add("declaration_version", Sentence(lang, "sheet.version", nil), 12, text(func(c workflow.Commitment) string { return c.Version }))
	x.add("number", Sentence(lang, "sheet.number", nil), 22, text(func(c workflow.Commitment) string { return c.Number }))
	x.add("resolution_number", Sentence(lang, "sheet.resolution", nil), 18, text(func(c workflow.Commitment) string { return c.ResolutionNumber }))
	x.add("resolution_date", Sentence(lang, "sheet.resolution-date", nil), 14, func(c workflow.Commitment) sheet.Cell { return sheet.Day(c.ResolutionDate) })
	x.add("signatory", Sentence(lang, "sheet.signatory", nil), 28, text(func(c workflow.Commitment) string { return c.PublicName }))
	x.add("function", Sentence(lang, "sheet.function", nil), 28, text(func(c workflow.Commitment) string { return c.PublicFunction }))
	x.add("url", Sentence(lang, "sheet.page", nil), 44, text(func(c workflow.Commitment) string { return w.Link("/signataires/" + c.Slug) }))
}

// dated is a cell of a date: a day that is known may be sorted as one.
func dated(d workflow.PaperDate, lang workflow.Language) sheet.Cell {
	if d.Before {
		return sheet.Coded(d.Short(lang), d.String())
	}
	return sheet.Day(d.ISO())
}
