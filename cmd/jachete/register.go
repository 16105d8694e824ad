package main

// registerCommand reads and writes the register of signatories as files.
type registerCommand struct {
	Export registerExportCommand `cmd:"" help:"Write the register of a pôle, or of all."`
	Import registerImportCommand `cmd:"" help:"Enter signatories who signed on paper from a CSV file; one verdict per line."`
}
