// Package typeset sets text on the pages of a gofpdf document.
//
// # Why not gofpdf's own fonts
//
// gofpdf's UTF-8 fonts redo the font work for every document (21 ms), write a
// wrong ToUnicode above U+00FF, change the bytes they are given (a data race)
// and panic above U+FFFF. Here a face is parsed once per process and never
// changes; a document keeps only the list of runes it used.
//
// # How it goes
//
// [Break] cuts runs of styled text into lines of a given width. A [Book]
// belongs to one document: [Book.Line] is the only place where text reaches a
// page, so marked content and tags have one home. When the pages are finished
// [Book.Fonts] gives, for each face used, the subset of it to embed: one code
// per rune, so that what is copied out of the file is what was put in, even
// where two runes look the same (space and no-break space).
//
// Text is normalised to NFC. A rune that no face holds is never replaced by a
// box: [Missing] tells it beforehand, and [Book.Err] afterwards.
//
// Lengths are points (1/72 inch); positions count from the top left corner of
// the page, as gofpdf counts them.
package typeset
