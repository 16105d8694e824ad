package workflow_test

import (
	"slices"
	"testing"
	"time"

	"jachete/workflow"
)

func paperDate(t *testing.T, text string) workflow.PaperDate {
	t.Helper()
	d, problem := workflow.ParsePaperDate(text)
	if problem != nil {
		t.Fatalf("%q: %s", text, problem.Key)
	}
	return d
}

func TestPaperDatesAreReadAndWorded(t *testing.T) {
	for _, c := range []struct{ typed, kept, french, english string }{
		{"2013", "2013", "en 2013", "in 2013"},
		{"2013-03", "2013-03", "en mars\u00a02013", "in March\u00a02013"},
		{" 2018-02-20 ", "2018-02-20", "le 20\u00a0février\u00a02018", "on February 20, 2018"},
		{"2019-11-01", "2019-11-01", "le 1er\u00a0novembre\u00a02019", "on November 1, 2019"},
		{"avant 2017-02", "before 2017-02", "avant février\u00a02017", "before February\u00a02017"},
		{"Avant\u00a0 2017", "before 2017", "avant 2017", "before 2017"},
		{"before 2019-11-16", "before 2019-11-16", "avant le 16\u00a0novembre\u00a02019", "before November 16, 2019"},
		{"2016-02-29", "2016-02-29", "le 29\u00a0février\u00a02016", "on February 29, 2016"},
		{"", "", "", ""}, {" \u00a0", "", "", ""},
	} {
		d := paperDate(t, c.typed)
		if d.String() != c.kept || d.InWords(workflow.French) != c.french || d.InWords(workflow.English) != c.english {
			t.Errorf("%q: %q, %q, %q", c.typed, d.String(), d.InWords(workflow.French), d.InWords(workflow.English))
		}
		if again := paperDate(t, d.String()); again != d {
			t.Errorf("%q comes back as %v", c.typed, again)
		}
		if short := paperDate(t, d.Short(workflow.French)); short != d {
			t.Errorf("%q in a file comes back as %v", c.typed, short)
		}
	}
}

// What is not plainly a date is for a person to sort out.
func TestOtherTextsAreNoPaperDates(t *testing.T) {
	for _, text := range []string{"résolution 2017-10-24", "2023-06-15 (conseil 2023-06-14)", "2013-13", "2013-00", "2013-02-30", "2013-02-00",
		"2015-02-29", "13", "02-2013", "20 février 2018", "vers 2013", "avant", "avant avant 2013", "avant2013", "2013-3", "2013-03-1", "2013/03",
		"0203", "1899", "20133", "2013-", "après 2013", "2013 avant", "٢٠١٣"} {
		if d, problem := workflow.ParsePaperDate(text); problem == nil || problem.Key != "date.paper" || d != (workflow.PaperDate{}) {
			t.Errorf("%q is read as %v (%v)", text, d, problem)
		}
	}
}

func TestPaperDatesHaveAnOrder(t *testing.T) {
	ordered := []string{"before 2013", "2013", "2013-01", "2013-01-01", "before 2013-03", "2013-03", "2013-03-02", "before 2017-02", "2017-02", "2018", ""}
	var dates []workflow.PaperDate
	for _, text := range ordered {
		dates = append(dates, paperDate(t, text))
	}
	for i, a := range dates {
		for j, b := range dates {
			if got, want := a.Compare(b), workflow.PaperDate.Compare; (got < 0) != (i < j) || want(b, a) != -got {
				t.Errorf("%q and %q: %d", ordered[i], ordered[j], got)
			}
		}
	}
	slices.Reverse(dates)
	slices.SortFunc(dates, workflow.PaperDate.Compare)
	if dates[0].String() != "before 2013" || !dates[len(dates)-1].IsZero() {
		t.Error(dates)
	}
}

// The future begins tomorrow here, not in Greenwich.
func TestPaperDatesToCome(t *testing.T) {
	evening := time.Date(2026, 11, 22, 23, 30, 0, 0, workflow.Zone)
	for text, future := range map[string]bool{"2026": false, "2026-11": false, "2026-11-22": false, "before 2026-11-22": false,
		"2026-11-23": true, "2026-12": true, "2027": true, "before 2027": true, "": false} {
		if got := paperDate(t, text).Future(evening.UTC()); got != future {
			t.Errorf("%q: %v", text, got)
		}
	}
}
