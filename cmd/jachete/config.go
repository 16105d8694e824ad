package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"jachete/mail"
	"jachete/pdf/pades/token"
	"jachete/workflow"
)

// Config is read from flags, then the environment, then the defaults below.
// Every secret may also be given as a file, by the variable's name followed by
// _FILE.
type Config struct {
	Addr           string `help:"Listen address." env:"JACHETE_ADDR" default:"127.0.0.1:8080" group:"config"`
	BaseURL        string `name:"base-url" help:"Public address: the only source of links." env:"JACHETE_BASE_URL" default:"http://127.0.0.1:8080" group:"config"`
	Data           string `help:"Folder for the SQLite file, keys and development mailbox." env:"JACHETE_DATA" default:"./data" group:"config"`
	Database       string `help:"sqlite:FILE or postgres://…; SQLite in the data folder when empty." env:"JACHETE_DATABASE" group:"config"`
	SMTP           string `name:"smtp" help:"Mail relay; when empty, mail is written as files." env:"JACHETE_SMTP" group:"config"`
	MailFrom       string `help:"Envelope and From address." env:"JACHETE_MAIL_FROM" group:"config"`
	MailBounce     string `help:"Address, or @domain, that mail which cannot be delivered comes back to, one of its own for each mail." env:"JACHETE_MAIL_BOUNCE" group:"config"`
	BounceMaildir  string `help:"Maildir in which the mail server leaves what comes back." env:"JACHETE_BOUNCE_MAILDIR" group:"config"`
	DKIMKey        string `name:"dkim-key" help:"PEM private key that signs outgoing mail." env:"JACHETE_DKIM_KEY" group:"config"`
	DKIMSelector   string `name:"dkim-selector" help:"DKIM selector of that key." env:"JACHETE_DKIM_SELECTOR" group:"config"`
	SealP12        string `name:"seal-p12" help:"PKCS#12 file with the seal's key and chain." env:"JACHETE_SEAL_P12" group:"config"`
	SealPassword   string `help:"Password of that file." env:"JACHETE_SEAL_P12_PASSWORD" group:"config"`
	SealKey        string `help:"PEM file with the seal's key." env:"JACHETE_SEAL_KEY" group:"config"`
	SealChain      string `help:"PEM file with the seal's chain." env:"JACHETE_SEAL_CHAIN" group:"config"`
	SealPKCS11     string `name:"seal-pkcs11" help:"RFC 7512 URI of the seal's key in a token, with module-path." env:"JACHETE_SEAL_PKCS11" group:"config"`
	SealPIN        string `name:"seal-pkcs11-pin" help:"PIN of that token." env:"JACHETE_SEAL_PKCS11_PIN" group:"config"`
	TSA            string `name:"tsa" help:"RFC 3161 timestamp authorities, comma-separated, tried in order; or self, the service's own." env:"JACHETE_TSA" group:"config"`
	TSACA          string `name:"tsa-ca" help:"PEM file with the roots of those authorities." env:"JACHETE_TSA_CA" group:"config"`
	TrustedProxies string `help:"CIDRs whose X-Forwarded-For is believed, comma-separated." env:"JACHETE_TRUSTED_PROXIES" group:"config"`
	AdminAddr      string `help:"Listen address of metrics and readiness." env:"JACHETE_ADMIN_ADDR" default:"127.0.0.1:9090" group:"config"`
	Log            string `help:"Least level logged: debug, info, warn or error." env:"JACHETE_LOG" default:"info" group:"config"`
	JSON           bool   `name:"json" help:"Print records as JSON." group:"config"`
}

// settings is a configuration that was checked.
type settings struct {
	Config
	base        *url.URL
	dsn         string
	proxies     []netip.Prefix
	relay       *mail.Relay // nil: mail goes to files
	token       token.URI   // with SealPKCS11
	authorities []string    // outside timestamp authorities
	log         slog.Level
}

// check reads the whole configuration and gives every problem at once, as a
// misuse.
func (c Config) check() (settings, error) {
	s := settings{Config: c}
	var p problems
	p.note(s.readBase())
	p.note(s.readDatabase())
	p.note(s.readProxies()...)
	p.note(s.readMail()...)
	p.note(s.readSeal()...)
	p.note(s.readAuthorities()...)
	p.note(wrap("JACHETE_LOG", s.log.UnmarshalText([]byte(c.Log))))
	for _, a := range []struct{ name, addr string }{{"JACHETE_ADDR", c.Addr}, {"JACHETE_ADMIN_ADDR", c.AdminAddr}} {
		_, _, err := net.SplitHostPort(a.addr)
		p.note(wrap(a.name, err))
	}
	return s, p.err()
}

func (s *settings) readBase() error {
	u, err := url.Parse(s.BaseURL)
	switch {
	case err != nil:
		return fmt.Errorf("JACHETE_BASE_URL: not an address: %q", s.BaseURL)
	case u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("JACHETE_BASE_URL: want https://host, have %q", s.BaseURL)
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return fmt.Errorf("JACHETE_BASE_URL: want only scheme and host, have %q", u.Redacted())
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return fmt.Errorf("JACHETE_BASE_URL: must be https:// unless the host is loopback, have %q", s.BaseURL)
	}
	u.Path = ""
	s.base = u
	return nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func (s *settings) readDatabase() error {
	s.dsn = s.Database
	switch {
	case s.dsn == "":
		s.dsn = "sqlite:" + filepath.Join(s.Data, "jachete.db")
	case !strings.HasPrefix(s.dsn, "sqlite:") && !strings.HasPrefix(s.dsn, "postgres://") && !strings.HasPrefix(s.dsn, "postgresql://"):
		return fmt.Errorf("JACHETE_DATABASE: want sqlite:FILE or postgres://…")
	}
	return nil
}

func (s *settings) readProxies() (errs []error) {
	for text := range strings.SplitSeq(s.TrustedProxies, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if addr, addrErr := netip.ParseAddr(text); err != nil && addrErr == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("JACHETE_TRUSTED_PROXIES: %q is not a CIDR", text))
			continue
		}
		s.proxies = append(s.proxies, prefix)
	}
	return errs
}

func (s *settings) readMail() (errs []error) {
	if s.MailFrom != "" {
		if _, problem := workflow.CleanEmail(s.MailFrom); problem != nil {
			errs = append(errs, fmt.Errorf("JACHETE_MAIL_FROM: %q is not a plain address", s.MailFrom))
		}
	}
	if s.MailBounce != "" {
		_, err := mail.NewReturnPath(s.MailBounce, make([]byte, workflow.MinKey)) // the shape; the key comes later
		errs = append(errs, wrap("JACHETE_MAIL_BOUNCE", err))
	}
	if s.BounceMaildir != "" {
		errs = append(errs, wrap("JACHETE_BOUNCE_MAILDIR", mail.Maildir(s.BounceMaildir).Check()))
	}
	if (s.DKIMKey == "") != (s.DKIMSelector == "") {
		errs = append(errs, fmt.Errorf("JACHETE_DKIM_KEY and JACHETE_DKIM_SELECTOR: give both or none"))
	}
	if s.SMTP == "" {
		return errs
	}
	if s.MailFrom == "" {
		errs = append(errs, fmt.Errorf("JACHETE_MAIL_FROM: required with JACHETE_SMTP"))
	}
	relay, err := mail.ParseSMTP(s.SMTP)
	if err != nil {
		return append(errs, wrap("JACHETE_SMTP", err))
	}
	s.relay = &relay
	return errs
}

// from is the address mail comes from; development needs none.
func (s *settings) from() string {
	if s.MailFrom != "" {
		return s.MailFrom
	}
	return "declaration@example.org"
}

func wrap(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// problems collects mistakes so that all are said at once.
type problems []string

func (p *problems) note(errs ...error) {
	for _, err := range errs {
		if err != nil {
			*p = append(*p, err.Error())
		}
	}
}

func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return misuse{fmt.Errorf("%s", strings.Join(p, "\n"))}
}

// secretFiles gives the value of VARIABLE from the file that VARIABLE_FILE
// names.
var secretFiles kong.ResolverFunc = func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		path := os.Getenv(name + "_FILE")
		if path == "" || os.Getenv(name) != "" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s_FILE: %w", name, err)
		}
		return strings.TrimRight(string(content), "\r\n"), nil
	}
	return nil, nil
}
