package lint

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"strings"
	"testing"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// archived are files of every later level.
func archived(t testing.TB) map[string][]byte {
	t.Helper()
	clock := workflowtest.NewClock(noon)
	key, rootKey, err := pades.Generate(rand.Reader, noon, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	list, err := pades.MakeCRL(rand.Reader, noon, rootKey, key.Root())
	if err != nil {
		t.Fatal(err)
	}
	authority, err := tsa.NewAuthority(rand.Reader, clock.Now, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	other, err := tsa.NewAuthority(rand.Reader, clock.Now, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	source := pades.Lists{list, authority.List, other.List}
	first := pdf.NewUpgrader(pdf.Stamping{Stamper: authority}, source, clock)
	second := pdf.NewUpgrader(pdf.Stamping{Stamper: both{other, append(authority.Roots(), other.Roots()...)}}, source, clock)
	files := map[string][]byte{}
	improve := func(name, from string, improve func(context.Context, workflow.Sealed) (workflow.Sealed, error)) {
		s, err := improve(t.Context(), workflow.Sealed{PDF: files[from]})
		if err != nil {
			t.Fatal(err)
		}
		files[name] = s.PDF
	}
	files["bb"], files["no room"] = sealedBy(t, key, authority), sealedBy(t, key, nil)
	improve("bt", "bb", pdf.NewUpgrader(pdf.Stamping{Stamper: authority}, pades.Lists{}, clock).Timestamp)
	improve("blt", "bb", first.Timestamp)
	improve("blta", "blt", first.Archive)
	improve("blta twice", "blta", second.Archive)
	improve("no room, archived", "no room", first.Archive)
	return files
}

// both is an authority that knows of another one's root.
type both struct {
	*tsa.Authority
	roots []*x509.Certificate
}

func (b both) Roots() []*x509.Certificate { return b.roots }

func TestNoLevelHasAFault(t *testing.T) {
	for name, file := range archived(t) {
		for _, fault := range Check(file) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// later breaks the rules about what comes after the seal, in a file archived
// twice.
var later = map[string][]change{
	"trailers with identifier": {
		func(d *document) { d.revisions[2].trailer["Prev"] = 15 },
		func(d *document) { d.array(d.revisions[1].trailer["ID"])[0] = text(strings.Repeat("x", 16)) },
		func(d *document) {
			ids := d.array(d.revisions[1].trailer["ID"])
			ids[1] = d.array(d.revisions[0].trailer["ID"])[1]
		},
		func(d *document) { d.revisions[1].trailer["Root"] = ref(2) },
	},
	"form": {
		set(stampField, "T", text("sceau")), set(stampField, "FT", name("Tx")), set(stampField, "V", nil), set(stampField, "Kids", array{}),
		func(d *document) { stampField(d)["V"] = d.dict(stampField(d)["V"]) },
	},
	"annotations: kind": {set(stampField, "Rect", array{0, 0, 1, 1}), set(stampField, "AP", dict{}), set(stampField, "F", 6), set(stampField, "StructParent", 1)},
	"annotations stand": {set(stampField, "TU", nil)},
	"timestamps of the document": {
		set(stampValue, "SubFilter", name("ETSI.CAdES.detached")), set(stampValue, "M", text("D:20191116190305Z")), set(stampValue, "Contents", text("0")),
		func(d *document) {
			d.array(stampValue(d)["ByteRange"])[3] = d.array(stampValue(d)["ByteRange"])[3].(int) + 1
		},
		func(d *document) { d.array(stampValue(d)["ByteRange"])[0] = 1 },
	},
	"security store": {
		set(dss, "VRI", dict{}), set(dss, "Type", nil), set(dss, "Certs", array{}), set(dss, "CRLs", nil),
		func(d *document) { all := d.array(dss(d)["Certs"]); all[1] = all[0] },
		func(d *document) { d.stream(d.array(dss(d)["CRLs"])[0]).data = []byte("0") },
		func(d *document) { d.array(dss(d)["Certs"])[0] = d.array(dss(d)["CRLs"])[0] },
		func(d *document) { d.revisions[0].own[int(d.reference("DSS"))] = dss(d) },
	},
	"updates add": {
		func(d *document) { d.revisions[1].own[9999] = dict{"Type": name("Annot")} },
		func(d *document) { d.revisions[2].own[2] = dict{"Type": name("Pages")} },
		set(newCatalog, "Lang", text("en")), set(newPage, "Contents", ref(3)), set(newPage, "Annots", array{}),
		func(d *document) { d.dict(newCatalog(d)["AcroForm"])["NeedAppearances"] = true },
		func(d *document) { p := newPage(d); p["Annots"] = append(d.array(p["Annots"]), ref(1)) },
		func(d *document) { dss(d)["Certs"] = d.array(dss(d)["Certs"])[1:] },
	},
}

func stampField(d *document) dict { return d.dict(d.array(d.get(root(d), "AcroForm", "Fields"))[1]) }
func stampValue(d *document) dict { return d.dict(stampField(d)["V"]) }
func dss(d *document) dict        { return d.dict(root(d)["DSS"]) }
func newCatalog(d *document) dict {
	return d.revisions[len(d.revisions)-1].own[int(d.trailer["Root"].(ref))].(dict)
}
func newPage(d *document) dict {
	r, _ := d.array(d.get(root(d), "Pages", "Kids"))[0].(ref)
	return d.revisions[len(d.revisions)-1].own[int(r)].(dict)
}
