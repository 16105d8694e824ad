package typeset

import (
	"encoding/binary"
	"math/bits"
)

type table struct {
	tag  string
	data []byte
}

// checksumMagic minus the sum of the whole file is head.checkSumAdjustment
// (OpenType « head »).
const checksumMagic = 0xB1B0AFBA

// assemble writes a TrueType file of these tables, which come sorted by tag.
func assemble(tables []table) []byte {
	out := sfntHeader(len(tables))
	offset, headAt := len(out)+16*len(tables), 0
	for _, t := range tables {
		if t.tag == "head" {
			binary.BigEndian.PutUint32(t.data[8:], 0)
			headAt = offset
		}
		out = append(out, t.tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(t.data))
		out = binary.BigEndian.AppendUint32(out, uint32(offset))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		offset += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], checksumMagic-checksum(out))
	return out
}

func sfntHeader(count int) []byte {
	power := bits.Len(uint(count)) - 1
	search := 16 << power
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{count, search, power, 16*count - search} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return out
}

// checksum adds the table up as big-endian words, the last one padded with
// zeros.
func checksum(data []byte) (sum uint32) {
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	var last [4]byte
	copy(last[:], data)
	return sum + binary.BigEndian.Uint32(last[:])
}
