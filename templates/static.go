package templates

import "embed"

//go:embed static
var staticFiles embed.FS

// StyleSheet is the one style sheet of the site.
var StyleSheet = mustRead("static/style.css")

func mustRead(name string) []byte {
	content, err := staticFiles.ReadFile(name)
	must(err)
	return content
}
