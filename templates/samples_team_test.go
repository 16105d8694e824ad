package templates

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/journal"
)

// sampleViews is one invitation in every state, each with another delivery.
func sampleViews(text string) (list []workflow.InvitationView) {
	mails := []workflow.DeliveryState{workflow.DeliveryWaiting, workflow.DeliverySending, workflow.DeliverySent,
		workflow.DeliveryFailed, workflow.DeliveryGaveUp, workflow.DeliveryCancelled}
	for i, state := range workflow.States {
		v := workflow.InvitationView{Organisation: workflow.Organisation{Name: text, Kind: workflow.KindMRC}, Pole: samplePole}
		v.ID, v.State, v.ExpiresAt, v.CreatedAt, v.Contact.Name = "ABC", state, sampleTime, sampleTime, text
		v.Contact.Email, v.Contact.Function, v.Source, v.Message = "camille@example.org", text, text, text
		v.Language, v.DeclarationVersion = workflow.French, "1.0"
		v.LastDelivery = workflow.Delivery{ID: "D", Kind: workflow.DeliveryInvitation, State: mails[i%len(mails)], Attempts: i, RunAt: sampleTime,
			Answer: text, Recipient: "camille@example.org", FinishedAt: sampleTime}
		list = append(list, v)
	}
	return list
}

func teamSamples() []Page {
	team := TeamFrame{Frame: Frame{Signed: long}, Here: "dashboard", Writer: true, Several: true}
	views, filters := sampleViews(long), TeamFilters{Query: long, States: []Option{{"sent", "Envoyée", true}},
		Poles: []Option{{"longueuil", long, false}}, Chips: []Chip{{"État", long, "/equipe/invitations?q=a"}}}
	refused := Frame{Problems: []Problem{{"email", long}, {"code", long}, {"organisation", long}, {"municipality", long}, {"message", long},
		{"kind", long}, {"pole", long}, {"lang", long}, {"expires", long}, {"address", long}, {"file", long},
		{"name", long}, {"function", long}, {"civility", long}, {"campaign", long}, {"note", long}, {"q", long}, {"du", long}, {"au", long}}}
	pages := []Page{
		&SignIn{}, &SignIn{Frame: only(refused, "email"), Email: long}, &SignInCode{}, &SignInCode{Frame: only(refused, "code"), Email: long, Code: long},
		&SecondFactor{}, &SecondFactor{Frame: only(refused, "code"), Key: []string{"ABCD", "EFGH"}, QR: "M4 4h1v1h-1z", QRSize: 9},
	}
	return slices.Concat(pages, dashboardSamples(team, views, filters), inviteSamples(team, refused), listSamples(team, views, filters), campaignSamples(team, views),
		invitationSamples(team, views, refused), batchSamples(team, refused), reminderSamples(team), declarationSamples(team), memberSamples(team),
		paperSamples(team, refused), answeredSamples(team), entrySamples(team, refused), supplierSamples(team), requestSamples(team))
}

// only keeps the problems of the fields a page has.
func only(f Frame, fields ...string) Frame {
	f.Problems = slices.DeleteFunc(slices.Clone(f.Problems), func(p Problem) bool { return !slices.Contains(fields, p.Field) })
	return f
}

// computed are the types of events that the use cases put together, by the
// expression that does.
var computed = map[string][]string{
	"kind":                         {"code.sent", "code.refused"},
	"what":                         {"draft.started", "draft.saved", "draft.planned", "draft.withdrawn", "draft.dropped"},
	`"invitation."+string(action)`: {"invitation.resend", "invitation.revoke", "invitation.correct", "invitation.extend", "invitation.annotate", "invitation.assign", "invitation.countersign"},
	`"delivery."+string(d.State)`:  {"delivery.waiting", "delivery.sent", "delivery.failed", "delivery.gave-up"},
	"journal.SealedType":           {journal.SealedType},
	"seen":                         {"evidence.made", "evidence.viewed", "certificate.downloaded", "certificate.printed", "privacy.exported"},
}

// eventTypes gives every type of event that the use cases record.
func eventTypes(t *testing.T) (types []string) {
	t.Helper()
	calls := regexp.MustCompile(`s\.event\(([^,]+),`).FindAllStringSubmatch(sources(t, "../workflow/*.go"), -1)
	for _, call := range calls {
		name, literal := strings.CutPrefix(call[1], `"`)
		if name, closed := strings.CutSuffix(name, `"`); literal && closed {
			types = append(types, name)
		} else if known, ok := computed[call[1]]; ok {
			types = append(types, known...)
		} else {
			t.Errorf("s.event(%s, …): say which types these can be, and word them", call[1])
		}
	}
	types = append(types, matches(sources(t, "../workflow/*.go"), `\be\.Type = "([a-z.-]+)"`)...)
	slices.Sort(types)
	return slices.Compact(types)
}

// teamFamilies are the families of keys of the staff's pages.
func teamFamilies(t *testing.T) map[string][]string {
	var states, roles []string
	for _, s := range workflow.States {
		states = append(states, string(s))
	}
	for _, r := range []workflow.Role{workflow.RoleAdmin, workflow.RoleAgent, workflow.RoleReader} {
		roles = append(roles, string(r))
	}
	domain := sources(t, "../workflow/*.go")
	reasons := matches(domain, `Attention\w+\s+Attention = "([a-z]+)"`)
	return map[string][]string{
		"declarations.done-": {"published", "dropped"},
		"members.done-":      {"invited", "saved", "closed", "opened", "reset"},
		"profile.done-":      {"ended", "others-ended", "set-up", "replaced"},
		"pole.done-":         {"saved", "logo", "logo-dropped"},
		"barrier.":           matches(domain, `Barrier\w+\s+RenewalBarrier = "([a-z-]+)"`),
		"state.":             states, "state-help.": states, "staff-role.": roles, "staff-role-help.": roles,
		"delivery-state.":  matches(domain, `Delivery\w+\s+DeliveryState = "([a-z-]+)"`),
		"mail.":            matches(domain, `Delivery\w+\s+DeliveryKind = "([a-z-]+)"`),
		"actor.":           append([]string{"you"}, matches(domain, `Actor\w+\s+ActorKind = "([a-z]+)"`)...),
		"language.":        {"fr", "en"},
		"event.":           eventTypes(t),
		"invitation.done-": {"created", "resent", "revoked", "corrected", "extended", "annotated", "assigned", "reminded", "stopped", "resumed", "countersign", "asked-again", "reinvited"},
		"campaign.done-":   {"created", "changed"},
		"reminders.none-":  noReminder, "plan.choice-": matches(domain, `\w+\s+ReminderChoice = "([a-z]+)"`),
		"suppression.reason-": matches(domain, `\w+\s+SuppressionReason = "([a-z]+)"`), "cause.": matches(domain, `Cause\w+\s+BounceCause = "([a-z]+)"`),
		"weekday.":      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
		"civility.":     append([]string{"none"}, matches(domain, `Civility = "([a-z]+)"`)...),
		"attention.do-": reasons, "attention.n-": reasons, "attention.help-": reasons, "attention.why-": reasons,
		"attention.filter-": {"ending", "meeting", "silent"},
		"coverage.":         {"none", "one", "some", "all", "sole", "sole-none", "city", "city-many", "municipality", "municipality-many", "agglomeration", "territory"},
		"coverage.tile-":    {"signed", "invited", "none"}, "coverage.standing-": {"signed", "invited", "none"},
		"progress.":  {"invitations", "signatures"},
		"list.sort-": {"nom", "echeance", "activite"},
	}
}

func TestEveryEventHasAWordInBothLanguages(t *testing.T) {
	types := eventTypes(t)
	for _, kind := range []string{"invitation.created", "delivery.gave-up", "delivery.bounced", "signed", "code.refused", "second-factor.passed", journal.SealedType} {
		if !slices.Contains(types, kind) {
			t.Errorf("the scan does not see %s", kind)
		}
	}
	for _, lang := range []workflow.Language{workflow.French, workflow.English} {
		f := TeamFrame{Frame: Frame{Lang: lang}}
		for _, kind := range types {
			if words := f.Event(kind); words == "event."+kind {
				t.Errorf("%s: %s has no word", lang, kind)
			}
		}
	}
}

// No state is told by colour alone: whatever looks alike is said apart.
func TestStatesAreToldByWords(t *testing.T) {
	f := TeamFrame{Frame: Frame{Lang: workflow.French}}
	words := map[string]bool{}
	for _, s := range workflow.States {
		words[f.StateMark(s).Words] = true
	}
	if len(words) != len(workflow.States) {
		t.Errorf("%d words for %d states: %v", len(words), len(workflow.States), slices.Collect(maps.Keys(words)))
	}
	for state := range deliveryShapes {
		if w := f.DeliveryMark(workflow.Delivery{State: state}).Words; strings.Contains(strings.ToLower(w), "reçu") {
			t.Errorf("%s is said %q", state, w)
		}
	}
	again := f.DeliveryMark(workflow.Delivery{State: workflow.DeliveryWaiting, Attempts: 1, RunAt: sampleTime}).Words
	if !strings.Contains(again, f.Clock(sampleTime)) {
		t.Errorf("the next try is not told: %q", again)
	}
}
