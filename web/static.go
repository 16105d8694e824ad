package web

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// styleFile is named by its content, so that browsers may keep it for ever.
var styleFile = "style-" + shortHash(templates.StyleSheet) + ".css"

var styleAddress = "/static/" + styleFile

func shortHash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

func (s *Server) static(c *fiber.Ctx) error {
	if c.Params("file") != styleFile {
		return refusal(workflow.NotFound, "request.not-found")
	}
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Send(templates.StyleSheet)
}
