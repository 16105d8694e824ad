// Package archive makes a certificate of pages: it takes what gofpdf drew on
// them and writes a file around it, in one revision, with what gofpdf cannot
// say, so that it conforms to PDF/A-2a and PDF/UA-1: our own fonts, structure
// tree, bookmarks, metadata, output intent, language, identifier, link
// annotations, and the signature field with room for the seal.
//
// [New] lays out and compresses everything once; [File.Bytes] writes the file without
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
// Catalog, page tree, first page, annotations and seal are plain objects; all
// other dictionaries are in one object stream. What a seal changes comes last,
// before the cross-reference stream only. pdf/archive/lint reads it all back.
package archive
