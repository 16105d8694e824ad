package templates

import (
	"strconv"
	"time"

	"jachete/templates/sheet"
	"jachete/workflow"
)

// InvitationExport describes an export of invitations for their staff. It holds
// no link, no code, and no note, which files that travel must not carry. The
// headings of what an invitation is made of are those that an import knows.
func InvitationExport(w ExportWords) *Export[workflow.InvitationView] {
	lang := w.Language
	x := exportOf[workflow.InvitationView](w, Sentence(lang, "export.invitations", nil), Sentence(lang, "export.invitations-tab", nil))
	addInvited(x, w)
	addContact(x, w)
	addProgress(x, w)
	addMoments(x, w)
	return x
}

func addInvited(x *Export[workflow.InvitationView], w ExportWords) {
	lang := w.Language
	text := func(of func(workflow.Organisation) string) func(workflow.InvitationView) sheet.Cell {
		return func(v workflow.InvitationView) sheet.Cell { return sheet.Text(of(v.Organisation)) }
	}
	x.add("organisation", Sentence(lang, "sheet.organisation", nil), 40, text(func(o workflow.Organisation) string { return o.Name }))
	x.add("kind", Sentence(lang, "sheet.kind", nil), 24, func(v workflow.InvitationView) sheet.Cell { return w.kind(v.Organisation.Kind) })
	x.add("municipality_code", Sentence(lang, "sheet.municipality-code", nil), 12, text(func(o workflow.Organisation) string { return o.MunicipalityCode }))
	x.add("mrc_code", Sentence(lang, "sheet.mrc-code", nil), 12, text(func(o workflow.Organisation) string { return o.MRCCode }))
	x.add("mrc", Sentence(lang, "sheet.mrc", nil), 24, func(v workflow.InvitationView) sheet.Cell { return w.mrc(v.Organisation.MRCCode) })
	x.add("region_code", Sentence(lang, "sheet.region-code", nil), 12, text(func(o workflow.Organisation) string { return o.RegionCode }))
	x.add("region", Sentence(lang, "sheet.region", nil), 24, func(v workflow.InvitationView) sheet.Cell { return w.region(v.Organisation.RegionCode) })
	x.add("neq", Sentence(lang, "sheet.neq", nil), 14, text(func(o workflow.Organisation) string { return o.NEQ }))
}

func addContact(x *Export[workflow.InvitationView], w ExportWords) {
	lang := w.Language
	text := func(of func(workflow.Invitation) string) func(workflow.InvitationView) sheet.Cell {
		return func(v workflow.InvitationView) sheet.Cell { return sheet.Text(of(v.Invitation)) }
	}
	known := func(of func(workflow.Contact) string) func(workflow.InvitationView) sheet.Cell {
		return func(v workflow.InvitationView) sheet.Cell {
			if v.Forgotten() {
				return sheet.Text(Sentence(lang, "contact.forgotten", nil))
			}
			return sheet.Text(of(v.Contact))
		}
	}
	x.add("civility", Sentence(lang, "sheet.civility", nil), 12, func(v workflow.InvitationView) sheet.Cell {
		if v.Contact.Civility == workflow.NoCivility {
			return sheet.Cell{}
		}
		return sheet.Coded(Sentence(lang, "civility."+string(v.Contact.Civility), nil), string(v.Contact.Civility))
	})
	x.add("name", Sentence(lang, "sheet.name", nil), 28, known(func(c workflow.Contact) string { return c.Name }))
	x.add("function", Sentence(lang, "sheet.function", nil), 28, known(func(c workflow.Contact) string { return c.Function }))
	x.add("email", Sentence(lang, "sheet.email", nil), 34, known(func(c workflow.Contact) string { return c.Email }))
	x.add("language", Sentence(lang, "sheet.language", nil), 12, func(v workflow.InvitationView) sheet.Cell {
		return sheet.Coded(Sentence(lang, "language."+string(v.Language), nil), string(v.Language))
	})
	x.add("source", Sentence(lang, "sheet.source", nil), 30, text(func(i workflow.Invitation) string { return i.Source }))
	x.add("message", Sentence(lang, "sheet.message", nil), 30, text(func(i workflow.Invitation) string { return i.Message }))
}

func addProgress(x *Export[workflow.InvitationView], w ExportWords) {
	lang := w.Language
	x.add("pole", Sentence(lang, "sheet.pole", nil), 24, func(v workflow.InvitationView) sheet.Cell {
		return sheet.Coded(w.Poles[v.PoleSlug], v.PoleSlug)
	})
	x.add("campaign", Sentence(lang, "sheet.campaign", nil), 28, func(v workflow.InvitationView) sheet.Cell {
		if v.Campaign == "" {
			return sheet.Cell{}
		}
		return sheet.Coded(w.Campaigns[v.PoleSlug+"/"+v.Campaign], v.Campaign)
	})
	x.add("state", Sentence(lang, "sheet.state", nil), 24, func(v workflow.InvitationView) sheet.Cell {
		return sheet.Coded(Sentence(lang, "state."+string(v.State), nil), string(v.State))
	})
	x.add("meeting", Sentence(lang, "sheet.meeting", nil), 14, func(v workflow.InvitationView) sheet.Cell { return sheet.Day(v.MeetingOn) })
	x.add("refusal", Sentence(lang, "sheet.refusal", nil), 30, func(v workflow.InvitationView) sheet.Cell {
		if v.Refusal.Reason == "" {
			return sheet.Cell{}
		}
		return sheet.Coded(Sentence(lang, "refusal."+string(v.Refusal.Reason), nil), string(v.Refusal.Reason))
	})
	x.add("reminders", Sentence(lang, "sheet.reminders", nil), 10, func(v workflow.InvitationView) sheet.Cell {
		return sheet.Text(strconv.Itoa(v.Reminders))
	})
	x.add("number", Sentence(lang, "sheet.number", nil), 22, func(v workflow.InvitationView) sheet.Cell { return sheet.Text(v.Number) })
	x.add("id", Sentence(lang, "sheet.id", nil), 28, func(v workflow.InvitationView) sheet.Cell { return sheet.Text(v.ID) })
}

func addMoments(x *Export[workflow.InvitationView], w ExportWords) {
	lang := w.Language
	moment := func(of func(workflow.InvitationView) time.Time) func(workflow.InvitationView) sheet.Cell {
		return func(v workflow.InvitationView) sheet.Cell { return local(of(v)) }
	}
	x.add("created_at", Sentence(lang, "sheet.created", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.CreatedAt }))
	x.add("sent_at", Sentence(lang, "sheet.sent", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.SentAt }))
	x.add("consulted_at", Sentence(lang, "sheet.consulted", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.ConsultedAt }))
	x.add("active_at", Sentence(lang, "sheet.active", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.ActiveAt }))
	x.add("reminded_at", Sentence(lang, "sheet.reminded", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.RemindedAt }))
	x.add("remind_at", Sentence(lang, "sheet.remind", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.NextReminder(w.Made) }))
	x.add("expires_at", Sentence(lang, "sheet.expires", nil), 18, moment(func(v workflow.InvitationView) time.Time { return v.ExpiresAt }))
}

// local is a moment by the clocks of Québec.
func local(t time.Time) sheet.Cell {
	if t.IsZero() {
		return sheet.Cell{}
	}
	return sheet.Moment(t.In(workflow.Zone))
}
