package lint

import (
	"fmt"
	"unicode/utf16"
)

// Fault is a rule that a file breaks.
type Fault struct {
	Rule   string // what it demands, with the clause
	Detail string
}

func (f Fault) String() string { return f.Rule + ": " + f.Detail }

type rule struct {
	name  string
	check func(d *document, report func(format string, args ...any))
}

// rules are all that is checked. A: ISO 19005-2, UA: ISO 14289-1, MP: Matterhorn
// Protocol 1.1, PDF: ISO 32000-1.
var rules = []rule{
	{"nothing unused or lost (PDF 7.5)", reachable},
	{"limits of size (A 6.1.13)", limits},
	{"trailers with identifier, not encrypted (A 6.1.3, UA 7.16, MP 26; PDF 7.5.6, 14.4)", trailers},
	{"nothing that acts, hides or depends on others (A 6.1.7, 6.2.8–10, 6.4–6.5, 6.8–6.11; MP 20, 21, 25, 29)", forbidden},
	{"catalog: language, title shown, tagged (A 6.7.2, 6.7.4; UA 7.1, 7.2; MP 06, 07, 11)", catalog},
	{"metadata stream and its claims (A 6.6.2, 6.6.4; UA 5; MP 06)", metadata},
	{"metadata equal to document information (A 6.1.5)", information},
	{"metadata schemas known or described (A 6.6.2.3)", schemas},
	{"output intent (A 6.2.3)", intents},
	{"profile is an sRGB display profile (A 6.2.3; ICC.1:2001)", profiles},
	{"pages: size, resources, order of tabs (A 6.2.2; UA 7.18.3; MP 28-008)", pages},
	{"operators (A 6.2.2, 6.2.4, 6.2.10)", operators},
	{"fonts: kind and encoding (A 6.2.11.2, 6.2.11.3; UA 7.21)", fontKinds},
	{"fonts: embedded whole, widths equal (A 6.2.11.4, 6.2.11.5; MP 31)", fontPrograms},
	{"fonts: every code has a glyph and a character (A 6.2.11.7, 6.2.11.8; MP 10, 31-030)", codes},
	{"all content is tagged or an artifact (UA 7.1; MP 01)", tagged},
	{"text beside the content is running head or foot (UA 7.8, MP 18)", running},
	{"marked content belongs to elements of its role (PDF 14.7.4; MP 01, 02)", owners},
	{"parent tree (PDF 14.7.4.4; UA 7.18.1)", parentTree},
	{"elements: standard roles that may stand there (A 6.7.3; UA 7.5, 7.6; MP 02, 09, 16)", nesting},
	{"headings begin with H1 and skip no level (UA 7.4.2; MP 14)", headings},
	{"figures: alternative text and place (UA 7.3; MP 13)", figures},
	{"table headers have a scope, rows their cells (UA 7.5; MP 15)", tables},
	{"lists tell their numbering (UA 7.6; MP 16)", lists},
	{"annotations: kind, flags, appearance (A 6.3; UA 7.18)", annotations},
	{"annotations stand in the structure and say what they are (UA 7.18.1–5; MP 28)", annotationTags},
	{"form: one signature, certified, and timestamps (A 6.1.12, 6.4; PDF 12.7, 12.8)", form},
	{"seal: what it is and all that it covers (A 6.4.3; EN 319 142-1, 6.3)", seal},
	{"timestamps of the document: what they are and cover (EN 319 142-1, 5.4.3)", timestamps},
	{"security store: certificates and lists (EN 319 142-1, 5.4.2)", securityStore},
	{"updates add evidence and timestamps, nothing else (PDF 2.0, 12.8.2.2)", updates},
	{"bookmarks are the headings (UA 7.17)", bookmarks},
}

// Check tells every fault of a file; none means that all rules are kept.
func Check(file []byte) []Fault {
	d, err := open(file)
	if err != nil {
		return []Fault{{"syntax (A 6.1.2–6.1.9)", err.Error()}}
	}
	return d.faults()
}

func (d *document) faults() (faults []Fault) {
	d.read(func(format string, args ...any) {
		faults = append(faults, Fault{"page content (PDF 7.8)", fmt.Sprintf(format, args...)})
	})
	for _, r := range rules {
		func() {
			report := func(format string, args ...any) {
				faults = append(faults, Fault{r.name, fmt.Sprintf(format, args...)})
			}
			defer func() {
				if thrown := recover(); thrown != nil { // what the rule needs is missing
					report("%v", thrown)
				}
			}()
			r.check(d, report)
		}()
	}
	return faults
}

// read interprets the pages and the structure, which most rules look at.
func (d *document) read(report func(string, ...any)) {
	d.letters, d.pages = map[*stream]map[int]rune{}, nil
	for i, p := range d.array(d.get(d.trailer, "Root", "Pages", "Kids")) {
		content, err := d.interpret(d.dict(p))
		if err != nil {
			report("page %d: %v", i+1, err)
			content = &page{dict: d.dict(p)}
		}
		d.pages = append(d.pages, content)
	}
	d.elements = d.structure(report)
}

// decode reads a text string: UTF-16 with its mark (PDF 7.9.2.2).
func decode(s string) string {
	var units []uint16
	for i := 2; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}
