package web

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// mostLostWords bounds what of a dead address is proposed as a search, in bytes.
const mostLostWords = 120

// lost helps whoever follows a dead address of the public site: its words are
// searched for, and organisations that resemble are proposed. There is nothing
// of that where another pôle's record has to look as one that does not exist, nor
// where no person looks.
func (s *Server) lost(c *fiber.Ctx, status int) *templates.Lost {
	at := c.Path()
	if status != fiber.StatusNotFound || !slices.Contains([]string{fiber.MethodGet, fiber.MethodHead}, c.Method()) ||
		isClosed(at) || path.Ext(at) != "" || strings.HasPrefix(at, "/api/") {
		return nil
	}
	help := &templates.Lost{Words: wordsOf(at)}
	if strings.HasPrefix(at, "/signataires/") {
		help.Alike = s.alike(help.Words)
	}
	return help
}

// alike has a time of its own, for that of the request is over. Without an
// answer the page does without.
func (s *Server) alike(words string) []workflow.Commitment {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	found, err := s.Service.Alike(ctx, words)
	if err != nil {
		s.Logger.Warn("nothing like a dead address", "cause", err.Error())
	}
	return found
}

// isClosed tells of what robots have to keep out of: it is somebody's own.
func isClosed(at string) bool {
	return slices.ContainsFunc(closedPaths, func(start string) bool { return strings.HasPrefix(at, start) })
}

// wordsOf reads the last part of a path as words: letters and digits.
func wordsOf(at string) string {
	last := path.Base(at)
	if plain, err := url.PathUnescape(last); err == nil {
		last = plain
	}
	words := strings.Join(strings.FieldsFunc(last, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) || r == unicode.ReplacementChar }), " ")
	if len(words) > mostLostWords {
		words = strings.ToValidUTF8(words[:mostLostWords], "")
	}
	return words
}
