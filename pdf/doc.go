// Package pdf makes the certificate of a signed declaration: pages, then seal.
//
// [Sealer] implements workflow.Sealer. It draws the declaration as signed and
// a page of evidence on gofpdf (declaration.go, evidence.go), with text set by
// pdf/typeset, lets pdf/archive write the file, and pdf/pades seal it. The
// same content gives the same bytes before the seal; nothing on the pages
// comes from a clock.
//
// [Draft] makes the unsigned « projet » for a council from the same parts, with
// a model resolution (draft.go, draftwords.go).
//
// # How a page is made
//
// Everything written is a list of rows (layout.go): a composer turns content
// into rows, which can be measured; then they are drawn and flow to further
// pages. So a long name moves what is below it and leaves no box. The words
// are in words.go, colours and sizes in look.go.
//
// Every line belongs to an element of the structure, for screen readers, and all
// other drawing is an artifact (tag.go). Elements are made while composing and
// join the tree when they are drawn.
//
// Rendering runs under recover: whatever a text does, the answer is an error.
package pdf
