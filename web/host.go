package web

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// hostList is the names we answer for.
type hostList struct {
	name     string // host, with its port unless it is the scheme's
	scheme   string
	loopback bool // any loopback name will do: demonstration and development
}

func hostsOf(base *url.URL) hostList {
	return hostList{name: strings.ToLower(withoutDefaultPort(base.Host, base.Scheme)), scheme: base.Scheme, loopback: isLoopback(base)}
}

func isLoopback(u *url.URL) bool {
	name, ok := splitHost(u.Host)
	return ok && loopbackName(name)
}

func loopbackName(name string) bool {
	if name == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(name)
	return err == nil && addr.IsLoopback()
}

func withoutDefaultPort(host, scheme string) string {
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}

// checkHost refuses a Host that is malformed (400) or not ours (421, RFC 9110
// §15.5.20), so that no answer is ever made under a stranger's name.
func (s *Server) checkHost(c *fiber.Ctx) error {
	host := strings.ToLower(string(c.Request().Header.Host()))
	name, ok := splitHost(host)
	switch {
	case !ok:
		c.Context().SetConnectionClose()
		return fiber.ErrBadRequest
	case withoutDefaultPort(host, s.hosts.scheme) == s.hosts.name, s.hosts.loopback && loopbackName(name):
		return c.Next()
	}
	return fiber.ErrMisdirectedRequest
}

// splitHost gives the name of a well-formed host, without its port.
func splitHost(host string) (string, bool) {
	if host == "" || strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-_:[]", r) }) {
		return "", false
	}
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return strings.Trim(host, "[]"), !strings.Contains(host, ":") || strings.HasSuffix(host, "]")
	}
	n, err := strconv.Atoi(port)
	return name, err == nil && n > 0 && n < 65536
}
