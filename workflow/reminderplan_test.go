package workflow

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// local is a moment in Québec.
func local(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

func TestNextReminder(t *testing.T) {
	plan := ReminderPlan{AfterDays: []int{10, 25}, BeforeDays: []int{7}, Hour: 9}
	const sent, term = "2026-11-02 14:00", "2027-01-01 14:00" // a Monday, a Friday
	for name, c := range map[string]struct {
		plan  ReminderPlan
		facts ReminderFacts // Sent and Term as above unless given
		sent  string
		term  string
		last  string
		after string
		want  string
	}{
		"days after sending":         {plan: plan, after: sent, want: "2026-11-12 09:00"},
		"the next one":               {plan: plan, after: "2026-11-12 09:00", want: "2026-11-27 09:00"},
		"days before the term":       {plan: plan, after: "2026-11-27 09:00", want: "2026-12-25 09:00"},
		"nothing left":               {plan: plan, after: "2026-12-25 09:00"},
		"Saturday waits for Monday":  {plan: ReminderPlan{AfterDays: []int{5}, Hour: 9}, after: sent, want: "2026-11-09 09:00"},
		"Sunday waits for Monday":    {plan: ReminderPlan{AfterDays: []int{6}, Hour: 9}, after: sent, want: "2026-11-09 09:00"},
		"the hour survives autumn":   {plan: ReminderPlan{AfterDays: []int{4}, Hour: 9}, sent: "2026-10-30 16:00", after: "2026-10-30 16:00", want: "2026-11-03 09:00"},
		"the hour survives spring":   {plan: ReminderPlan{AfterDays: []int{3}, Hour: 8}, sent: "2027-03-12 16:00", term: "2027-06-01 09:00", after: "2027-03-12 16:00", want: "2027-03-15 08:00"},
		"not past the term":          {plan: ReminderPlan{AfterDays: []int{60}, Hour: 14}, after: sent},
		"not moved past the term":    {plan: ReminderPlan{BeforeDays: []int{1}, Hour: 9}, term: "2026-11-15 08:00", after: sent},
		"not on the day of sending":  {plan: ReminderPlan{BeforeDays: []int{60}, Hour: 16}, after: sent},
		"not twice a day":            {plan: plan, last: "2026-11-12 08:59", after: "2026-11-12 08:59", want: "2026-11-27 09:00"},
		"three are enough":           {plan: plan, facts: ReminderFacts{Count: 3}, after: sent},
		"the last of three":          {plan: plan, facts: ReminderFacts{Count: 2}, after: sent, want: "2026-11-12 09:00"},
		"off":                        {plan: ReminderPlan{Off: true, AfterDays: []int{10}}, after: sent},
		"waits for the council":      {plan: plan, facts: ReminderFacts{Meeting: "2026-11-17"}, after: sent, want: "2026-11-18 09:00"},
		"council on a Friday":        {plan: plan, facts: ReminderFacts{Meeting: "2026-11-20"}, after: sent, want: "2026-11-23 09:00"},
		"the plan after the council": {plan: plan, facts: ReminderFacts{Meeting: "2026-11-17"}, last: "2026-11-18 09:00", after: "2026-11-18 09:00", want: "2026-11-27 09:00"},
		"no plan but the council":    {plan: ReminderPlan{BeforeDays: []int{50}, Hour: 9}, facts: ReminderFacts{Meeting: "2026-11-17"}, after: sent, want: "2026-11-18 09:00"},
		"council past the term":      {plan: plan, facts: ReminderFacts{Meeting: "2027-01-01"}, after: sent},
		"the day after the ceremony": {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-05 18:00")}, after: sent, want: "2026-11-06 09:00"},
		"ceremony on a Friday":       {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-06 18:00")}, after: sent, want: "2026-11-09 09:00"},
		"the plan before it":         {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-19 18:00")}, after: sent, want: "2026-11-12 09:00"},
		"the ceremony is local":      {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-05 23:30")}, after: sent, want: "2026-11-06 09:00"},
		"the council comes later":    {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-05 18:00"), Meeting: "2026-11-09"}, after: sent, want: "2026-11-10 09:00"},
		"invited after the ceremony": {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-02 13:00")}, after: sent, want: "2026-11-12 09:00"},
		"ceremony past the term":     {plan: ReminderPlan{AfterDays: []int{90}, Hour: 9}, facts: ReminderFacts{Ceremony: local(t, "2027-01-01 18:00")}, after: sent},
		"ceremony but three went":    {plan: plan, facts: ReminderFacts{Count: 3, Ceremony: local(t, "2026-11-05 18:00")}, after: sent},
		"ceremony but off":           {plan: ReminderPlan{Off: true}, facts: ReminderFacts{Ceremony: local(t, "2026-11-05 18:00")}, after: sent},
		"reminded by hand that day":  {plan: plan, facts: ReminderFacts{Ceremony: local(t, "2026-11-05 18:00")}, last: "2026-11-06 08:00", after: "2026-11-06 08:00", want: "2026-11-12 09:00"},
		"the day that was asked for": {plan: plan, facts: ReminderFacts{Snoozed: "2026-11-18"}, after: sent, want: "2026-11-18 09:00"},
		"a Sunday was asked for":     {plan: plan, facts: ReminderFacts{Snoozed: "2026-11-22"}, after: sent, want: "2026-11-23 09:00"},
		"the plan after that day":    {plan: plan, facts: ReminderFacts{Snoozed: "2026-11-18"}, last: "2026-11-18 09:00", after: "2026-11-18 09:00", want: "2026-11-27 09:00"},
		"no plan but that day":       {plan: ReminderPlan{BeforeDays: []int{50}, Hour: 9}, facts: ReminderFacts{Snoozed: "2026-11-18"}, after: sent, want: "2026-11-18 09:00"},
		"that day before a council":  {plan: plan, facts: ReminderFacts{Snoozed: "2026-11-09", Meeting: "2026-11-17"}, after: sent, want: "2026-11-18 09:00"},
		"that day after a council":   {plan: plan, facts: ReminderFacts{Snoozed: "2026-11-19", Meeting: "2026-11-09"}, after: sent, want: "2026-11-19 09:00"},
		"that day after a ceremony":  {plan: plan, facts: ReminderFacts{Snoozed: "2026-11-19", Ceremony: local(t, "2026-11-05 18:00")}, after: sent, want: "2026-11-19 09:00"},
		"that day, but off":          {plan: ReminderPlan{Off: true}, facts: ReminderFacts{Snoozed: "2026-11-18"}, after: sent},
		"that day, but three went":   {plan: plan, facts: ReminderFacts{Count: 3, Snoozed: "2026-11-18"}, after: sent},
		"that day is the term's":     {plan: plan, facts: ReminderFacts{Snoozed: "2027-01-01"}, after: sent, want: "2027-01-01 09:00"},
		"that day past the term":     {plan: plan, facts: ReminderFacts{Snoozed: "2027-01-02"}, after: sent},
		"no day was asked for":       {plan: plan, facts: ReminderFacts{Snoozed: "bientôt"}, after: sent, want: "2026-11-12 09:00"},
		"council that is no date":    {plan: plan, facts: ReminderFacts{Meeting: "mardi"}, after: sent, want: "2026-11-12 09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			f := c.facts
			f.Sent, f.Term = local(t, firstOf(c.sent, sent)), local(t, firstOf(c.term, term))
			if c.last != "" {
				f.Last = local(t, c.last)
			}
			var want time.Time
			if c.want != "" {
				want = local(t, c.want)
			}
			if got := c.plan.Next(f, local(t, c.after)); !got.Equal(want) {
				t.Errorf("next is %s, want %s", got.In(Zone), want.In(Zone))
			}
		})
	}
	if got := plan.Next(ReminderFacts{Term: local(t, term)}, local(t, sent)); !got.IsZero() {
		t.Errorf("an invitation that was not sent is reminded at %s", got)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Whatever the plan, the term and the council: never on a weekend, never past
// the term, never more than three, always later than the one before, at the
// plan's hour.
func TestRemindersKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(1, 120), 0, 8)
		plan := ReminderPlan{AfterDays: days.Draw(t, "after"), BeforeDays: days.Draw(t, "before"), Hour: rapid.IntRange(0, 23).Draw(t, "hour")}
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		f := ReminderFacts{Sent: start.Add(time.Duration(rapid.IntRange(0, 500*24*60).Draw(t, "sent")) * time.Minute)}
		f.Term = f.Sent.Add(time.Duration(rapid.IntRange(1, 200*24*60).Draw(t, "life")) * time.Minute)
		if rapid.Bool().Draw(t, "council") {
			f.Meeting = CivilDate(f.Sent.AddDate(0, 0, rapid.IntRange(-5, 90).Draw(t, "meeting")))
		}
		if rapid.Bool().Draw(t, "campaign") {
			f.Ceremony = f.Sent.Add(time.Duration(rapid.IntRange(-5*24*60, 90*24*60).Draw(t, "ceremony")) * time.Minute)
		}
		if rapid.Bool().Draw(t, "snoozed") {
			f.Snoozed = CivilDate(f.Sent.AddDate(0, 0, rapid.IntRange(-5, 90).Draw(t, "day")))
		}
		before, n := f.Sent, 0
		for at := plan.Next(f, before); !at.IsZero(); at = plan.Next(f, before) {
			switch day := at.In(Zone); {
			case day.Weekday() == time.Saturday || day.Weekday() == time.Sunday:
				t.Fatalf("reminder on %s", day)
			case !at.Before(f.Term):
				t.Fatalf("reminder at %s, term %s", at, f.Term)
			case !at.After(before) || CivilDate(at) == CivilDate(before):
				t.Fatalf("reminder at %s after %s", at, before)
			case day.Hour() != plan.Hour || day.Minute() != 0:
				t.Fatalf("reminder at %s, want hour %d", day, plan.Hour)
			case CivilDate(at) < f.Snoozed:
				t.Fatalf("reminder at %s, asked for %s", day, f.Snoozed)
			case f.Meeting != "" && CivilDate(at) <= f.Meeting:
				t.Fatalf("reminder at %s, before the council of %s", day, f.Meeting)
			}
			if n++; n > MaxReminders {
				t.Fatalf("%d reminders", n)
			}
			f.Count, f.Last, before = f.Count+1, at, at
		}
	})
}

// Whoever was invited to a ceremony, has a reminder left and has not signed is
// reminded on the working day that follows, whatever the plan, unless the term
// comes first or a reminder goes on that very day.
func TestNobodyWhoMissedTheCeremonyIsForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(1, 60), 0, 3)
		plan := ReminderPlan{AfterDays: days.Draw(t, "after"), BeforeDays: days.Draw(t, "before"), Hour: rapid.IntRange(0, 23).Draw(t, "hour")}
		sent := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 500*24*60).Draw(t, "sent")) * time.Minute)
		f := ReminderFacts{Sent: sent, Term: sent.AddDate(0, 0, 90)}
		f.Ceremony = sent.Add(time.Duration(rapid.IntRange(1, 100*24*60).Draw(t, "ceremony")) * time.Minute)
		due := plan.workingDay(f.Ceremony, 1)
		reminded := map[string]bool{}
		at := plan.Next(f, sent)
		for ; !at.IsZero() && f.Count < MaxReminders; at = plan.Next(f, at) {
			reminded[CivilDate(at)] = true
			f.Count, f.Last = f.Count+1, at
		}
		switch day := CivilDate(due); {
		case !due.Before(f.Term), reminded[day]:
		case f.Count < MaxReminders:
			t.Fatalf("%d reminders, none on %s after the ceremony", f.Count, day)
		case day < CivilDate(f.Last):
			t.Fatalf("passed over %s, then reminded on %s", day, f.Last)
		}
	})
}

func TestDatesOfAPlan(t *testing.T) {
	dates := DefaultPlan.Dates(local(t, "2026-11-02 14:00"), local(t, "2027-01-01 14:00"))
	want := []time.Time{local(t, "2026-11-12 09:00"), local(t, "2026-11-27 09:00"), local(t, "2026-12-25 09:00")}
	if !slices.EqualFunc(dates, want, time.Time.Equal) {
		t.Errorf("dates %v, want %v", dates, want)
	}
	if dates := (ReminderPlan{Off: true}).Dates(local(t, "2026-11-02 14:00"), local(t, "2027-01-01 14:00")); dates != nil {
		t.Errorf("a plan that is off gives %v", dates)
	}
}

func TestLateRemindersWaitForDaylight(t *testing.T) {
	plan, f := ReminderPlan{AfterDays: []int{10}, Hour: 9}, ReminderFacts{Sent: local(t, "2026-11-02 14:00"), Term: local(t, "2027-01-01 14:00")}
	for name, c := range map[string]struct{ due, now, want string }{
		"in time":            {"2026-11-12 09:00", "2026-11-12 09:00", "2026-11-12 09:00"},
		"a little late":      {"2026-11-12 09:00", "2026-11-12 15:00", "2026-11-12 15:00"},
		"in the evening":     {"2026-11-12 09:00", "2026-11-12 15:01", "2026-11-13 09:00"},
		"in the small hours": {"2026-11-12 09:00", "2026-11-13 02:00", "2026-11-13 09:00"},
		"on a weekend":       {"2026-11-13 23:00", "2026-11-14 01:00", "2026-11-16 09:00"},
		"at the very end":    {"2026-12-31 09:00", "2026-12-31 23:00", "2027-01-01 09:00"},
		"too late":           {"2026-12-31 09:00", "2027-01-01 10:00", ""},
	} {
		var want time.Time
		if c.want != "" {
			want = local(t, c.want)
		}
		if got := plan.hold(f, local(t, c.due), local(t, c.now)); !got.Equal(want) {
			t.Errorf("%s: goes at %s, want %s", name, got.In(Zone), want.In(Zone))
		}
	}
	f.Meeting = "2026-11-17"
	if got, want := plan.hold(f, local(t, "2026-11-12 09:00"), local(t, "2026-11-12 09:00")), local(t, "2026-11-18 09:00"); !got.Equal(want) {
		t.Errorf("before the council it goes at %s", got.In(Zone))
	}
}

func TestReminderForms(t *testing.T) {
	good := ReminderForm{Choice: RemindByPlan, After: "25, 10", Before: "7", Hour: "9"}
	plan, err := good.Plan()
	if err != nil || !slices.Equal(plan.AfterDays, []int{10, 25}) || !slices.Equal(plan.BeforeDays, []int{7}) || plan.Hour != 9 || plan.Off {
		t.Errorf("%+v, %v", plan, err)
	}
	if again, err := plan.Form().Plan(); err != nil || again.Form() != plan.Form() {
		t.Errorf("written and read again: %+v, %v", again, err)
	}
	for name, c := range map[string]struct {
		change func(*ReminderForm)
		field  string
		key    string
	}{
		"no choice":     {func(f *ReminderForm) { f.Choice = "" }, "plan", "plan.choose"},
		"words":         {func(f *ReminderForm) { f.After = "dix" }, "after", "plan.days"},
		"minus":         {func(f *ReminderForm) { f.Before = "-7" }, "before", "plan.days"},
		"day itself":    {func(f *ReminderForm) { f.After = "0" }, "after", "plan.days"},
		"more than":     {func(f *ReminderForm) { f.Before = "366" }, "before", "plan.days"},
		"four":          {func(f *ReminderForm) { f.After = "5 10\u00a025;" }, "after", "plan.many"},
		"none":          {func(f *ReminderForm) { f.After, f.Before = "", " " }, "after", "plan.empty"},
		"hour of night": {func(f *ReminderForm) { f.Hour = "24" }, "remindhour", "plan.hour"},
		"no hour":       {func(f *ReminderForm) { f.Hour = "" }, "remindhour", "plan.hour"},
	} {
		f := good
		c.change(&f)
		_, err := f.Plan()
		e, ok := err.(*Error)
		if !ok || e.Kind != Invalid || !slices.ContainsFunc(e.Fields, func(p FieldError) bool { return p.Field == c.field && p.Key == c.key }) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for choice, want := range map[ReminderChoice]ReminderPlan{RemindNever: {Off: true}, RemindAsPole: {}} {
		f := good
		f.Choice, f.After = choice, "dix"
		if p, err := f.Plan(); err != nil || p.Off != want.Off || p.AfterDays != nil || p.Form().Choice != choice {
			t.Errorf("%s: %+v, %v", choice, p, err)
		}
	}
}

// 2026-03-08 has no second hour: clocks go from 02:00 to 03:00.
func TestTheMondayAfterTheClocksChange(t *testing.T) {
	plan := ReminderPlan{AfterDays: []int{10}, Hour: 2}
	dates := plan.Dates(local(t, "2026-02-26 14:00"), local(t, "2026-04-01 14:00"))
	if want := local(t, "2026-03-09 02:00"); len(dates) != 1 || !dates[0].Equal(want) {
		t.Errorf("dates %v, want %v", dates, want)
	}
}
