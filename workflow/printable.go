package workflow

import "unicode"

// printableRunes are the characters that the faces of the certificate hold, of
// Latin with Vietnamese, Greek, Cyrillic, Canadian syllabics and punctuation. A
// name that could not be printed is refused when it is typed, not when it is
// sealed; a test in package pdf holds this table to the faces.
var printableRunes = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0020, Hi: 0x007E, Stride: 1}, {Lo: 0x00A0, Hi: 0x00AC, Stride: 1}, {Lo: 0x00AE, Hi: 0x0148, Stride: 1},
	{Lo: 0x014A, Hi: 0x017F, Stride: 1}, {Lo: 0x018F, Hi: 0x018F, Stride: 1}, {Lo: 0x0192, Hi: 0x0192, Stride: 1},
	{Lo: 0x01A0, Hi: 0x01A1, Stride: 1}, {Lo: 0x01AF, Hi: 0x01B0, Stride: 1}, {Lo: 0x01CD, Hi: 0x01DC, Stride: 1},
	{Lo: 0x01E6, Hi: 0x01E7, Stride: 1}, {Lo: 0x01EA, Hi: 0x01EB, Stride: 1}, {Lo: 0x01F4, Hi: 0x01F5, Stride: 1},
	{Lo: 0x01FA, Hi: 0x021B, Stride: 1}, {Lo: 0x0232, Hi: 0x0233, Stride: 1}, {Lo: 0x0237, Hi: 0x0237, Stride: 1},
	{Lo: 0x0259, Hi: 0x0259, Stride: 1}, {Lo: 0x02BB, Hi: 0x02BC, Stride: 1}, {Lo: 0x0300, Hi: 0x0304, Stride: 1},
	{Lo: 0x0306, Hi: 0x030A, Stride: 1}, {Lo: 0x030C, Hi: 0x030C, Stride: 1}, {Lo: 0x031B, Hi: 0x031B, Stride: 1},
	{Lo: 0x0323, Hi: 0x0323, Stride: 1}, {Lo: 0x0326, Hi: 0x0328, Stride: 1}, {Lo: 0x0386, Hi: 0x0386, Stride: 1},
	{Lo: 0x0388, Hi: 0x038A, Stride: 1}, {Lo: 0x038C, Hi: 0x038C, Stride: 1}, {Lo: 0x038E, Hi: 0x03A1, Stride: 1},
	{Lo: 0x03A3, Hi: 0x03CE, Stride: 1}, {Lo: 0x0400, Hi: 0x045F, Stride: 1}, {Lo: 0x0490, Hi: 0x049D, Stride: 1},
	{Lo: 0x04A0, Hi: 0x04FF, Stride: 1}, {Lo: 0x1400, Hi: 0x167F, Stride: 1}, {Lo: 0x18B0, Hi: 0x18F5, Stride: 1},
	{Lo: 0x1E02, Hi: 0x1E03, Stride: 1}, {Lo: 0x1E0A, Hi: 0x1E0B, Stride: 1}, {Lo: 0x1E1E, Hi: 0x1E21, Stride: 1},
	{Lo: 0x1E24, Hi: 0x1E25, Stride: 1}, {Lo: 0x1E30, Hi: 0x1E37, Stride: 1}, {Lo: 0x1E40, Hi: 0x1E47, Stride: 1},
	{Lo: 0x1E56, Hi: 0x1E57, Stride: 1}, {Lo: 0x1E60, Hi: 0x1E6F, Stride: 1}, {Lo: 0x1E80, Hi: 0x1E85, Stride: 1},
	{Lo: 0x1E8C, Hi: 0x1E93, Stride: 1}, {Lo: 0x1E97, Hi: 0x1E97, Stride: 1}, {Lo: 0x1E9E, Hi: 0x1E9E, Stride: 1},
	{Lo: 0x1EA0, Hi: 0x1EF9, Stride: 1}, {Lo: 0x2010, Hi: 0x2015, Stride: 1}, {Lo: 0x2018, Hi: 0x201E, Stride: 1},
	{Lo: 0x2020, Hi: 0x2022, Stride: 1}, {Lo: 0x2026, Hi: 0x2026, Stride: 1}, {Lo: 0x202F, Hi: 0x2030, Stride: 1},
	{Lo: 0x2032, Hi: 0x2033, Stride: 1}, {Lo: 0x2039, Hi: 0x203A, Stride: 1}, {Lo: 0x2044, Hi: 0x2044, Stride: 1},
	{Lo: 0x20AC, Hi: 0x20AC, Stride: 1}, {Lo: 0x2116, Hi: 0x2116, Stride: 1}, {Lo: 0x2122, Hi: 0x2122, Stride: 1},
	{Lo: 0x2212, Hi: 0x2212, Stride: 1},
}}

func printable(r rune) bool { return unicode.Is(printableRunes, r) }
