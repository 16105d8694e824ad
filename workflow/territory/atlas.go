package territory

import (
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
)

//go:embed data/*.csv
var data embed.FS

// Atlas is every place, read once and shared: its methods do not change it.
type Atlas struct {
	regions        []Region
	mrcs           []MRC
	municipalities []Municipality
	regionByCode   map[string]Region
	regionBySlug   map[string]Region
	mrcByCode      map[string]MRC
	mrcBySlug      map[string]MRC
	byCode         map[string]Municipality
	names          map[string]int // how many municipalities bear a name, and a name in an MRC
}

// Hub is a line of the embedded list of pôles.
type Hub struct {
	Slug, Name, Short string
	Territory         Set
	InMovement        string // "founding", "joined" or empty
	NameConfirmed     bool
}

// Load reads the embedded tables. It fails when a table contradicts itself: a
// code twice, a municipality in an unknown MRC or region.
func Load() (*Atlas, error) {
	a := &Atlas{
		regionByCode: map[string]Region{}, regionBySlug: map[string]Region{},
		mrcByCode: map[string]MRC{}, mrcBySlug: map[string]MRC{}, byCode: map[string]Municipality{}, names: map[string]int{},
	}
	for _, read := range []func() error{a.readRegions, a.readMRCs, a.readMunicipalities} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("territory: %w", err)
		}
	}
	return a, nil
}

func (a *Atlas) readRegions() error {
	return rows("regions.csv", func(r []string) error {
		region := Region{Code: r[0], Slug: r[1], Name: r[2], Short: r[3]}
		if _, err := fmt.Sscan(r[4]+" "+r[5], &region.Column, &region.Row); err != nil {
			return fmt.Errorf("region %s: its tile: %w", region.Code, err)
		}
		a.regions = append(a.regions, region)
		a.regionBySlug[region.Slug] = region
		return put(a.regionByCode, region.Code, region)
	})
}

func (a *Atlas) readMRCs() error {
	return rows("mrc.csv", func(r []string) error {
		m := MRC{Code: r[0], Name: r[1], RegionCode: r[2], Slug: r[4]}
		if _, ok := a.regionByCode[m.RegionCode]; !ok {
			return fmt.Errorf("MRC %s is in unknown region %q", m.Code, m.RegionCode)
		}
		a.mrcs = append(a.mrcs, m)
		if err := put(a.mrcBySlug, m.Slug, m); err != nil {
			return err
		}
		return put(a.mrcByCode, m.Code, m)
	})
}

func (a *Atlas) readMunicipalities() error {
	return rows("municipalities.csv", func(r []string) error {
		m := Municipality{Code: r[0], Name: r[1], Designation: r[2], RegionCode: r[3], MRCCode: r[5], Division: r[8]}
		m.Population, _ = strconv.Atoi(r[9]) // unknown for a few territories
		if _, ok := a.regionByCode[m.RegionCode]; !ok {
			return fmt.Errorf("municipality %s is in unknown region %q", m.Code, m.RegionCode)
		}
		if _, ok := a.mrcByCode[m.MRCCode]; m.MRCCode != "" && !ok {
			return fmt.Errorf("municipality %s is in unknown MRC %q", m.Code, m.MRCCode)
		}
		a.municipalities = append(a.municipalities, m)
		a.names[m.Name]++
		a.names[m.Name+"\x00"+m.MRCCode]++
		return put(a.byCode, m.Code, m)
	})
}

// Hubs reads the embedded list of known pôles.
func Hubs() ([]Hub, error) {
	var hubs []Hub
	err := rows("poles.csv", func(r []string) error {
		set, err := ParseSet(r[3])
		hubs = append(hubs, Hub{Slug: r[0], Name: r[1], Short: r[2], Territory: set,
			InMovement: r[4], NameConfirmed: r[5] == "confirmed"})
		return err
	})
	return hubs, err
}

func put[T any](m map[string]T, code string, v T) error {
	if _, twice := m[code]; twice {
		return fmt.Errorf("code %s occurs twice", code)
	}
	m[code] = v
	return nil
}

func rows(name string, each func([]string) error) error {
	f, err := data.Open("data/" + name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	if _, err := r.Read(); err != nil { // header
		return fmt.Errorf("%s: %w", name, err)
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = each(row)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// Regions lists the regions by code.
func (a *Atlas) Regions() []Region { return slices.Clone(a.regions) }

// Region finds a region by its code.
func (a *Atlas) Region(code string) (Region, bool) { r, ok := a.regionByCode[code]; return r, ok }

// RegionBySlug finds a region by the last part of its address.
func (a *Atlas) RegionBySlug(slug string) (Region, bool) { r, ok := a.regionBySlug[slug]; return r, ok }

// MRC finds an MRC by its code.
func (a *Atlas) MRC(code string) (MRC, bool) { m, ok := a.mrcByCode[code]; return m, ok }

// MRCBySlug finds an MRC by the last part of its address.
func (a *Atlas) MRCBySlug(slug string) (MRC, bool) { m, ok := a.mrcBySlug[slug]; return m, ok }

// MRCs lists the MRC by name.
func (a *Atlas) MRCs() []MRC {
	return slices.SortedFunc(slices.Values(a.mrcs), func(x, y MRC) int { return cmp.Compare(x.Name, y.Name) })
}

// Municipality finds a municipality by its code.
func (a *Atlas) Municipality(code string) (Municipality, bool) { m, ok := a.byCode[code]; return m, ok }

// Municipalities lists what the set covers, by name; the zero Set lists all.
func (a *Atlas) Municipalities(within Set) []Municipality {
	var list []Municipality
	for _, m := range a.municipalities {
		if within.IsZero() || within.Covers(m.Place()) {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(x, y Municipality) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Code, y.Code))
	})
	return list
}

// Count tells how many municipalities the set covers.
func (a *Atlas) Count(within Set) (n int) {
	for _, m := range a.municipalities {
		if within.Covers(m.Place()) {
			n++
		}
	}
	return n
}

// Place says where the municipality is.
func (m Municipality) Place() Place {
	return Place{RegionCode: m.RegionCode, MRCCode: m.MRCCode, MunicipalityCode: m.Code}
}

// Resolve completes a place from its most precise code, and refuses one whose
// codes are unknown or contradict each other.
func (a *Atlas) Resolve(p Place) (Place, error) {
	full := p
	if p.MunicipalityCode != "" {
		m, ok := a.byCode[p.MunicipalityCode]
		if !ok {
			return Place{}, fmt.Errorf("unknown municipality %q", p.MunicipalityCode)
		}
		full = m.Place()
	} else if p.MRCCode != "" {
		m, ok := a.mrcByCode[p.MRCCode]
		if !ok {
			return Place{}, fmt.Errorf("unknown MRC %q", p.MRCCode)
		}
		full.RegionCode = m.RegionCode
	} else if _, ok := a.regionByCode[p.RegionCode]; p.RegionCode != "" && !ok {
		return Place{}, fmt.Errorf("unknown region %q", p.RegionCode)
	}
	if contradicts(p.RegionCode, full.RegionCode) || contradicts(p.MRCCode, full.MRCCode) {
		return Place{}, fmt.Errorf("codes %q, %q and %q contradict each other", p.RegionCode, p.MRCCode, p.MunicipalityCode)
	}
	return full, nil
}

func contradicts(given, found string) bool { return given != "" && given != found }

// Check refuses a set with a code that does not exist.
func (a *Atlas) Check(s Set) error {
	for _, code := range s.Regions {
		if _, ok := a.regionByCode[code]; !ok {
			return fmt.Errorf("unknown region %q", code)
		}
	}
	for _, code := range s.MRCs {
		if _, ok := a.mrcByCode[code]; !ok {
			return fmt.Errorf("unknown MRC %q", code)
		}
	}
	for _, code := range s.Municipalities {
		if _, ok := a.byCode[code]; !ok {
			return fmt.Errorf("unknown municipality %q", code)
		}
	}
	return nil
}
