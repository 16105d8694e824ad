package workflow

import (
	"regexp"
	"testing"
)

func TestCategoriesAreToldApart(t *testing.T) {
	code := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`) // safe in an address and in LIKE
	names := map[string]bool{}
	for _, c := range supplierCategories {
		if !code.MatchString(string(c.code)) || c.fr == "" || c.en == "" {
			t.Errorf("%+v", c)
		}
		for _, name := range []string{string(c.code), c.fr, c.en} {
			if categoryCodes[Fold(name)] != c.code {
				t.Errorf("%q is read as %s", name, categoryCodes[Fold(name)])
			}
		}
		for _, name := range []string{c.fr, "en:" + c.en, string(c.code) + "!"} {
			if names[name] {
				t.Errorf("%q names two", name)
			}
			names[name] = true
		}
	}
	if SupplierCategory("autre").In(French) != "autre" || SupplierCategory("autre").Known() || SupplierCategory("conseil").In(English) != "Consulting" {
		t.Error("a category is named by another's words")
	}
}
