package templates

import "jachete/workflow"

// CoverageWords tells how much of a territory has signed: « 4 des 5 villes de
// l’agglomération ont signé ».
func (f *Frame) CoverageWords(c workflow.Coverage) string {
	noun, where := "municipality", "coverage.territory"
	if c.Cities {
		noun = "city"
	}
	if c.Agglomeration {
		where = "coverage.agglomeration"
	}
	key := "coverage.some"
	switch {
	case c.Total == 1 && c.Signed == 1:
		key = "coverage.sole"
	case c.Total == 1:
		key = "coverage.sole-none"
	case c.Signed == 0:
		key = "coverage.none"
	case c.Signed == c.Total:
		key = "coverage.all"
	case c.Signed == 1:
		key = "coverage.one"
	}
	return f.T(key, "Signed", f.Count(c.Signed), "Total", f.Count(c.Total), "One", f.T("coverage."+noun),
		"Many", f.T("coverage."+noun+"-many"), "Where", f.T(where))
}

// barLength is that of a full bar, in units of its drawing.
const barLength = 200

// Bar gives the length of a bar for n of most; whatever is not nothing shows.
func Bar(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return max(2, min(n, most)*barLength/most)
}

// ShareBar gives the length of the bar of a tally.
func (f *Frame) ShareBar(t workflow.Tally) int { return Bar(t.Signed, t.Total) }

// Localities is what the pages of a region, an MRC and a pôle share: where the
// territory stands. Blocks "coverage-public" and "years" draw it.
type Localities struct {
	Locality workflow.Locality
	Since    int                      // first year of the timeline
	Until    int                      // its last one
	Beside   workflow.SuppliersBeside // who sells there
}

// Year is a line of a timeline.
type Year struct {
	Year, Count int
	Bar         int
}

// Years counts the signatures of each year that is known, from the first of them
// on: without a gap, because a silence tells something too.
func (l *Localities) Years() (list []Year) {
	counts, most := l.Locality.Counts.ByYear, 0
	for _, n := range counts {
		most = max(most, n)
	}
	for year := l.Since; year <= l.Until; year++ {
		if n := counts[year]; n > 0 || len(list) > 0 {
			list = append(list, Year{year, n, Bar(n, most)})
		}
	}
	return list
}

// Parts lists the MRC and what lies in none, of all regions together.
func (l *Localities) Parts() (list []workflow.PartCoverage) {
	for _, r := range l.Locality.Coverage.Regions {
		list = append(list, r.Parts...)
	}
	return list
}

// Many tells that it is worth listing the parts.
func (l *Localities) Many() bool { return len(l.Parts()) > 1 }

// Found is the first page of the list.
func (l *Localities) Found() workflow.RegisterPage { return l.Locality.Found }
