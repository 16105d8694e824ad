package lint

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// packet is an XMP packet: the text of each property by its namespace and
// name; items of a list are joined by a line end.
type packet struct {
	values map[xml.Name]string
	spaces []string // namespaces of properties
	titles []string // languages of dc:title
}

const (
	rdfSpace       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	dcSpace        = "http://purl.org/dc/elements/1.1/"
	xmpSpace       = "http://ns.adobe.com/xap/1.0/"
	pdfSpace       = "http://ns.adobe.com/pdf/1.3/"
	pdfaSpace      = "http://www.aiim.org/pdfa/ns/id/"
	pdfuaSpace     = "http://www.aiim.org/pdfua/ns/id/"
	extensionSpace = "http://www.aiim.org/pdfa/ns/extension/"
	schemaSpace    = "http://www.aiim.org/pdfa/ns/schema#"
	propertySpace  = "http://www.aiim.org/pdfa/ns/property#"
)

// readPacket collects the properties. A description of a schema is read the
// same way: its fields are properties of their own names.
func (d *document) readPacket() (p packet, err error) {
	p.values = map[xml.Name]string{}
	data := d.stream(d.get(d.trailer, "Root", "Metadata")).data
	in, path := xml.NewDecoder(bytes.NewReader(data)), []xml.Name{}
	for {
		token, err := in.Token()
		if err == io.EOF {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name)
			p.start(path, t)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			p.add(path, strings.TrimSpace(string(t)))
		}
	}
}

// start notes what a property is: a child of rdf:Description.
func (p *packet) start(path []xml.Name, t xml.StartElement) {
	if len(path) > 1 && path[len(path)-2] == (xml.Name{Space: rdfSpace, Local: "Description"}) {
		p.spaces = append(p.spaces, t.Name.Space)
	}
	if len(path) > 2 && path[len(path)-3] == (xml.Name{Space: dcSpace, Local: "title"}) {
		for _, a := range t.Attr {
			p.titles = append(p.titles, a.Value)
		}
	}
}

func (p *packet) add(path []xml.Name, s string) {
	for i := len(path) - 1; i >= 0 && s != ""; i-- {
		if key := path[i]; key.Space != rdfSpace {
			p.values[key] = strings.TrimPrefix(p.values[key]+"\n"+s, "\n")
			return
		}
	}
}

func (p *packet) get(space, local string) string {
	return p.values[xml.Name{Space: space, Local: local}]
}

func metadata(d *document, report func(string, ...any)) {
	s := d.stream(d.get(d.trailer, "Root", "Metadata"))
	if s.dict["Type"] != name("Metadata") || s.dict["Subtype"] != name("XML") || s.dict["Filter"] != nil {
		report("stream %v", s.dict)
	}
	const begin = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	if !bytes.HasPrefix(s.data, []byte(begin)) || !bytes.HasSuffix(s.data, []byte("\n<?xpacket end=\"r\"?>")) {
		report("not a packet")
	}
	p, err := d.readPacket()
	if err != nil {
		report("%v", err)
	}
	for _, claim := range [][3]string{{pdfaSpace, "part", "2"}, {pdfaSpace, "conformance", "A"}, {pdfuaSpace, "part", "1"}} {
		if got := p.get(claim[0], claim[1]); got != claim[2] {
			report("%s%s is %q", claim[0], claim[1], got)
		}
	}
	if !slices.Contains(p.titles, "x-default") {
		report("no title for all languages")
	}
	for prefix, space := range prefixes {
		if !bytes.Contains(s.data, []byte("xmlns:"+prefix+"=\""+space+"\"")) {
			report("the prefix of %s is not %s", space, prefix)
		}
	}
}

// prefixes are not free in PDF/A (6.6.2.3.3, 6.6.4).
var prefixes = map[string]string{
	"pdfaid": pdfaSpace, "pdfuaid": pdfuaSpace, "pdfaExtension": extensionSpace, "pdfaSchema": schemaSpace, "pdfaProperty": propertySpace,
}

// information: both places where a file tells about itself say the same.
func information(d *document, report func(string, ...any)) {
	p, err := d.readPacket()
	if err != nil {
		report("%v", err)
	}
	info := d.dict(d.trailer["Info"])
	for _, pair := range []struct{ key, got, want string }{
		{"Title", decode(d.text(info["Title"])), p.get(dcSpace, "title")},
		{"Author", decode(d.text(info["Author"])), p.get(dcSpace, "creator")},
		{"Subject", decode(d.text(info["Subject"])), p.get(dcSpace, "description")},
		{"Producer", d.text(info["Producer"]), p.get(pdfSpace, "Producer")},
		{"CreationDate", stamp(d.text(info["CreationDate"])), p.get(xmpSpace, "CreateDate")},
		{"ModDate", stamp(d.text(info["ModDate"])), p.get(xmpSpace, "ModifyDate")},
		{"Lang", d.text(d.get(d.trailer, "Root", "Lang")), p.get(dcSpace, "language")},
	} {
		if strings.TrimSpace(pair.got) != pair.want { // the packet's lines are trimmed
			report("%s: %q, in the metadata %q", pair.key, pair.got, pair.want)
		}
	}
}

// stamp turns a PDF date in UTC into the one of XMP.
func stamp(date string) string {
	t, err := time.Parse("D:20060102150405Z", date)
	if err != nil {
		return "not a date: " + date
	}
	return t.Format(time.RFC3339)
}

// schemas: a property of a schema that PDF/A does not know is described.
func schemas(d *document, report func(string, ...any)) {
	p, err := d.readPacket()
	if err != nil {
		report("%v", err)
	}
	described := strings.Split(p.get(schemaSpace, "namespaceURI"), "\n")
	for _, space := range p.spaces {
		if !slices.Contains([]string{dcSpace, xmpSpace, pdfSpace, pdfaSpace, extensionSpace}, space) && !slices.Contains(described, space) {
			report("nothing describes %s", space)
		}
	}
	for _, field := range [][3]string{
		{schemaSpace, "prefix", "pdfuaid"}, {propertySpace, "name", "part"},
		{propertySpace, "valueType", "Integer"}, {propertySpace, "category", "internal"},
	} {
		if got := p.get(field[0], field[1]); got != field[2] {
			report("%s of the described schema: %q", field[1], got)
		}
	}
	if p.get(schemaSpace, "schema") == "" || p.get(propertySpace, "description") == "" {
		report("the described schema lacks words")
	}
}

func intents(d *document, report func(string, ...any)) {
	list := d.array(d.get(d.trailer, "Root", "OutputIntents"))
	if len(list) != 1 {
		report("%d intents", len(list))
	}
	intent := d.dict(list[0])
	if intent["S"] != name("GTS_PDFA1") || d.text(intent["OutputConditionIdentifier"]) == "" || d.text(intent["Info"]) == "" {
		report("%v", intent)
	}
	if profile := d.stream(intent["DestOutputProfile"]); profile == nil || profile.dict["N"] != 3 {
		report("no profile of three channels")
	}
}

func profiles(d *document, report func(string, ...any)) {
	p := d.stream(d.get(d.array(d.get(d.trailer, "Root", "OutputIntents"))[0], "DestOutputProfile")).data
	if int(binary.BigEndian.Uint32(p)) != len(p) || p[8] != 2 || string(p[12:24]) != "mntrRGB XYZ " || string(p[36:40]) != "acsp" {
		report("header %q", p[:40])
	}
	found := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint32(p[128:])) {
		entry := p[132+12*i:]
		start, length := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:])
		if start%4 != 0 {
			report("tag %q at %d", entry[:4], start)
		}
		found[string(entry[:4])] = p[start : start+length]
	}
	for tag, kind := range map[string]string{"desc": "desc", "cprt": "text", "wtpt": "XYZ ", "rXYZ": "XYZ ", "gXYZ": "XYZ ", "bXYZ": "XYZ ", "rTRC": "curv", "gTRC": "curv", "bTRC": "curv"} {
		if data := found[tag]; len(data) < 8 || string(data[:4]) != kind {
			report("tag %s: %q", tag, data)
		}
	}
	for _, channel := range []string{"X", "Y", "Z"} { // the primaries make white
		at := 8 + 4*strings.Index("XYZ", channel)
		total := 0
		for _, primary := range []string{"rXYZ", "gXYZ", "bXYZ"} {
			total += int(int32(binary.BigEndian.Uint32(found[primary][at:])))
		}
		if white := int(binary.BigEndian.Uint32(found["wtpt"][at:])); total-white > 16 || white-total > 16 {
			report("%s of the primaries: %d, of white: %d", channel, total, white)
		}
	}
	if middle := binary.BigEndian.Uint16(found["gTRC"][12+2*128:]); fmt.Sprintf("%.3f", float64(middle)/65535) != "0.216" {
		report("middle of the curve: %d", middle)
	}
}
