package territory

import (
	"strings"
	"unicode/utf8"
)

// FullName proposes how the municipality signs: « Ville de Sherbrooke »,
// « Municipalité d’Austin ». It is a proposal, as the directory does not hold
// official names; other statuses than these two give the bare name.
func (m Municipality) FullName() string {
	switch m.Designation {
	case "V":
		return "Ville " + of(m.Name)
	case "M":
		return "Municipalité " + of(m.Name)
	}
	return m.Name
}

// FullName proposes how the MRC signs: « MRC du Granit », « MRC de Drummond ».
func (m MRC) FullName() string { return "MRC " + of(m.Name) }

// of puts « de » before a name, contracted with its article or elided before a
// vowel. Before an h it is not, as only use tells which are mute.
func of(name string) string {
	if rest, ok := strings.CutPrefix(name, "Les "); ok {
		return "des " + rest
	}
	if rest, ok := strings.CutPrefix(name, "Le "); ok {
		return "du " + rest
	}
	if first, _ := utf8.DecodeRuneInString(name); strings.ContainsRune("AÀÂEÉÈÊIÎOÔUY", first) {
		return "d’" + name
	}
	return "de " + name
}
