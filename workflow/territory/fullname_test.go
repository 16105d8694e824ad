package territory

import "testing"

func TestFullNamesAreProposedInFrench(t *testing.T) {
	for _, c := range []struct{ designation, name, want string }{
		{"V", "Sherbrooke", "Ville de Sherbrooke"}, {"V", "Alma", "Ville d’Alma"}, {"V", "La Prairie", "Ville de La Prairie"},
		{"V", "L’Assomption", "Ville de L’Assomption"}, {"V", "Hampstead", "Ville de Hampstead"}, {"M", "Austin", "Municipalité d’Austin"},
		{"M", "Les Îles-de-la-Madeleine", "Municipalité des Îles-de-la-Madeleine"}, {"M", "Égan-Sud", "Municipalité d’Égan-Sud"},
		{"CT", "Hatley", "Hatley"}, {"VN", "Kuujjuaq", "Kuujjuaq"},
	} {
		if got := (Municipality{Designation: c.designation, Name: c.name}).FullName(); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.designation, c.name, got, c.want)
		}
	}
	for name, want := range map[string]string{"Le Granit": "MRC du Granit", "Les Sources": "MRC des Sources", "La Matanie": "MRC de La Matanie",
		"L’Érable": "MRC de L’Érable", "Arthabaska": "MRC d’Arthabaska", "Drummond": "MRC de Drummond"} {
		if got := (MRC{Name: name}).FullName(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
