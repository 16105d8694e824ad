package workflow

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"slices"
	"strconv"
	"time"

	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// registerText writes the whole public register, the same bytes for the same
// register and moment: one line of canonical JSON for each commitment, by slug
// and then by the bytes of the line, within an object whose other members are of
// the whole.
func (s *Service) registerText(ctx context.Context, now time.Time) (text []byte, lines int, err error) {
	type line struct{ slug, text string }
	var all []line
	err = s.Store.EachCommitment(ctx, RegisterFilter{}, now, func(c Commitment) error {
		c, _, err := s.publicly(ctx, c)
		all = append(all, line{c.Slug, journal.Canonical(c.Line())})
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	slices.SortFunc(all, func(a, b line) int { return cmp.Or(cmp.Compare(a.slug, b.slug), cmp.Compare(a.text, b.text)) })
	var out bytes.Buffer
	out.WriteString(`{"attribution":` + journal.Canonical(territory.Attribution) + `,"date":"` + CivilDate(now) +
		`","licence":"` + DataLicence + `","licence_url":"` + DataLicenceURL + `","signatories":[`)
	for i, l := range all {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n" + l.text)
	}
	out.WriteString("\n" + `],"taken_at":"` + now.UTC().Format(time.RFC3339) + `","total":` + strconv.Itoa(len(all)) + "}\n")
	return out.Bytes(), len(all), nil
}

// compressed writes gzip without a time or a name, the same for the same text.
func compressed(text []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
