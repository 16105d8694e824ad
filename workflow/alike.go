package workflow

import (
	"context"
	"slices"
	"strings"
)

// MaxAlike is how many organisations are proposed at most.
const MaxAlike = 5

// maxAlikeTries bounds the searches one address can cost.
const maxAlikeTries = 5

// commonWords say nothing of which organisation is meant.
var commonWords = []string{"ville", "municipalite", "paroisse", "canton", "mrc", "agglomeration", "cegep", "college", "universite", "centre", "services",
	"cooperative", "coop", "mutuelle", "societe", "des", "les", "aux", "pour", "sur", "saint", "sainte"}

// Alike finds organisations of the register that an address may have meant:
// those whose names hold all its words, then all the telling ones, then one of
// these, the longest first. Each is named once.
func (s *Service) Alike(ctx context.Context, words string) ([]Commitment, error) {
	var found []Commitment
	for _, query := range alikeQueries(Fold(clip(words))) {
		page, err := s.Register(ctx, RegisterFilter{Query: query, Limit: 2 * MaxAlike})
		if err != nil {
			return nil, err
		}
		for _, c := range page.Commitments {
			known := slices.ContainsFunc(found, func(other Commitment) bool { return other.Slug == c.Slug })
			if !known && len(found) < MaxAlike {
				found = append(found, c)
			}
		}
		if len(found) == MaxAlike {
			break
		}
	}
	return found, nil
}

// alikeQueries are the searches for folded words, the narrowest first.
func alikeQueries(folded string) []string {
	telling := slices.DeleteFunc(strings.Fields(folded), func(word string) bool { return len(word) < 3 || slices.Contains(commonWords, word) })
	if len(telling) == 0 {
		return nil
	}
	single := slices.Clone(telling)
	slices.SortStableFunc(single, func(a, b string) int { return len(b) - len(a) })
	queries := append([]string{folded, strings.Join(telling, " ")}, single...)
	return queries[:min(len(queries), maxAlikeTries)]
}
