package web

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// clientIP is the address of the client: the peer, or behind our own proxies
// the right-most hop that is not one of them. What stands further left was
// written by the client.
func (s *Server) clientIP(c *fiber.Ctx) netip.Addr {
	peer := peerAddr(c)
	if !s.trusts(peer) {
		return peer
	}
	var hops []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return peer // nobody we trust wrote that
		}
		if addr = addr.Unmap(); !s.trusts(addr) {
			return addr
		}
	}
	return peer
}

func peerAddr(c *fiber.Ctx) netip.Addr {
	addr, _ := netip.ParseAddrPort(c.Context().RemoteAddr().String())
	return addr.Addr().Unmap()
}

func (s *Server) trusts(addr netip.Addr) bool {
	return slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}
