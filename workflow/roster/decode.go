package roster

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const byteOrderMark = "\xef\xbb\xbf"

// workbooks are how the files of spreadsheet programs begin: a zip (XLSX, ODS)
// and the older compound file (XLS).
var workbooks = []string{"PK\x03\x04", "\xd0\xcf\x11\xe0"}

// decode gives the text of a file in UTF-8.
func decode(file []byte) (string, error) {
	for _, start := range workbooks {
		if bytes.HasPrefix(file, []byte(start)) {
			return "", &Fault{Reason: ReasonWorkbook}
		}
	}
	switch {
	case len(file) > MaxBytes:
		return "", &Fault{Reason: ReasonLarge}
	case isUTF16(file):
		return "", &Fault{Reason: ReasonUTF16}
	case bytes.IndexByte(file, 0) >= 0:
		return "", &Fault{Reason: ReasonNUL, Line: lineOf(file, bytes.IndexByte(file, 0))}
	}
	text, marked := bytes.CutPrefix(file, []byte(byteOrderMark))
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return "", &Fault{Reason: ReasonEmpty}
	case bytes.IndexByte(text, '\r') >= 0 && bytes.IndexByte(text, '\n') < 0:
		return "", &Fault{Reason: ReasonLines, Line: 1}
	case utf8.Valid(text):
		return string(text), nil
	case marked || mostlyUTF8(text):
		return "", &Fault{Reason: ReasonEncoding, Line: lineOf(text, firstInvalid(text))}
	}
	return windows1252(text)
}

// isUTF16 sees the mark, or what ASCII becomes without one: a NUL beside each
// letter.
func isUTF16(file []byte) bool {
	return bytes.HasPrefix(file, []byte("\xff\xfe")) || bytes.HasPrefix(file, []byte("\xfe\xff")) ||
		len(file) > 0 && bytes.Count(file, []byte{0}) >= (len(file)+3)/4
}

// mostlyUTF8 tells UTF-8 with a few wrong bytes, as when two files were glued
// together, from Windows-1252, where two letters seldom look like one of UTF-8.
func mostlyUTF8(text []byte) bool {
	good, bad := 0, 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		text = text[size:]
	}
	return good >= bad
}

func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

// unassigned are the bytes that Windows-1252 gives no character.
const unassigned = "\x81\x8d\x8f\x90\x9d"

func windows1252(text []byte) (string, error) {
	for i, b := range text {
		if strings.IndexByte(unassigned, b) >= 0 {
			return "", &Fault{Reason: ReasonEncoding, Line: lineOf(text, i)}
		}
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(text)
	if err != nil {
		return "", &Fault{Reason: ReasonEncoding}
	}
	return string(decoded), nil
}

// lineOf is the line of the byte at offset at, from 1.
func lineOf(text []byte, at int) int { return 1 + bytes.Count(text[:at], []byte("\n")) }
