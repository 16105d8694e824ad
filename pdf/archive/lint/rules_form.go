package lint

import "slices"

// form: what there is of a form is the seal, and the timestamps that came
// later.
func form(d *document, report func(string, ...any)) {
	root := d.dict(d.trailer["Root"])
	if root["AcroForm"] == nil {
		if root["Perms"] != nil {
			report("permissions without a seal")
		}
		return
	}
	fields := d.array(d.get(root, "AcroForm", "Fields"))
	first, perms := d.dict(fields[0]), d.dict(root["Perms"])
	sealed := first["V"] != nil
	if (d.get(root, "AcroForm", "SigFlags") == 3) != sealed || len(fields) > 1 && !sealed {
		report("form %v", root["AcroForm"])
	}
	if sealed != (len(perms) == 1) || perms["DocMDP"] != first["V"] {
		report("permissions %v", perms)
	}
	d.fields(fields, report)
}

// fields: each is a widget with a name of its own.
func (d *document) fields(fields array, report func(string, ...any)) {
	var names []string
	for i, v := range fields {
		f := d.dict(v)
		if f["FT"] != name("Sig") || f["Subtype"] != name("Widget") || f["Kids"] != nil || f["Parent"] != nil {
			report("field %v", f)
		}
		if _, indirect := f["V"].(ref); f["V"] != nil && !indirect || d.isStamp(f) != (i > 0) {
			report("field %v: value %v", f["T"], f["V"])
		}
		if t := d.text(f["T"]); t == "" || slices.Contains(names, t) {
			report("name %q", t)
		} else {
			names = append(names, t)
		}
	}
}

// sealField is the field of the seal, nil if the file is not sealed.
func (d *document) sealField() dict {
	fields := d.array(d.get(d.trailer, "Root", "AcroForm", "Fields"))
	if len(fields) == 0 || d.dict(fields[0])["V"] == nil {
		return nil
	}
	return d.dict(fields[0])
}
