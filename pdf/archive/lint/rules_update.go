package lint

import (
	"crypto/x509"
	"fmt"
	"maps"
	"reflect"
)

// securityStore: references to streams that are what they should be. There is
// no VRI: EN 319 142-1 leaves it to old readers.
func securityStore(d *document, report func(string, ...any)) {
	v := d.get(d.trailer, "Root", "DSS")
	if v == nil {
		return
	}
	store, _ := v.(dict)
	d.onlyKeys(store, report, "Type", "Certs", "CRLs")
	if store["Type"] != name("DSS") || d.sealField() == nil {
		report("store %v", store)
	}
	if len(d.revisions) < 2 || d.revisions[0].own[int(d.reference("DSS"))] != nil {
		report("the store came with the seal")
	}
	certificates := d.items(store["Certs"], report, func(der []byte) error { _, err := x509.ParseCertificate(der); return err })
	lists := d.items(store["CRLs"], report, func(der []byte) error { _, err := x509.ParseRevocationList(der); return err })
	if certificates < 2 || lists < 1 {
		report("%d certificates, %d lists", certificates, lists)
	}
}

func (d *document) reference(key name) ref {
	r, _ := d.dict(d.trailer["Root"])[key].(ref)
	return r
}

func (d *document) items(list any, report func(string, ...any), parse func([]byte) error) int {
	seen := map[string]bool{}
	for _, v := range d.array(list) {
		_, indirect := v.(ref)
		s := d.stream(v)
		if !indirect || s == nil || seen[string(s.data)] {
			report("%v is no stream, or twice in the store", v)
			continue
		}
		seen[string(s.data)] = true
		if err := parse(s.data); err != nil {
			report("%v: %v", v, err)
		}
	}
	return len(seen)
}

// updates: a revision after the seal changes the catalog, the form and one
// page, each in one respect, and the store.
func updates(d *document, report func(string, ...any)) {
	for i, r := range d.revisions[1:] {
		for n, body := range r.own {
			if old, there := r.before[n]; there {
				d.changed(n, old, body, func(format string, args ...any) {
					report("revision %d, object %d: %s", i+1, n, fmt.Sprintf(format, args...))
				})
			} else if !d.evidence(body) {
				report("revision %d: object %d is %v", i+1, n, body)
			}
		}
	}
}

// evidence tells a new object that may come later.
func (d *document) evidence(body any) bool {
	if s, ok := body.(*stream); ok {
		return s.dict["Type"] == name("XRef") || len(s.dict) == 1
	}
	v, _ := body.(dict)
	return v["Type"] == name("DSS") || v["Type"] == name("DocTimeStamp") || d.isStamp(v)
}

func (d *document) changed(number int, old, body any, report func(string, ...any)) {
	was, now := d.dict(old), d.dict(body)
	switch {
	case now["Type"] == name("DSS") && was["Type"] == name("DSS"):
		for _, key := range []name{"Certs", "CRLs"} {
			d.longer(was[key], now[key], false, report)
		}
	case ref(number) == d.trailer["Root"]:
		same(was, now, report, "DSS", "Extensions", "AcroForm")
		form, later := d.dict(was["AcroForm"]), d.dict(now["AcroForm"])
		same(form, later, report, "Fields")
		d.longer(form["Fields"], later["Fields"], true, report)
	case now["Type"] == name("Page"):
		same(was, now, report, "Annots")
		d.longer(was["Annots"], now["Annots"], true, report)
	default:
		report("replaced")
	}
}

// same: all entries but these.
func same(was, now dict, report func(string, ...any), but ...name) {
	was, now = maps.Clone(was), maps.Clone(now)
	for _, key := range but {
		delete(was, key)
		delete(now, key)
	}
	if !reflect.DeepEqual(was, now) {
		report("%v, before %v", now, was)
	}
}

// longer: what was there is still there, in its order; what came is the field
// of a timestamp where that is wanted.
func (d *document) longer(was, now any, stamps bool, report func(string, ...any)) {
	before, after := d.array(was), d.array(now)
	if len(after) < len(before) || !reflect.DeepEqual(before, after[:len(before)]) {
		report("%v, before %v", after, before)
		return
	}
	for _, v := range after[len(before):] {
		if stamps && !d.isStamp(d.dict(v)) {
			report("%v is no timestamp", v)
		}
	}
}
