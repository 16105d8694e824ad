package main

import (
	"errors"
	"strings"
	"testing"
)

// good is a configuration as a real installation has it.
func good() Config {
	return Config{Addr: "127.0.0.1:8080", AdminAddr: "127.0.0.1:9090", BaseURL: "https://esja.example.org", Data: "data", Log: "info",
		SMTP: "smtps://u:p@relay.example.org", MailFrom: "declaration@example.org"}
}

// badConfigurations are each refused for one reason, which begins with the
// variable's name.
var badConfigurations = map[string]func(*Config){
	"JACHETE_BASE_URL: want https://":                              func(c *Config) { c.BaseURL = "" },
	"JACHETE_BASE_URL: must be https://":                           func(c *Config) { c.BaseURL = "http://esja.example.org" },
	"JACHETE_BASE_URL: want only scheme and host":                  func(c *Config) { c.BaseURL = "https://esja.example.org/sous" },
	"JACHETE_BASE_URL: not an address":                             func(c *Config) { c.BaseURL = "https://[esja" },
	"JACHETE_DATABASE: ":                                           func(c *Config) { c.Database = "mysql://localhost/x" },
	"JACHETE_SMTP: ":                                               func(c *Config) { c.SMTP = "smtp+plain://relay.example.org:25" },
	"JACHETE_MAIL_FROM: required":                                  func(c *Config) { c.MailFrom = "" },
	"JACHETE_MAIL_FROM: \"x\" is not":                              func(c *Config) { c.MailFrom = "x" },
	"JACHETE_DKIM_KEY and JACHETE_DKIM_SELECTOR: ":                 func(c *Config) { c.DKIMSelector = "s1" },
	"JACHETE_TRUSTED_PROXIES: \"nowhere\" ":                        func(c *Config) { c.TrustedProxies = "10.0.0.0/8, nowhere" },
	"JACHETE_ADDR: ":                                               func(c *Config) { c.Addr = "8080" },
	"JACHETE_ADMIN_ADDR: ":                                         func(c *Config) { c.AdminAddr = "localhost" },
	"JACHETE_LOG: ":                                                func(c *Config) { c.Log = "loud" },
	"JACHETE_SEAL_KEY and JACHETE_SEAL_CHAIN: ":                    func(c *Config) { c.SealKey = "config.go" },
	"JACHETE_SEAL_P12: ":                                           func(c *Config) { c.SealP12 = "absent.p12" },
	"JACHETE_SEAL_P12, JACHETE_SEAL_KEY and JACHETE_SEAL_PKCS11: ": func(c *Config) { c.SealP12, c.SealKey, c.SealChain = "config.go", "config.go", "config.go" },
	"JACHETE_SEAL_PKCS11 and JACHETE_SEAL_PKCS11_PIN: ":            func(c *Config) { c.SealPIN = "7391" },
	"JACHETE_TSA and JACHETE_TSA_CA: ":                             func(c *Config) { c.TSA = "https://tsa.example.org" },
	"JACHETE_TSA_CA: ":                                             func(c *Config) { c.TSA, c.TSACA = ownAuthority, "absent.pem" },
	"JACHETE_TSA: \"self\" is no http or https address; \"self\" stands alone":   func(c *Config) { c.TSA, c.TSACA = "https://tsa.example.org,self", "config.go" },
	"JACHETE_TSA: \"tsa.example.org\" is no http or https address; \"self\" sta": func(c *Config) { c.TSA, c.TSACA = "tsa.example.org", "config.go" },
}

func TestBadConfigurationsAreRefused(t *testing.T) {
	if _, err := good().check(); err != nil {
		t.Fatalf("a good one: %v", err)
	}
	for want, spoil := range badConfigurations {
		c := good()
		spoil(&c)
		_, err := c.check()
		var wrong misuse
		if !errors.As(err, &wrong) || len(lines(err)) != 1 || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("want %q, have %v", want, err)
		}
		if err != nil && strings.Contains(err.Error(), "7391") {
			t.Errorf("a secret is shown: %v", err)
		}
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	together := []string{"JACHETE_BASE_URL: must be https://", "JACHETE_DATABASE: ", "JACHETE_SMTP: ", "JACHETE_MAIL_FROM: \"x\" is not",
		"JACHETE_DKIM_KEY and JACHETE_DKIM_SELECTOR: ", "JACHETE_TRUSTED_PROXIES: \"nowhere\" ", "JACHETE_ADDR: ", "JACHETE_ADMIN_ADDR: ",
		"JACHETE_LOG: ", "JACHETE_SEAL_P12: ", "JACHETE_SEAL_PKCS11 and JACHETE_SEAL_PKCS11_PIN: ", "JACHETE_TSA and JACHETE_TSA_CA: "}
	c := good()
	for _, want := range together {
		badConfigurations[want](&c)
	}
	_, err := c.check()
	if err == nil || len(lines(err)) != len(together) {
		t.Fatalf("want %d lines, have:\n%v", len(together), err)
	}
	for _, want := range together {
		if !strings.Contains("\n"+err.Error(), "\n"+want) {
			t.Errorf("%q is not said:\n%v", want, err)
		}
	}
}
