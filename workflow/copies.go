package workflow

import (
	"bytes"
	"context"
	"slices"
)

// maxCopies bounds the declarations printed at once: each is a page drawn anew.
const maxCopies = 200

// certified are the commitments with a certificate to print, of one day or,
// for an empty day, of all; in the order they came.
func certified(list []Commitment, day string) (some []Commitment) {
	for _, c := range list {
		if c.Mode == ModeElectronic && c.holds() && (day == "" || c.SignedOn == day) {
			some = append(some, c)
		}
	}
	return some
}

// CampaignCopies gives one file with a copy to print of each declaration that
// was signed in a campaign, on a day or, for an empty day, on any, by name of
// organisation. NotFound when it is unknown or in another pôle, and (key
// "copies.none") when nobody signed then; Conflict (key "copies.many") above
// maxCopies.
func (s *Service) CampaignCopies(ctx context.Context, a Actor, pole, slug, day string) ([]byte, error) {
	if _, err := s.permittedCampaign(ctx, s.Store, a, PermitRead, pole, slug); err != nil {
		return nil, err
	}
	list, err := s.Store.CampaignCommitments(ctx, pole, slug)
	if err != nil {
		return nil, err
	}
	switch list = certified(list, day); {
	case len(list) == 0:
		return nil, refuse(NotFound, "copies.none")
	case len(list) > maxCopies:
		return nil, refuse(Conflict, "copies.many")
	}
	contents, err := s.contentsOf(ctx, list)
	if err != nil {
		return nil, err
	}
	if err := s.noteLooks(ctx, a, pole, lookCopy, numbersOf(list)...); err != nil {
		return nil, err
	}
	return s.Sealer.Copies(ctx, contents, s.now())
}

func numbersOf(list []Commitment) (numbers []string) {
	for _, c := range list {
		numbers = append(numbers, c.Number)
	}
	return numbers
}

// contentsOf reads what the certificates say, without their files.
func (s *Service) contentsOf(ctx context.Context, list []Commitment) ([]CertificateContent, error) {
	slices.SortStableFunc(list, func(a, b Commitment) int {
		return bytes.Compare(CollationKey(a.Organisation.Name), CollationKey(b.Organisation.Name))
	})
	contents := make([]CertificateContent, len(list))
	for i, c := range list {
		records, err := s.Store.CertificateRecords(ctx, c.Number)
		if err != nil {
			return nil, err
		}
		contents[i] = records[0].Content
	}
	return contents, nil
}
