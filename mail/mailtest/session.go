package mailtest

import (
	"errors"
	"io"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Stage is the moment at which an [Answer] is given.
type Stage int

// The moments.
const (
	AtRecipient Stage = iota // to RCPT TO
	AtEnd                    // to the dot that ends the message
)

// Answer is how the relay treats one message to an address.
type Answer struct {
	At    Stage
	Code  int // 0 or 250 accepts
	Text  string
	Close bool // close the connection instead of answering
	Hang  bool // never answer
}

// Script sets the answers to the next messages to an address, one each; after
// the last the relay accepts.
func (r *Relay) Script(address string, answers ...Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.scripts[strings.ToLower(address)] = answers
}

// Always sets the answer to every message to an address.
func (r *Relay) Always(address string, a Answer) {
	many := make([]Answer, 1000)
	for i := range many {
		many[i] = a
	}
	r.Script(address, many...)
}

// next takes the answer for an address.
func (r *Relay) next(address string) Answer {
	r.mu.Lock()
	defer r.mu.Unlock()
	address = strings.ToLower(address)
	answers := r.scripts[address]
	if len(answers) == 0 {
		return Answer{}
	}
	r.scripts[address] = answers[1:]
	return answers[0]
}

// session is one connection's dialogue.
type session struct {
	relay   *Relay
	conn    *smtp.Conn
	message Received
	answer  Answer
	user    string
}

func (r *Relay) session(c *smtp.Conn) (smtp.Session, error) {
	return &session{relay: r, conn: c}, nil
}

// AuthMechanisms implements [smtp.AuthSession].
func (s *session) AuthMechanisms() []string {
	if s.relay.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth implements [smtp.AuthSession].
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.relay.options.User || password != s.relay.options.Password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8},
				Message: "no such user with password " + password}
		}
		s.user = user
		return nil
	}), nil
}

// Mail implements [smtp.Session].
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.relay.options.User != "" && s.user == "" {
		return &smtp.SMTPError{Code: 530, Message: "sign in first"}
	}
	_, protected := s.conn.TLSConnectionState()
	s.message = Received{From: from, TLS: protected, User: s.user, Helo: s.conn.Hostname()}
	return nil
}

// Rcpt implements [smtp.Session].
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.message.To = append(s.message.To, to)
	s.answer = s.relay.next(to)
	if s.answer.At == AtRecipient {
		return s.say()
	}
	return nil
}

// Data implements [smtp.Session].
func (s *session) Data(body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	s.message.Raw = raw
	taken := s.answer.Code == 0 || s.answer.Code == 250
	if taken {
		s.relay.mu.Lock()
		s.relay.received = append(s.relay.received, s.message)
		s.relay.mu.Unlock()
	}
	if s.answer.At == AtEnd {
		return s.say()
	}
	return nil
}

var errClosed = errors.New("mailtest: closed on purpose")

// say gives the scripted answer.
func (s *session) say() error {
	switch {
	case s.answer.Hang:
		<-s.relay.stop
		return errClosed
	case s.answer.Close:
		s.conn.Close()
		return errClosed
	case s.answer.Code == 0 || s.answer.Code == 250:
		return nil
	}
	return &smtp.SMTPError{Code: s.answer.Code, EnhancedCode: smtp.NoEnhancedCode, Message: s.answer.Text}
}

// Reset implements [smtp.Session].
func (s *session) Reset() { s.message, s.answer = Received{}, Answer{} }

// Logout implements [smtp.Session].
func (s *session) Logout() error { return nil }
