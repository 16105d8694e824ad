package lint

import "fmt"

// annotated visits the annotations of all pages.
func (d *document) annotated(visit func(object ref, page int, a dict)) {
	for i, p := range d.pages {
		for _, v := range d.array(p.dict["Annots"]) {
			r, _ := v.(ref)
			visit(r, i, d.dict(r))
		}
	}
}

func annotations(d *document, report func(string, ...any)) {
	d.annotated(func(object ref, page int, a dict) {
		flags, _ := a["F"].(int)
		if flags&4 == 0 || flags&(1|2|32|256) != 0 { // printed, never invisible, hidden, without view
			report("annotation %d: flags %d", object, flags)
		}
		if p, _ := a["P"].(ref); d.pageOf(p) != page {
			report("annotation %d: of another page", object)
		}
		switch a["Subtype"] {
		case name("Link"):
			if d.get(a, "A", "S") != name("URI") || d.text(d.get(a, "A", "URI")) == "" || len(d.dict(a["A"])) != 2 {
				report("link %d: action %v", object, a["A"])
			}
		case name("Widget"):
			if d.isStamp(a) {
				d.invisible(object, a, report)
			} else {
				d.appearance(object, a, report)
			}
		default:
			report("annotation %d: /%v", object, a["Subtype"])
		}
	})
}

// appearance: only the normal one, a form with resources of its own.
func (d *document) appearance(object ref, a dict, report func(string, ...any)) {
	normal := d.stream(d.get(a, "AP", "N"))
	if normal == nil || len(d.dict(a["AP"])) != 1 || normal.dict["Subtype"] != name("Form") || normal.dict["Resources"] == nil {
		report("widget %d: appearance %v", object, a["AP"])
	}
	if a["A"] != nil || len(normal.data) > 0 {
		report("widget %d acts or draws", object)
	}
}

// isStamp tells the field of a timestamp of the document, which shows nothing.
func (d *document) isStamp(field dict) bool { return d.get(field, "V", "Type") == name("DocTimeStamp") }

// invisible: no size, so that no appearance is wanted (A 6.3.3), at the edge of
// the page, so that it belongs to no element (UA 7.18.1, 7.18.4).
func (d *document) invisible(object ref, a dict, report func(string, ...any)) {
	for _, key := range []name{"AP", "A", "StructParent", "MK"} {
		if a[key] != nil {
			report("timestamp %d has /%s", object, key)
		}
	}
	if fmt.Sprint(a["Rect"]) != "[0 0 0 0]" {
		report("timestamp %d takes place: %v", object, a["Rect"])
	}
}

// annotationTags: an annotation is the one object of its element, and says
// what it is.
func annotationTags(d *document, report func(string, ...any)) {
	owner := map[ref]*element{}
	for _, e := range d.elements {
		if wants := e.role() == "Form" || e.role() == "Link"; wants && len(e.objects) != 1 || !wants && len(e.objects) != 0 {
			report("element %d (%s) has %d objects", e.number, e.role(), len(e.objects))
		}
		if e.role() == "Form" && len(e.kids)+len(e.marks) > 0 {
			report("element %d (Form) has more than its widget", e.number)
		}
		for _, o := range e.objects {
			owner[o] = e
		}
	}
	count := 0
	d.annotated(func(object ref, _ int, a dict) {
		if decode(d.text(a["TU"])) == "" && a["Subtype"] == name("Widget") {
			report("field %d says nothing", object)
		}
		if d.isStamp(a) {
			return
		}
		count++
		role, words := name("Form"), a["TU"]
		if a["Subtype"] == name("Link") {
			role, words = "Link", a["Contents"]
		}
		if owner[object] == nil || owner[object].role() != role {
			report("annotation %d is not in a %s", object, role)
		}
		if decode(d.text(words)) == "" {
			report("annotation %d says nothing", object)
		}
	})
	if count != len(owner) {
		report("%d annotations, %d in the structure", count, len(owner))
	}
}
