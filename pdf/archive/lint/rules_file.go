package lint

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// reachable: every object but the file's own streams is used by another one,
// and every reference leads somewhere. So nothing hides in the file.
func reachable(d *document, report func(string, ...any)) {
	used := map[int]bool{}
	var follow func(v any)
	follow = func(v any) {
		walk(v, func(v any) {
			r, ok := v.(ref)
			if !ok || used[int(r)] {
				return
			}
			used[int(r)] = true
			if _, ok := d.objects[int(r)]; !ok {
				report("no object %d", r)
			}
			follow(d.objects[int(r)])
		})
	}
	follow(d.trailer)
	for n, body := range d.objects {
		s, _ := body.(*stream)
		if !used[n] && (s == nil || s.dict["Type"] != name("ObjStm") && s.dict["Type"] != name("XRef")) {
			report("object %d is not used", n)
		}
	}
}

func limits(d *document, report func(string, ...any)) {
	d.each(func(v any) {
		switch v := v.(type) {
		case int:
			if v > math.MaxInt32 || v < math.MinInt32 {
				report("number %d", v)
			}
		case text:
			if len(v) > 32767 {
				report("string of %d bytes", len(v))
			}
		case name:
			if len(v) > 127 {
				report("name of %d bytes", len(v))
			}
		}
	})
	if len(d.objects) > 8388607 {
		report("%d objects", len(d.objects))
	}
	for i, p := range d.pages {
		if p.depth > 28 {
			report("page %d: q within q, %d times", i+1, p.depth)
		}
	}
}

// trailers: those of later revisions lead to the one before, and keep the first
// part of the identifier, by which the file stays the same file.
func trailers(d *document, report func(string, ...any)) {
	for i, r := range d.revisions {
		id := d.array(r.trailer["ID"])
		if len(id) != 2 || len(d.text(id[0])) != 16 || len(d.text(id[1])) != 16 {
			report("identifier %v", id)
			continue
		}
		if r.trailer["Encrypt"] != nil || r.trailer["XRefStm"] != nil {
			report("revision %d: encrypted or hybrid", i)
		}
		previous := any(nil)
		if i > 0 {
			last := d.revisions[i-1]
			previous = last.start
			if old := d.array(last.trailer["ID"]); id[0] != old[0] || id[1] == old[1] {
				report("revision %d: identifier %v", i, id)
			}
			if r.trailer["Root"] != last.trailer["Root"] || r.trailer["Info"] != last.trailer["Info"] {
				report("revision %d: another catalog or information", i)
			}
		}
		if r.trailer["Prev"] != previous {
			report("revision %d: the one before is at %v", i, r.trailer["Prev"])
		}
	}
}

// never are keys and values that no certificate holds, wherever they stand.
var (
	neverKeys = strings.Fields("JS AA OpenAction EmbeddedFiles EF AF Names AlternatePresentations PresSteps Requirements OCProperties OC Collection " +
		"XFA NeedAppearances Encrypt FFilter FDecodeParms Ref OPI Alternates ExtGState SMask Group Pattern Shading TR TR2 HTP " +
		"RoleMap ClassMap ActualText Suspects PieceInfo Threads B")
	neverValues = strings.Fields("JavaScript Launch GoToR GoToE SubmitForm ImportData Movie Sound Rendition Hide Named " +
		"EmbeddedFile Crypt LZWDecode Image PS Pattern")
)

func forbidden(d *document, report func(string, ...any)) {
	d.each(func(v any) {
		switch v := v.(type) {
		case name:
			if slices.Contains(neverValues, string(v)) {
				report("/%s", v)
			}
		case dict:
			for key := range v {
				if slices.Contains(neverKeys, string(key)) {
					report("key /%s", key)
				}
			}
		case *stream:
			if v.dict["F"] != nil {
				report("a stream in another file")
			}
		}
	})
}

func catalog(d *document, report func(string, ...any)) {
	root := d.dict(d.trailer["Root"])
	for want, got := range map[string]any{
		"Catalog": root["Type"], "fr-CA": root["Lang"],
		"title shown": d.get(root, "ViewerPreferences", "DisplayDocTitle"), "tagged": d.get(root, "MarkInfo", "Marked"),
	} {
		if got != true && fmt.Sprint(got) != want {
			report("%s: %v", want, got)
		}
	}
	if decode(d.text(d.get(d.trailer, "Info", "Title"))) == "" {
		report("no title")
	}
}

func pages(d *document, report func(string, ...any)) {
	list := d.array(d.get(d.trailer, "Root", "Pages", "Kids"))
	if len(list) == 0 || d.get(d.trailer, "Root", "Pages", "Count") != len(list) {
		report("%d pages", len(list))
	}
	for i, p := range d.pages {
		if fmt.Sprint(p.dict["MediaBox"]) != "[0 0 612 792]" {
			report("page %d: size %v", i+1, p.dict["MediaBox"])
		}
		if d.dict(p.dict["Resources"]) == nil {
			report("page %d: no resources of its own", i+1)
		}
		if p.dict["Tabs"] != name("S") {
			report("page %d: tabs %v", i+1, p.dict["Tabs"])
		}
	}
}

func operators(d *document, report func(string, ...any)) {
	for i, p := range d.pages {
		for _, op := range p.unknown {
			report("page %d: %s", i+1, op)
		}
		for _, fault := range p.broken {
			report("page %d: %s", i+1, fault)
		}
	}
}
