package territory

import (
	"fmt"
	"slices"
	"strings"
)

// Set is what a pôle covers: whole regions, MRC and single municipalities. The
// zero Set covers nothing.
type Set struct {
	Regions, MRCs, Municipalities []string
}

// ParseSet reads the notation of the data files and the command line,
// "region:16 mrc:480 540 municipality:58227": codes follow the level they
// belong to.
func ParseSet(s string) (Set, error) {
	var set Set
	var level *[]string
	for _, word := range strings.Fields(s) {
		if name, rest, found := strings.Cut(word, ":"); found {
			switch name {
			case "region":
				level = &set.Regions
			case "mrc":
				level = &set.MRCs
			case "municipality":
				level = &set.Municipalities
			default:
				return Set{}, fmt.Errorf("territory %q: unknown level %q, want region, mrc or municipality", s, name)
			}
			word = rest
		}
		if level == nil {
			return Set{}, fmt.Errorf("territory %q: code %q has no level before it", s, word)
		}
		if word != "" {
			*level = append(*level, word)
		}
	}
	return set, nil
}

// String writes the set in the notation of ParseSet.
func (s Set) String() string {
	var parts []string
	add := func(level string, codes []string) {
		if len(codes) > 0 {
			parts = append(parts, level+":"+strings.Join(codes, " "))
		}
	}
	add("region", s.Regions)
	add("mrc", s.MRCs)
	add("municipality", s.Municipalities)
	return strings.Join(parts, " ")
}

// Covers tells whether the place lies in the set, at any of its levels.
func (s Set) Covers(p Place) bool {
	has := func(codes []string, code string) bool { return code != "" && slices.Contains(codes, code) }
	return has(s.Regions, p.RegionCode) || has(s.MRCs, p.MRCCode) || has(s.Municipalities, p.MunicipalityCode)
}

// IsZero tells that the set covers nothing.
func (s Set) IsZero() bool {
	return len(s.Regions)+len(s.MRCs)+len(s.Municipalities) == 0
}
