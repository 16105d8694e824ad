// Package archive finishes a certificate: it takes the pages that gofpdf drew
// and writes the whole file again, in one revision, with what gofpdf cannot
// say, so that it conforms to PDF/A-2a and PDF/UA-1: our own fonts, structure
// tree, bookmarks, metadata, output intent, language, identifier, link
// annotations, and the signature field with room for the seal.
//
// [Pages] reads gofpdf's output. It is strict: gofpdf's files are so regular
// (page n is object 1+2n and its content 2+2n, classic cross-reference table,
// catalog last) that anything else is an error, not something to repair. [New]
// lays out and compresses everything once; [File.Bytes] writes the file without
// seal, the same bytes for the same document, and [File.Reserve] writes it with
// a signature dictionary.
//
// # Structure
//
// Whoever draws the pages asks [Tree.Mark] for the number of each marked-content
// sequence and writes it around what it draws. The tree is in the order of the
// first marks, which is the reading order; headings become bookmarks by
// themselves, annotations name their element.
//
// # Where things are in a file
//
// Catalog, pages, annotations, field and seal are plain objects; the structure
// tree and other small dictionaries are in one object stream; the
// cross-reference stream comes last. pdf/archive/lint reads it all back.
package archive
