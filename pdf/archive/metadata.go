package archive

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"
)

// producer is named in both places where a file names its maker.
const producer = "jachete"

// info adds the document information; [metadata] says the same.
func info(o *objects, doc Document) int {
	created := date(doc.Created)
	return o.packf("<</Title %s /Author %s /Subject %s /Producer (%s) /CreationDate %s /ModDate %s>>",
		text(doc.Title), text(doc.Author), text(doc.Subject), producer, created, created)
}

// metadata adds the XMP packet, readable without any PDF program (ISO 19005-2,
// 6.6.2). It claims both standards; the schema of the second one is not among
// those PDF/A knows, so it is described (6.6.2.3.3).
func metadata(o *objects, doc Document) int {
	stamp := doc.Created.UTC().Format(time.RFC3339)
	packet := fmt.Appendf(nil, packetFormat, escape(doc.Title), escape(doc.Author), escape(doc.Subject),
		doc.Language, stamp, stamp, producer)
	body := fmt.Appendf(nil, "<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream", len(packet), packet)
	return o.add(body)
}

// escape writes s as XML character data.
func escape(s string) []byte {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(s)) // a buffer never fails
	return out.Bytes()
}

// date is a PDF date in UTC, as a string object (ISO 32000-1, 7.9.4).
func date(t time.Time) string { return t.UTC().Format("(D:20060102150405Z)") }

// packetFormat holds both claims, what [info] says, and the schema of the second
// claim. The prefixes are those that PDF/A wants.
const packetFormat = `<?xpacket begin="` + "\uFEFF" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><pdf:Producer>%s</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
