package web

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// The style sheets and the scripts are named by their content, so that browsers
// may keep them for ever.
var (
	styleFile  = "style-" + shortHash(templates.StyleSheet) + ".css"
	embedFile  = "embed-" + shortHash(templates.EmbedSheet) + ".css"
	scriptFile = "team-" + shortHash(templates.TeamScript) + ".js"
	copyFile   = "copy-" + shortHash(templates.CopyScript) + ".js"
	signScript = "sign-" + shortHash(templates.SignScript) + ".js"
)

var (
	styleAddress  = "/static/" + styleFile
	embedAddress  = "/static/" + embedFile
	scriptAddress = "/static/" + scriptFile
	copyAddress   = "/static/" + copyFile

	signScriptAddress = "/static/" + signScript
)

// staticFile is a file with its media type.
type staticFile struct {
	kind    string
	content []byte
}

var staticFiles = map[string]staticFile{
	styleFile:  {"text/css; charset=utf-8", templates.StyleSheet},
	embedFile:  {"text/css; charset=utf-8", templates.EmbedSheet},
	scriptFile: {"text/javascript; charset=utf-8", templates.TeamScript},
	copyFile:   {"text/javascript; charset=utf-8", templates.CopyScript},
	signScript: {"text/javascript; charset=utf-8", templates.SignScript},
}

func shortHash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

func (s *Server) static(c *fiber.Ctx) error {
	file, ok := staticFiles[c.Params("file")]
	if !ok {
		return refusal(workflow.NotFound, "request.not-found")
	}
	c.Set(fiber.HeaderContentType, file.kind)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Send(file.content)
}
