package lint

import (
	"fmt"
	"math"
	"regexp"
	"slices"
)

// fonts visits the fonts of all pages, by their names in the resources.
func (d *document) fonts(visit func(resource name, font, descendant, descriptor dict)) {
	seen := map[any]bool{}
	for _, p := range d.pages {
		for resource, v := range d.dict(d.get(p.dict, "Resources", "Font")) {
			if seen[v] {
				continue
			}
			seen[v] = true
			font := d.dict(v)
			descendant := d.dict(d.array(font["DescendantFonts"])[0])
			visit(resource, font, descendant, d.dict(descendant["FontDescriptor"]))
		}
	}
}

var subset = regexp.MustCompile(`^[A-Z]{6}\+[A-Za-z]+-[A-Za-z]+$`)

// fontKinds: composite fonts with two-byte codes that are glyph numbers.
func fontKinds(d *document, report func(string, ...any)) {
	d.fonts(func(resource name, font, descendant, descriptor dict) {
		for key, want := range map[name]any{"Type": name("Font"), "Subtype": name("Type0"), "Encoding": name("Identity-H")} {
			if font[key] != want {
				report("%s: /%s %v", resource, key, font[key])
			}
		}
		for key, want := range map[name]any{"Type": name("Font"), "Subtype": name("CIDFontType2"), "CIDToGIDMap": name("Identity")} {
			if descendant[key] != want {
				report("%s: /%s %v", resource, key, descendant[key])
			}
		}
		system := d.dict(descendant["CIDSystemInfo"])
		if d.text(system["Registry"]) != "Adobe" || d.text(system["Ordering"]) != "Identity" || system["Supplement"] != 0 {
			report("%s: character collection %v", resource, system)
		}
		base, _ := font["BaseFont"].(name)
		if !subset.MatchString(string(base)) || descendant["BaseFont"] != base || descriptor["FontName"] != base {
			report("%s: names %v, %v, %v", resource, base, descendant["BaseFont"], descriptor["FontName"])
		}
		// 6.2.11.4.2: a CIDSet, if there is one, must name every glyph; there
		// is none, which PDF/A-2 allows.
		if descriptor["CIDSet"] != nil || descriptor["Flags"] != 4 {
			report("%s: descriptor %v", resource, descriptor)
		}
	})
}

// fontPrograms: the file's widths are those of the page, to a thousandth.
func fontPrograms(d *document, report func(string, ...any)) {
	d.fonts(func(resource name, _, descendant, descriptor dict) {
		s := d.stream(descriptor["FontFile2"])
		if s == nil || s.dict["Length1"] != len(s.data) {
			report("%s: not embedded", resource)
			return
		}
		p := readProgram(s.data)
		for _, fault := range p.faults {
			report("%s: %s", resource, fault)
		}
		for i, w := range d.widths(descendant) {
			width, _ := w.(int)
			if i+1 >= p.glyphs || math.Abs(float64(width)-p.width(i+1)) > 1 {
				report("%s: code %d is %v wide, its glyph of %d %.1f", resource, i+1, w, p.glyphs, p.width(min(i+1, p.glyphs-1)))
			}
		}
	})
}

// widths are those of the codes 1, 2, ….
func (d *document) widths(descendant dict) array {
	w := d.array(descendant["W"])
	if len(w) != 2 || w[0] != 1 {
		return nil
	}
	return d.array(w[1])
}

// codes: each code that is shown is a glyph with a width, and one character of
// text: none of those that stand for nothing, and none of private use, which
// would need a text of its own.
func codes(d *document, report func(string, ...any)) {
	used := map[name]map[int]bool{}
	for _, p := range d.pages {
		for font, list := range p.codes {
			if used[font] == nil {
				used[font] = map[int]bool{}
			}
			for code := range list {
				used[font][code] = true
			}
		}
	}
	known := []name{}
	d.fonts(func(resource name, font, descendant, _ dict) {
		known = append(known, resource)
		letters, count := d.unicode(font), len(d.widths(descendant))
		for code := range used[resource] {
			if code < 1 || code > count {
				report("%s: code %d has no glyph", resource, code)
			}
			if r := letters[code]; r < ' ' || r == 0xFEFF || r >= 0xFFFD || r >= 0xE000 && r <= 0xF8FF {
				report("%s: code %d stands for %U", resource, code, r)
			}
		}
		if len(letters) != count || len(used[resource]) != count {
			report("%s: %d widths, %d characters, %d used", resource, count, len(letters), len(used[resource]))
		}
	})
	for font := range used {
		if !slices.Contains(known, font) {
			report("no font %s", fmt.Sprint(font))
		}
	}
}
