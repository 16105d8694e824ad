package workflow

import (
	"context"
	"slices"
	"strings"
)

// PageSize is how many lines a page of the register shows.
const PageSize = 25

// maxPageSize bounds what a program may ask for at once.
const maxPageSize = 500

// Register searches the public register by organisation, region, kind and
// date, never by person. Every word of the query must occur in the name;
// accents, apostrophes and hyphens are forgiven. A query of signs alone finds
// nothing.
func (s *Service) Register(ctx context.Context, f RegisterFilter) (RegisterPage, error) {
	asked := f.Query
	if f.Query = Fold(clip(asked)); f.Query == "" && strings.TrimSpace(asked) != "" {
		return RegisterPage{}, nil
	}
	if f.Limit <= 0 || f.Limit > maxPageSize {
		f.Limit = PageSize
	}
	f.Offset = max(f.Offset, 0)
	page, err := s.Store.Register(ctx, f, s.now())
	return s.allPublicly(ctx, page, err)
}

// RegisterCounts gives the headline figures.
func (s *Service) RegisterCounts(ctx context.Context) (RegisterCounts, error) {
	return s.Store.RegisterCounts(ctx, RegisterFilter{}, s.now())
}

// OrganisationCommitments gives the commitments of one organisation of the
// register, latest first. NotFound when it has none that is public.
func (s *Service) OrganisationCommitments(ctx context.Context, slug string) ([]Commitment, error) {
	if !slugShape.MatchString(slug) {
		return nil, refuse(NotFound, "register.not-found")
	}
	page, err := s.Store.Register(ctx, RegisterFilter{Slug: slug, Limit: maxPageSize}, s.now())
	page, err = s.allPublicly(ctx, page, err)
	if err != nil {
		return nil, err
	}
	if len(page.Commitments) == 0 {
		return nil, refuse(NotFound, "register.not-found")
	}
	slices.SortFunc(page.Commitments, func(a, b Commitment) int { return b.PublishedAt.Compare(a.PublishedAt) })
	return page.Commitments, nil
}

// Declaration gives a version of the movement's declaration; the one in force
// when version is empty.
func (s *Service) Declaration(ctx context.Context, version string) (Declaration, error) {
	if version == "" {
		return s.Store.CurrentDeclaration(ctx, DeclarationID, "", s.now())
	}
	return s.Store.Declaration(ctx, DeclarationID, version)
}

// ShowcaseEdition moves with anything that public pages are made of, but not
// with the time: a page made at one edition is good while it lasts, as long as
// no embargo ends and no commitment lapses.
func (s *Service) ShowcaseEdition(ctx context.Context) (int64, error) {
	return s.Store.ShowcaseEdition(ctx)
}
