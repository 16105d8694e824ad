package lint

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"slices"
)

var utc = regexp.MustCompile(`^D:\d{14}Z$`)

// seal: the dictionary is a certification that allows no change, and the file
// declares how it is encoded.
func seal(d *document, report func(string, ...any)) {
	field := d.sealField()
	if field == nil {
		return
	}
	value := d.dict(field["V"])
	for key, want := range map[name]any{"Type": name("Sig"), "Filter": name("Adobe.PPKLite"), "SubFilter": name("ETSI.CAdES.detached")} {
		if value[key] != want {
			report("/%s %v", key, value[key])
		}
	}
	d.onlyKeys(value, report, "Type", "Filter", "SubFilter", "M", "Name", "Reference", "ByteRange", "Contents")
	if !utc.MatchString(d.text(value["M"])) {
		report("time %q", d.text(value["M"]))
	}
	references := d.array(value["Reference"])
	if len(references) != 1 {
		report("references %v", references)
		return
	}
	reference := d.dict(references[0])
	d.onlyKeys(reference, report, "Type", "TransformMethod", "TransformParams")
	if p := d.dict(reference["TransformParams"]); reference["TransformMethod"] != name("DocMDP") || p["P"] != 1 || p["V"] != name("1.2") {
		report("transform %v", reference)
	}
	level, _ := d.get(d.trailer, "Root", "Extensions", "ESIC", "ExtensionLevel").(int)
	if base := d.get(d.trailer, "Root", "Extensions", "ESIC", "BaseVersion"); base != name("1.7") || level < 2 {
		report("extensions %v", d.get(d.trailer, "Root", "Extensions"))
	}
	d.covered(field["V"], report)
}

// timestamps: a token of everything up to the end of its revision but itself.
func timestamps(d *document, report func(string, ...any)) {
	for _, v := range d.array(d.get(d.trailer, "Root", "AcroForm", "Fields")) {
		field := d.dict(v)
		if !d.isStamp(field) {
			continue
		}
		value := d.dict(field["V"])
		if value["Filter"] != name("Adobe.PPKLite") || value["SubFilter"] != name("ETSI.RFC3161") {
			report("timestamp %v", field["V"])
		}
		d.onlyKeys(value, report, "Type", "Filter", "SubFilter", "ByteRange", "Contents")
		d.covered(field["V"], report)
	}
}

func (d *document) onlyKeys(v dict, report func(string, ...any), keys ...name) {
	for key := range v {
		if !slices.Contains(keys, key) {
			report("/%s", key)
		}
	}
}

// covered: the range leaves out exactly the contents, and ends with the
// revision that they came in; the contents are one CMS of one signer with the
// certificate in it, and zeros.
func (d *document) covered(value any, report func(string, ...any)) {
	object, _ := value.(ref)
	var n [4]int
	if _, err := fmt.Sscanf(fmt.Sprint(d.dict(value)["ByteRange"]), "[%d %d %d %d]", &n[0], &n[1], &n[2], &n[3]); err != nil {
		report("byte range: %v", err)
		return
	}
	end := -1
	for _, r := range d.revisions {
		if r.own[int(object)] != nil {
			end = r.end
		}
	}
	contents := []byte(d.text(d.dict(value)["Contents"]))
	if n[0] != 0 || n[1] < 0 || n[2] < n[1] || n[2]+n[3] != end {
		report("byte range %v, its revision ends at %d", n, end)
	} else if gap := d.raw[n[1]:n[2]]; !bytes.EqualFold(gap, fmt.Appendf(nil, "<%s>", hex.EncodeToString(contents))) {
		report("byte range %v does not leave out the contents", n)
	}
	if err := readable(contents); err != nil {
		report("contents: %v", err)
	}
}

// readable finds the signer's certificate in a CMS (RFC 5652, 5.1).
func readable(contents []byte) error {
	var cms struct {
		Type    asn1.ObjectIdentifier
		Content struct {
			Version      int
			Digests      asn1.RawValue
			Content      asn1.RawValue
			Certificates asn1.RawValue `asn1:"tag:0"`
			Signers      []struct {
				Version int
				ID      struct {
					Issuer asn1.RawValue
					Serial *big.Int
				}
				Digest     asn1.RawValue
				Attributes asn1.RawValue `asn1:"tag:0"`
				Algorithm  asn1.RawValue
				Signature  []byte
				Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
			} `asn1:"set"`
		} `asn1:"explicit,tag:0"`
	}
	rest, err := asn1.Unmarshal(contents, &cms)
	if err != nil {
		return err
	}
	if len(bytes.Trim(rest, "\x00")) > 0 || len(cms.Content.Signers) != 1 {
		return fmt.Errorf("%d signers, %d bytes after it", len(cms.Content.Signers), len(rest))
	}
	id := cms.Content.Signers[0].ID
	serial, err := asn1.Marshal(id.Serial)
	if err != nil || !bytes.Contains(cms.Content.Certificates.Bytes, serial) || !bytes.Contains(cms.Content.Certificates.Bytes, id.Issuer.FullBytes) {
		return fmt.Errorf("without the certificate of its signer")
	}
	return nil
}
