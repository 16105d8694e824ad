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
			d.appearance(object, a, report)
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

// annotationTags: an annotation is the one object of its element, and says
// what it is.
func annotationTags(d *document, report func(string, ...any)) {
	owner := map[ref]*element{}
	for _, e := range d.elements {
		if wants := e.role() == "Form" || e.role() == "Link"; wants && len(e.objects) != 1 || !wants && len(e.objects) != 0 {
			report("element %d (%s) has %d objects", e.number, e.role(), len(e.objects))
		}
		for _, o := range e.objects {
			owner[o] = e
		}
	}
	count := 0
	d.annotated(func(object ref, _ int, a dict) {
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

// form: what there is of a form is the seal.
func form(d *document, report func(string, ...any)) {
	root := d.dict(d.trailer["Root"])
	if root["AcroForm"] == nil {
		if root["Perms"] != nil {
			report("permissions without a seal")
		}
		return
	}
	fields := d.array(d.get(root, "AcroForm", "Fields"))
	field, perms := d.dict(fields[0]), d.dict(root["Perms"])
	if len(fields) != 1 || (d.get(root, "AcroForm", "SigFlags") == 3) != (field["V"] != nil) {
		report("fields %v", root["AcroForm"])
	}
	if field["FT"] != name("Sig") || d.text(field["T"]) == "" || field["Subtype"] != name("Widget") {
		report("field %v", field)
	}
	if sealed := field["V"] != nil; sealed != (len(perms) == 1) || perms["DocMDP"] != field["V"] {
		report("permissions %v", perms)
	}
	for _, r := range d.array(d.get(field, "V", "Reference")) {
		for _, key := range []name{"DigestLocation", "DigestMethod", "DigestValue"} {
			if d.dict(r)[key] != nil {
				report("/%s", fmt.Sprint(key))
			}
		}
	}
}
