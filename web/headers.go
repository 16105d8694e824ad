package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// policy is the content security policy of every page: our own style sheet and
// nothing else, no frames, forms only to ourselves.
const policy = "default-src 'none'; script-src 'nonce-%s'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

// policyFile is that of files, which must never act as pages of ours.
const policyFile = "sandbox; default-src 'none'; frame-ancestors 'none'"

// hsts is two years, as preload lists ask.
const hsts = "max-age=63072000; includeSubDomains"

// setHeaders puts the security headers on an answer, whatever becomes of it.
func (s *Server) setHeaders(f *fasthttp.RequestCtx) {
	h := &f.Response.Header
	h.Set(fiber.HeaderContentSecurityPolicy, fmt.Sprintf(policy, f.UserValue(keyNonce)))
	h.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	h.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	h.Set(fiber.HeaderXFrameOptions, "DENY") // for browsers without frame-ancestors
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()")
	if s.secure {
		h.Set(fiber.HeaderStrictTransportSecurity, hsts)
	}
	keepPrivate(h) // public routes say otherwise
}
