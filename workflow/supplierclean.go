package workflow

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"jachete/workflow/territory"
)

// SupplierForm is a supplier as typed.
type SupplierForm struct {
	Name        string
	Place       territory.Place
	Categories  []string // codes
	Site        string
	Description string
	Revision    int // of the record that was read, when one is changed
}

// cleanSupplier gives the supplier of a pôle that a form describes, without id
// and slug, or says all that is wrong with it. The zero Pole covers no place, and
// that is not said again.
func (s *Service) cleanSupplier(pole Pole, form SupplierForm) (Supplier, error) {
	var f fields
	var problem *FieldError
	x := Supplier{PoleSlug: pole.Slug}
	x.Name, problem = CleanName(form.Name, MaxName)
	f.check("name", problem)
	before := len(f)
	place := s.cleanWhere(form.Place, &f)
	if len(f) == before && pole.Slug != "" && !s.near(pole, place) {
		f.add("municipality", "supplier.outside")
	}
	x.MunicipalityCode, x.MRCCode, x.RegionCode = place.MunicipalityCode, place.MRCCode, place.RegionCode
	x.Categories, problem = cleanCategories(form.Categories)
	f.check("categories", problem)
	x.Site, problem = cleanSite(form.Site)
	f.check("site", problem)
	x.Description, problem = cleanDescription(form.Description)
	f.check("description", problem)
	x.Words = s.supplierWords(x)
	return x, f.err()
}

// cleanCategories puts codes in the order of the list, each once.
func cleanCategories(typed []string) ([]SupplierCategory, *FieldError) {
	for _, code := range typed {
		if !SupplierCategory(code).Known() {
			return nil, &FieldError{Key: "supplier.category-unknown", Args: map[string]string{"word": clip(code)}}
		}
	}
	var list []SupplierCategory
	for _, c := range SupplierCategories {
		if slices.Contains(typed, string(c)) {
			list = append(list, c)
		}
	}
	switch {
	case len(list) == 0:
		return nil, &FieldError{Key: "supplier.category-missing"}
	case len(list) > MaxSupplierCategories:
		return nil, &FieldError{Key: "supplier.categories-many", Args: map[string]string{"limit": fmt.Sprint(MaxSupplierCategories)}}
	}
	return list, nil
}

// siteHost is a name of the public network: not an address in numbers, and not
// a name that only one machine knows.
var siteHost = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])$`)

// cleanSite gives the address of a site, to which https:// is added when none
// is typed; empty for empty.
func cleanSite(typed string) (string, *FieldError) {
	site, problem := CleanLine(typed, MaxSite)
	if problem != nil || site == "" {
		return "", problem
	}
	if !strings.Contains(site, "://") {
		site = "https://" + site
	}
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !siteHost.MatchString(strings.ToLower(u.Host)) {
		return "", &FieldError{Key: "supplier.site"}
	}
	u.Host = strings.ToLower(u.Host)
	return u.String(), nil
}

// cleanDescription makes one line of a few. It holds no address: that of the
// site has its own place, and one that mail goes to is a person's.
func cleanDescription(typed string) (string, *FieldError) {
	line, problem := CleanLine(strings.NewReplacer("\r\n", " ", "\n", " ").Replace(typed), MaxSupplierDescription)
	switch {
	case problem != nil:
		return "", problem
	case line == "":
		return "", &FieldError{Key: "text.empty"}
	case holdsAddress(line):
		return "", &FieldError{Key: "text.address"}
	}
	return line, nil
}

// supplierWords is what a search finds a supplier by: its name, what it says and
// sells in both languages, and where it is.
func (s *Service) supplierWords(x Supplier) string {
	words := []string{x.Name, x.Description}
	for _, c := range x.Categories {
		words = append(words, c.words()...)
	}
	if mrc, ok := s.Atlas.MRC(x.MRCCode); ok {
		words = append(words, mrc.Name)
	}
	return Fold(strings.Join(append(words, s.where(x)...), " "))
}

// where names the municipality of a supplier, or its MRC, and its region.
func (s *Service) where(x Supplier) (names []string) {
	if m, ok := s.Atlas.Municipality(x.MunicipalityCode); ok {
		names = append(names, s.Atlas.Label(m))
	} else if m, ok := s.Atlas.MRC(x.MRCCode); ok {
		names = append(names, m.FullName())
	}
	if r, ok := s.Atlas.Region(x.RegionCode); ok && !slices.Contains(names, r.Name) {
		names = append(names, r.Name)
	}
	return names
}
