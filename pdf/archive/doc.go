// Package archive finishes a certificate: it takes the pages that gofpdf drew
// and writes the whole file again, in one revision, with what gofpdf cannot
// say: our own fonts, language, identifier, link annotations, and the
// signature field with room for the seal.
//
// [Pages] reads gofpdf's output. It is strict: gofpdf's files are so regular
// (page n is object 1+2n and its content 2+2n, classic cross-reference table,
// catalog last) that anything else is an error, not something to repair.
// [New] compresses pages and fonts once; [File.Bytes] writes the file without
// seal, the same bytes for the same document, and [File.Reserve] writes it
// with a signature dictionary.
//
// Output intent, XMP and the structure tree of PDF/A and PDF/UA belong here
// too: each is one more object of the catalog in write.go.
package archive
