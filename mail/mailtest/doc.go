// Package mailtest is a mail relay for tests: it takes messages over SMTP as
// a real one, and misbehaves on request.
//
//	relay := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS})
//	relay.Script("absent@example.org", mailtest.Answer{Code: 550, Text: "no such user"})
//	… send to relay.URL(), trusting relay.CAs() …
//	relay.Received()
package mailtest
