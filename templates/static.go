package templates

import "embed"

//go:embed static
var staticFiles embed.FS

// StyleSheet is the one style sheet of the site.
var StyleSheet = mustRead("static/style.css")

// EmbedSheet is that of what other sites show in frames.
var EmbedSheet = mustRead("static/embed.css")

// TeamScript is the one script of the staff's pages: they work without it.
var TeamScript = mustRead("static/team.js")

// CopyScript is the one script of the pages after signing: they work without it.
var CopyScript = mustRead("static/copy.js")

// SignScript is the one script of those who sign: their pages work without it.
var SignScript = mustRead("static/sign.js")

func mustRead(name string) []byte {
	content, err := staticFiles.ReadFile(name)
	must(err)
	return content
}
