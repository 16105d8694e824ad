package archive

import (
	"encoding/binary"
	"math"
	"sync"
)

// intent adds the output intent: every colour of the pages is sRGB (ISO
// 19005-2, 6.2.3).
func intent(o *objects) int {
	profile := o.add(packedProfile())
	return o.packf("<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>", profile)
}

// packedProfile is the stream of the profile, the same in all files.
var packedProfile = sync.OnceValue(func() []byte {
	body, err := streamBody(" /N 3", profile())
	if err != nil {
		panic(err) // a buffer never fails
	}
	return body
})

// tag is an element of a profile.
type tag struct {
	signature string
	data      []byte
}

// profile is an ICC display profile of version 2.1 (ICC.1:2001-04) for the
// sRGB colour space: primaries adapted to D50, and one tone curve for all.
func profile() []byte {
	curve := toneCurve()
	tags := []tag{
		{"desc", description("sRGB")}, {"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright\x00"...)},
		{"wtpt", xyz(0.96420, 1, 0.82491)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)}, {"gXYZ", xyz(0.38515, 0.71687, 0.09708)}, {"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	start, last := 128+4+12*len(tags), 0
	for i, t := range tags {
		if i == 0 || &t.data[0] != &tags[i-1].data[0] { // curves share their data
			last = start + len(data)
			data = append(data, t.data...)
			data = append(data, make([]byte, -len(data)&3)...)
		}
		table = append(table, t.signature...)
		table = binary.BigEndian.AppendUint32(table, uint32(last))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
	}
	return append(append(profileHeader(start+len(data)), table...), data...)
}

func profileHeader(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	copy(h[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	binary.BigEndian.PutUint16(h[24:], 2000) // date of the profile, constant
	h[27], h[29] = 1, 1
	copy(h[36:], "acsp")
	copy(h[68:], xyz(0.96420, 1, 0.82491)[8:]) // illuminant of the connection space
	return h
}

// xyz is a colour in three numbers with 16 bits after the point.
func xyz(values ...float64) []byte {
	out := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, uint32(math.Round(v*65536)))
	}
	return out
}

// description names the profile in ASCII; Unicode and Macintosh names are empty.
func description(name string) []byte {
	out := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	out = append(append(out, name...), 0)
	return append(out, make([]byte, 8+3+67)...)
}

// toneCurve samples the transfer function of sRGB (IEC 61966-2-1).
func toneCurve() []byte {
	const points = 256
	out := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), points)
	for i := range points {
		v := float64(i) / (points - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		out = binary.BigEndian.AppendUint16(out, uint16(math.Round(v*65535)))
	}
	return out
}
