package mail

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
)

// security is how a connection to a relay is protected.
type security int

const (
	startTLS    security = iota // begins in clear, goes no further without STARTTLS
	implicitTLS                 // TLS from the first byte (RFC 8314)
	plain                       // in clear, on this machine only
)

// Relay is the server that takes our mail.
type Relay struct {
	host           string
	port           int
	security       security
	user, password string // both empty when it asks for none
}

var relaySchemes = map[string]struct {
	security security
	port     int
}{
	"smtp":       {startTLS, 587},
	"smtps":      {implicitTLS, 465},
	"smtp+plain": {plain, 25},
}

// ParseSMTP reads the address of a relay: smtp://user:pass@host:587 (STARTTLS
// required), smtps://user:pass@host:465, or smtp+plain://127.0.0.1:2525, which
// is for this machine only. Its errors never hold the password.
func ParseSMTP(address string) (Relay, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Relay{}, errors.New("SMTP address: cannot be read; is a character of the password not percent-encoded?")
	}
	scheme, known := relaySchemes[u.Scheme]
	if !known {
		return Relay{}, errors.New("SMTP address: must start with smtp://, smtps:// or smtp+plain://")
	}
	if (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return Relay{}, errors.New("SMTP address: nothing may follow host and port")
	}
	r := Relay{security: scheme.security}
	if r.host, r.port, err = hostPort(u.Host, scheme.port); err != nil {
		return Relay{}, err
	}
	if r.security == plain && !loopback(r.host) {
		return Relay{}, fmt.Errorf("SMTP address: smtp+plain:// is for this machine only, not for %s; use smtp:// or smtps://", r.host)
	}
	r.user = u.User.Username()
	r.password, _ = u.User.Password()
	if (r.user == "") != (r.password == "") {
		return Relay{}, errors.New("SMTP address: user and password go together")
	}
	return r, nil
}

func hostPort(s string, usual int) (string, int, error) {
	host, port, err := net.SplitHostPort(s)
	if err != nil { // no port
		host, port, err = net.SplitHostPort(s + ":" + strconv.Itoa(usual))
	}
	number, wrong := strconv.Atoi(port)
	if err != nil || wrong != nil || host == "" || number < 1 || number > 65535 {
		return "", 0, errors.New("SMTP address: needs a host, and a port from 1 to 65535 if any")
	}
	return host, number, nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && ip.Unmap().IsLoopback())
}

// String is the relay without its password.
func (r Relay) String() string {
	return net.JoinHostPort(r.host, strconv.Itoa(r.port))
}

// GoString keeps the password out of %#v.
func (r Relay) GoString() string { return r.String() }
