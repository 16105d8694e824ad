package lint

import (
	"bytes"
	"crypto/rand"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/workflow"
)

var noon = time.Date(2019, 11, 16, 19, 3, 5, 0, time.UTC)

// sealed is a certificate with every kind of element.
func sealed(t testing.TB) []byte {
	t.Helper()
	key, _, err := pades.Generate(rand.Reader, noon, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	return sealedBy(t, key, nil)
}

func sealedBy(t testing.TB, key pades.Key, stamper pades.Timestamper) []byte {
	t.Helper()
	s, err := pdf.New(key, stamper, noon)
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.Seal(t.Context(), workflow.CertificateContent{
		Number: "ESJ-0000-0000-0000", VerifyURL: "https://example.org/v/ESJ-0000-0000-0000",
		DeclarationTitle: "Déclaration", DeclarationText: "Texte ᑯ.\n\n## Un\n\n1. a\n\n   suite\n\n   - b\n\n### Deux\n\nFin.\n",
		Organisation: workflow.Snapshot{Name: "Ville de Rivière-Exemple"}, Signatory: workflow.Signatory{Name: "Camille Exemple"},
		SignedAt: noon, Steps: []workflow.CertificateStep{{Kind: workflow.StepSigned, At: noon}},
	}, noon)
	if err != nil {
		t.Fatal(err)
	}
	return made.PDF
}

func TestACertificateHasNoFault(t *testing.T) {
	for _, fault := range Check(sealed(t)) {
		t.Error(fault)
	}
}

func TestListingIsTheReadingOrder(t *testing.T) {
	got, err := Listing(sealed(t))
	if err != nil {
		t.Fatal(err)
	}
	const want = `Document
  Sect
    P "L’économie sociale, j’achète!"
    H1 "Déclaration"
    P "Ville de Rivière-Exemple"
    P "Texte ᑯ."
    H2 "Un"
    L
      LI
        Lbl "1. "
        LBody "a"
          P "suite"
          L
            LI
              Lbl "• "
              LBody "b"
    H3 "Deux"
    P "Fin."
    P "Au nom de l’organisation, par"
    P "Camille Exemple"
`
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s", got)
	}
}

// change alters a document that has been read, so that exactly one rule is
// broken; others may follow.
type change func(d *document)

func set(path func(*document) dict, key name, value any) change {
	return func(d *document) {
		target := path(d)
		if value == nil {
			delete(target, key)
		} else {
			target[key] = value
		}
	}
}

func root(d *document) dict    { return d.dict(d.trailer["Root"]) }
func info(d *document) dict    { return d.dict(d.trailer["Info"]) }
func outline(d *document) dict { return d.dict(root(d)["Outlines"]) }
func first(d *document) dict   { return d.dict(d.array(d.get(root(d), "Pages", "Kids"))[0]) }
func link(d *document) dict    { return d.dict(d.array(first(d)["Annots"])[0]) }
func widget(d *document) dict  { return d.dict(d.array(first(d)["Annots"])[1]) }

func value(d *document) dict { return d.dict(widget(d)["V"]) }

// sole is the first element of a role.
func sole(role name) func(*document) dict {
	return func(d *document) dict {
		for _, e := range d.structure(func(string, ...any) {}) {
			if e.role() == role {
				return e.dict
			}
		}
		return nil
	}
}

// font is the first font, at one of its three levels.
func font(level int) func(*document) dict {
	return func(d *document) dict {
		f := d.dict(d.dict(d.get(first(d), "Resources", "Font"))["F0"])
		below := d.dict(d.array(f["DescendantFonts"])[0])
		return []dict{f, below, d.dict(below["FontDescriptor"])}[level]
	}
}

// data replaces bytes of a stream, everywhere or where they stand first.
func data(find func(*document) any, old, new string) change {
	return func(d *document) {
		s := d.stream(find(d))
		if !bytes.Contains(s.data, []byte(old)) {
			panic("no " + old)
		}
		s.data = bytes.Replace(s.data, []byte(old), []byte(new), 1)
	}
}

// prefix gives a namespace another one, which XML does not mind.
func prefix(old string) change {
	return func(d *document) {
		s := d.stream(xmp(d))
		s.data = bytes.ReplaceAll(bytes.ReplaceAll(s.data, []byte(old+":"), []byte("ns1:")), []byte("xmlns:"+old+"="), []byte("xmlns:ns1="))
	}
}

func content(d *document) any { return first(d)["Contents"] }
func xmp(d *document) any     { return root(d)["Metadata"] }
func program0(d *document) any {
	return font(2)(d)["FontFile2"]
}
func profile(d *document) any {
	return d.get(d.array(root(d)["OutputIntents"])[0], "DestOutputProfile")
}
func unicodes(d *document) any { return font(0)(d)["ToUnicode"] }

// mutations breaks each rule, by the first words of its name, in several ways.
var mutations = map[string][]change{
	"nothing unused or lost": {
		func(d *document) { d.objects[9999] = dict{} },
		set(first, "Thumb", ref(9999)),
	},
	"limits of size": {
		set(info, "Title", text(strings.Repeat("x", 32768))),
		set(first, "UserUnit", 1<<40),
		set(first, "LastModified", name(strings.Repeat("x", 128))),
		data(content, "\nq BT", "\n"+strings.Repeat("q ", 29)+strings.Repeat("Q ", 29)+"q BT"),
	},
	"trailers with identifier": {
		func(d *document) { delete(d.trailer, "ID") },
		func(d *document) { d.trailer["Encrypt"] = dict{} },
		func(d *document) { d.trailer["Prev"] = 15 },
	},
	"nothing that acts": {
		set(root, "OpenAction", dict{"S": name("URI")}), set(link, "AA", dict{}), set(root, "Names", dict{}), set(root, "OCProperties", dict{}),
		func(d *document) { d.dict(link(d)["A"])["S"] = name("Launch") },
		func(d *document) { d.dict(link(d)["A"])["S"] = name("JavaScript") },
		func(d *document) { d.stream(content(d)).dict["F"] = text("x") },
		set(first, "Group", dict{"S": name("Transparency")}),
		func(d *document) { d.dict(first(d)["Resources"])["ExtGState"] = dict{} },
		func(d *document) { d.dict(root(d)["AcroForm"])["XFA"] = array{} },
		set(sole("P"), "ActualText", text("x")),
	},
	"catalog": {
		set(root, "Lang", nil), set(root, "Lang", text("en")), set(root, "MarkInfo", nil), set(root, "ViewerPreferences", dict{"DisplayDocTitle": false}), set(info, "Title", nil),
	},
	"metadata stream": {
		set(root, "Metadata", nil), data(xmp, "<pdfaid:part>2", "<pdfaid:part>3"), data(xmp, "conformance>A", "conformance>B"),
		data(xmp, "<pdfuaid:part>1</pdfuaid:part>", ""), data(xmp, "\uFEFF", ""), data(xmp, "x-default", "fr-CA"), data(xmp, "</dc:title>", ""), data(xmp, "\n<?xpacket end=\"r\"?>", ""),
		func(d *document) { d.stream(xmp(d)).dict["Filter"] = name("FlateDecode") },
		prefix("pdfaid"), prefix("pdfuaid"), prefix("pdfaProperty"),
	},
	"metadata equal": {
		set(info, "Title", text("\xFE\xFF\x00x")), set(info, "Author", nil), set(info, "CreationDate", text("D:20191116190306Z")), set(info, "ModDate", text("hier")),
		data(xmp, "<dc:description>", "<dc:description>x"), data(xmp, "jachete", "autre"), data(xmp, "fr-CA", "fr-FR"),
	},
	"metadata schemas": {
		data(xmp, "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/", "<pdfaSchema:namespaceURI>http://example.org/"),
		data(xmp, "pdfaSchema:prefix>pdfuaid", "pdfaSchema:prefix>x"), data(xmp, "valueType>Integer", "valueType>Text"),
		data(xmp, "<dc:format>", "<x:y xmlns:x=\"http://example.org/\">z</x:y><dc:format>"),
	},
	"output intent": {
		set(root, "OutputIntents", nil), func(d *document) { d.dict(d.array(root(d)["OutputIntents"])[0])["S"] = name("GTS_PDFX") },
		func(d *document) { d.stream(profile(d)).dict["N"] = 4 },
	},
	"profile is": {
		data(profile, "mntr", "scnr"), data(profile, "RGB ", "CMYK"), data(profile, "\x02\x10", "\x05\x10"), data(profile, "gTRC", "xTRC"), data(profile, "acsp", "xxxx"),
		func(d *document) { s := d.stream(profile(d)); s.data = s.data[:len(s.data)-4] },
		func(d *document) { s := d.stream(profile(d)); s.data[len(s.data)-256] ^= 0x80 },
		func(d *document) {
			s := d.stream(profile(d))
			s.data[bytes.LastIndex(s.data, []byte("XYZ "))+10] ^= 0x80
		},
	},
	"pages": {
		set(first, "Tabs", nil), set(first, "Resources", nil), set(first, "MediaBox", array{0, 0, 595, 842}), func(d *document) { d.dict(root(d)["Pages"])["Count"] = 3 },
	},
	"operators": {
		data(content, "\nEMC", "\n/X0 Do EMC"), data(content, "\nEMC", "\n/G0 gs EMC"), data(content, "\nEMC", "\n3 Tr EMC"), data(content, "\nEMC", "\n"),
		data(content, "\nEMC", "\nEMC EMC"), data(content, "ET Q", "Q ET"), data(content, "/MCID 1>", "/MCID 0>"), data(content, " BDC\n", " BDC\n/P <</MCID 99>> BDC EMC\n"),
	},
	"fonts: kind": {
		set(font(0), "Encoding", name("WinAnsiEncoding")), set(font(0), "Subtype", name("TrueType")), set(font(1), "CIDToGIDMap", nil), set(font(0), "BaseFont", name("Inter-Regular")),
		set(font(1), "CIDSystemInfo", dict{"Registry": text("Adobe"), "Ordering": text("Japan1"), "Supplement": 0}), set(font(2), "CIDSet", ref(1)), set(font(2), "FontName", name("X")),
	},
	"fonts: embedded": {
		set(font(2), "FontFile2", nil), data(program0, "loca", "lcoa"), func(d *document) { s := d.stream(program0(d)); s.data[len(s.data)/2] ^= 1 },
		func(d *document) { d.array(d.array(font(1)(d)["W"])[1])[4] = 9 }, func(d *document) { d.stream(program0(d)).dict["Length1"] = 5 },
		func(d *document) { s := d.stream(program0(d)); s.data = s.data[:200] },
	},
	"fonts: every code": {
		set(font(0), "ToUnicode", nil), data(unicodes, "<0002> <", "<0002> <E000> <"), data(unicodes, "<0002> <", "<9902> <"), data(content, "<0001", "<0000"), data(content, "<0001", "<0FFF"),
		data(content, "/F1 ", "/F9 "), func(d *document) { w := d.array(font(1)(d)["W"]); w[1] = w[1].(array)[:9] },
	},
	"all content": {
		data(content, " re S", " re S EMC 0 0 1 1 re f /Artifact <</Type /Layout>> BDC"), data(content, "EMC", "EMC q BT /F0 9 Tf [<0001>] TJ ET Q"),
	},
	"text beside": {
		data(content, "/Type /Pagination /Subtype /Footer", "/Type /Layout"), data(content, "/Subtype /Footer", "/Subtype /Watermark"),
	},
	"marked content belongs": {
		data(content, "/H1 <", "/H2 <"), set(sole("H1"), "K", array{}), set(sole("H1"), "K", array{0}), set(sole("H1"), "K", array{77}), set(sole("H1"), "Pg", ref(1)),
	},
	"parent tree": {
		func(d *document) { d.dict(d.get(root(d), "StructTreeRoot", "ParentTree"))["Nums"] = array{} }, set(first, "StructParents", nil), set(link, "StructParent", 0), set(widget, "StructParent", nil),
		func(d *document) {
			d.array(d.array(d.get(root(d), "StructTreeRoot", "ParentTree", "Nums"))[1])[1] = ref(2)
		},
		func(d *document) { d.dict(root(d)["StructTreeRoot"])["ParentTreeNextKey"] = 1 },
	},
	"elements: standard": {
		set(sole("P"), "S", name("Paragraph")), set(sole("TH"), "S", name("P")), set(sole("LBody"), "S", name("Lbl")), set(sole("Table"), "S", name("L")), set(sole("Document"), "S", name("Sect")),
	},
	"headings": {
		set(sole("H1"), "S", name("P")), set(sole("H2"), "S", name("H3")), set(sole("H1"), "S", name("H2")),
	},
	"figures": {set(sole("Figure"), "Alt", nil), set(sole("Figure"), "A", nil), set(sole("Figure"), "A", dict{"O": name("Layout")})},
	"table headers": {
		set(sole("TH"), "A", nil), set(sole("TH"), "A", dict{"O": name("Table"), "Scope": name("Line")}), set(sole("TH"), "S", name("TD")),
		func(d *document) { tr := sole("TR")(d); tr["K"] = d.array(tr["K"])[:1] },
	},
	"lists": {set(sole("L"), "A", nil), set(sole("L"), "A", dict{"O": name("List"), "ListNumbering": name("None")})},
	"annotations: kind": {
		set(link, "F", nil), set(link, "F", 6), set(link, "Subtype", name("Text")), set(link, "A", nil), set(widget, "AP", nil), set(link, "P", ref(1)),
		func(d *document) { d.dict(widget(d)["AP"])["D"] = ref(1) }, func(d *document) { d.stream(d.get(widget(d), "AP", "N")).data = []byte("0 0 9 9 re f") },
		func(d *document) { delete(d.stream(d.get(widget(d), "AP", "N")).dict, "Resources") },
	},
	"annotations stand": {
		set(link, "Contents", nil), set(widget, "TU", nil), set(sole("Form"), "K", array{}), set(sole("Form"), "S", name("P")),
		func(d *document) {
			form := sole("Form")(d)
			form["K"] = append(d.array(form["K"]), d.array(form["K"])...)
		},
		func(d *document) { l := sole("Link")(d); l["K"] = d.array(l["K"])[:1] },
		func(d *document) { form := sole("Form")(d); form["K"] = append(d.array(form["K"]), 0) },
	},
	"seal": {
		set(value, "SubFilter", name("adbe.pkcs7.detached")), set(value, "Type", nil), set(value, "Cert", text("x")), set(value, "M", text("D:20191116190305+00'00'")),
		set(value, "ByteRange", array{0, 1, 2, 3}), set(value, "Reference", nil), set(value, "Contents", text("0")), set(root, "Extensions", nil),
		func(d *document) { d.dict(d.get(root(d), "Extensions", "ESIC"))["ExtensionLevel"] = 1 },
		func(d *document) { d.dict(d.array(value(d)["Reference"])[0])["DigestMethod"] = name("MD5") },
		func(d *document) { d.dict(d.dict(d.array(value(d)["Reference"])[0])["TransformParams"])["P"] = 2 },
		func(d *document) { d.array(value(d)["ByteRange"])[3] = d.array(value(d)["ByteRange"])[3].(int) - 1 },
		func(d *document) { d.array(value(d)["ByteRange"])[1] = d.array(value(d)["ByteRange"])[1].(int) - 1 },
	},
	"timestamps of the document": nil,
	"security store": {
		func(d *document) { root(d)["DSS"] = dict{"Type": name("DSS"), "Certs": array{}} },
	},
	"updates add": nil,
	"form": {
		set(widget, "FT", name("Tx")), set(widget, "T", nil), set(root, "Perms", nil), set(root, "AcroForm", nil), func(d *document) { d.dict(root(d)["AcroForm"])["SigFlags"] = 1 },
		func(d *document) { d.dict(root(d)["Perms"])["UR3"] = ref(1) },
	},
	"bookmarks": {
		set(root, "Outlines", nil), set(outline, "Count", 2), func(d *document) { d.dict(outline(d)["First"])["Title"] = text("\xFE\xFF\x00x") },
		func(d *document) { delete(d.dict(outline(d)["First"]), "First") }, func(d *document) { d.dict(outline(d)["First"])["SE"] = ref(1) },
		func(d *document) { d.array(d.dict(outline(d)["First"])["Dest"])[0] = ref(1) }, func(d *document) { d.dict(outline(d)["First"])["Prev"] = ref(1) },
	},
}

func TestEveryRuleHasMutations(t *testing.T) {
	var found []string
	for _, r := range rules {
		for words := range mutations {
			if strings.HasPrefix(r.name, words) {
				found = append(found, words)
			}
		}
	}
	if len(found) != len(rules) || len(mutations) != len(rules) {
		t.Errorf("%d rules, %d mutated: %q", len(rules), len(found), slices.Sorted(maps.Keys(mutations)))
	}
	for words := range mutations {
		if len(mutations[words])+len(later[words]) == 0 {
			t.Errorf("%s: no mutation", words)
		}
	}
}

func TestMutationsAreFound(t *testing.T) {
	findMutations(t, sealed(t), mutations)
	findMutations(t, archived(t)["blta twice"], later)
}

func findMutations(t *testing.T, file []byte, all map[string][]change) {
	t.Helper()
	for words, changes := range all {
		for i, change := range changes {
			d, err := open(file)
			if err != nil {
				t.Fatal(err)
			}
			change(d)
			faults := d.faults()
			if !slices.ContainsFunc(faults, func(f Fault) bool { return strings.HasPrefix(f.Rule, words) }) {
				t.Errorf("%s, %d: found only %v", words, i, faults)
			}
		}
	}
}
