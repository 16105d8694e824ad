// Package templates holds every word people read: pages, mails, declaration
// texts and message catalogues, embedded in the binary.
//
// # Pages
//
// A page is a Go struct that embeds [Frame] and names its file under pages/.
// [Render] executes layout.html with that file and the shared blocks of
// blocks.html, into memory: a page that fails half-way sends nothing. Pages
// hold no words of their own; they ask the catalogue through Frame.T and
// Frame.N.
//
//	type Thanks struct {
//		Frame
//		Number string
//	}
//
//	func (Thanks) File() string { return "signature_thanks" }
//
// To add a page: the struct, pages/<file>.html that defines "title" and
// "main", its sentences in locales/*.fr.json and *.en.json, and a sample in
// the tests, which refuse a page without one.
//
// # Words
//
// Catalogues are flat JSON, one file per part of the site and language. French
// comes first and is complete; tests hold both languages to the same keys,
// every key to a use, and French to its typography. Refusals of package
// workflow carry keys of locales/errors.*.json.
//
// # Texts
//
// declarations/ holds the exact text of each published version, in Markdown:
// see [Declarations]. A version that was once published is never edited.
package templates
