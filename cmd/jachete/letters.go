package main

import (
	"errors"

	"jachete/mail"
	"jachete/web"
	"jachete/workflow"
)

// letters shows the folder that stands for a relay; nil outside the
// demonstration, where anybody who can see the site could read it.
func (a *app) letters() web.Mailbox {
	if !a.demo {
		return nil
	}
	return letterShelf{a.mailbox()}
}

// letterShelf adapts the mail folder to what the site shows.
type letterShelf struct{ mailbox mail.Mailbox }

// List implements web.Mailbox.
func (s letterShelf) List(limit int) ([]web.Letter, error) {
	letters, err := s.mailbox.List(limit)
	var list []web.Letter
	for _, l := range letters {
		list = append(list, shown(l))
	}
	return list, err
}

// Letter implements web.Mailbox.
func (s letterShelf) Letter(id string) (web.Letter, error) {
	l, err := s.mailbox.Read(id)
	if errors.Is(err, mail.ErrNoLetter) {
		return web.Letter{}, &workflow.Error{Kind: workflow.NotFound, Key: "record.not-found"}
	}
	return shown(l), err
}

func shown(l mail.Letter) web.Letter {
	letter := web.Letter{ID: l.ID, From: l.From, To: l.To, Subject: l.Subject, Date: l.Date, Text: l.Text, HTML: l.HTML}
	for _, a := range l.Attachments {
		letter.Attachments = append(letter.Attachments, web.Attachment{Name: a.Name, Type: a.Type, Data: a.Data})
	}
	return letter
}
