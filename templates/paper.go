package templates

import "jachete/workflow"

// CommitmentTitle words a commitment by its date. On paper it says so, and no
// more of the date than is known.
func (f *Frame) CommitmentTitle(c workflow.Commitment) string {
	switch {
	case c.Mode != workflow.ModePaper:
		return f.T("organisation.commitment", "Date", f.CivilDay(c.SignedOn))
	case c.SignedOn == "":
		return f.T("paper.title-announced", "When", f.InWords(c.AnnouncedDate()))
	}
	return f.T("paper.title-signed", "When", f.InWords(c.Signed()))
}

// InWords writes a date of the paper register: « en mars 2013 ».
func (f *Frame) InWords(d workflow.PaperDate) string { return d.InWords(f.Lang) }

// Dated writes the date of a commitment for a table: « 2013-03 », « annoncée
// 2019-05-28 ».
func (f *Frame) Dated(c workflow.Commitment) string {
	switch {
	case c.Mode != workflow.ModePaper:
		return c.SignedOn
	case c.SignedOn == "":
		return f.T("paper.announced-short", "Date", c.AnnouncedDate().Short(f.Lang))
	}
	return c.Signed().Short(f.Lang)
}

// DateForMachines is the same for programs, empty where HTML has no word for
// it: before a date is no date.
func (f *Frame) DateForMachines(c workflow.Commitment) string {
	if c.Mode != workflow.ModePaper {
		return c.SignedOn
	}
	d := c.Signed()
	if d.IsZero() {
		d = c.AnnouncedDate()
	}
	if d.Before {
		return ""
	}
	return d.ISO()
}
