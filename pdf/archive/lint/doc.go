// Package lint checks that a file of pdf/archive keeps the rules of PDF/A-2a
// (ISO 19005-2), PDF/UA-1 (ISO 14289-1, and the Matterhorn Protocol's list of
// its failures) and of the parts of PDF (ISO 32000-1) they rest on.
//
// [Check] reads the file with a parser that knows our own output and nothing
// else, so that what it accepts is fully understood: no byte between the
// objects, no operator that a certificate does not need. Of later revisions it
// knows those that archiving adds: a security store, timestamps of the
// document. [Listing] writes down what a screen reader meets.
//
// It is no general validator and is for tests: a fault here is a fault of our
// own program.
//
// # ISO 19005-2, clause by clause
//
//	6.1.2–6.1.4, 6.1.6–6.1.9  the parser: header, trailer, references, strings, streams, objects
//	6.1.3, 6.1.5, 6.1.12, 6.1.13  trailer, information, form, limits
//	6.1.10, 6.2.5–6.2.10      nothing of that kind: inline images, graphics state, images, forms
//	                          other than the field's empty one, transparency (operators, forbidden)
//	6.2.2–6.2.4               pages, operators, output intent, profile: all colour is RGB
//	6.2.11                    the three rules of fonts; no CIDSet, which 6.2.11.4.2 allows
//	6.3, 6.4                  annotations, form, seal, timestamps
//	6.5                       one kind of action, URI; none that starts by itself (annotations, forbidden)
//	6.6                       metadata, schemas
//	6.7                       catalog, elements and all rules of structure
//	6.8–6.11                  nothing of that kind: attachments, layers, presentations, requirements
//
// # Matterhorn Protocol, checkpoint by checkpoint
//
//	01 content tagged, 02 roles      tagged, owners, nesting; no role map
//	03 flicker, 05 sound, 12 stretched characters, 17 formulas, 19 notes, 22 threads
//	                                 nothing of that kind
//	04 contrast, 08 scanned text     for people; there are no images
//	06 metadata, 07 title shown      metadata, information, catalog
//	09 appropriate tags              nesting; whether they fit is for the tests of the pages
//	10 characters, 31 fonts          codes, fontKinds, fontPrograms
//	11 language                      catalog: one for the whole file
//	13 graphics, 14 headings, 15 tables, 16 lists
//	                                 figures, headings, tables, lists
//	18 heads and feet                running
//	20, 21, 24, 25, 29, 30           forbidden, operators
//	23 signatures, 28 annotations    form, seal, timestamps, annotations, annotationTags, pages
//	26 security                      trailer
//	27 navigation                    bookmarks
//
// # What comes after the seal
//
//	PDF 7.5.6, 14.4, 2.0 12.8.2.2    trailers, updates
//	EN 319 142-1, 5.4, 5.6, 6.3      securityStore, timestamps, seal
//
// # What a program cannot judge
//
// Reading order, the sense of alternative texts, and that what looks like a
// heading is one, are for the tests of the pages and for people.
package lint
