package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// sendCertificate sends a sealed file to be kept, not opened as a page.
func sendCertificate(c *fiber.Ctx, cert workflow.Certificate) error {
	return sendFile(c, "attestation-"+cert.Number+".pdf", "application/pdf", cert.PDF)
}

// sendFile sends bytes as an attachment (RFC 6266). The name is ASCII or is
// given in UTF-8 beside an ASCII one.
func sendFile(c *fiber.Ctx, name, mediaType string, content []byte) error {
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+asciiName(name)+`"; filename*=UTF-8''`+url.PathEscape(name))
	c.Set(fiber.HeaderContentSecurityPolicy, policyFile)
	return c.Send(content)
}

// asciiName keeps what no program misreads in a quoted string.
func asciiName(name string) string {
	clean := []byte(name)
	for i, b := range clean {
		if b < '!' || b > '~' || b == '"' || b == '\\' || b == '/' || b == '%' {
			clean[i] = '_'
		}
	}
	return string(clean)
}
