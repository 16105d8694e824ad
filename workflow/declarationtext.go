package workflow

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Bounds of the text of a declaration, in characters. Beyond the upper one it
// would not be read before it is signed; it fills about three pages.
const (
	MinDeclaration = 200
	MaxDeclaration = 10_000
)

// placeholder finds what stands between braces.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// required are the placeholders a text must hold, by language: the French one
// is the instrument and names who signs, in which function.
var required = map[Language][]string{
	French:  {placeOrganisationFR, placeName, placeFunction, placeNumber, placeDate},
	English: {placeOrganisationEN},
}

// allowed are those it may hold.
var allowed = map[Language][]string{
	French:  required[French],
	English: {placeOrganisationEN, placeName, placeFunction, placeNumber, placeDate},
}

// CheckDeclarationText says what keeps a text (Markdown, without its title)
// from being published, the first thing only; nil when nothing does. It takes
// the part of Markdown that pages and certificates show alike: headings of
// levels 2 and 3, paragraphs, lists of one level, bold words. The text must
// have been through CleanText.
func CheckDeclarationText(lang Language, body string) *FieldError {
	length, _ := count(body)
	switch {
	case length < MinDeclaration:
		return &FieldError{Key: "declaration.short", Args: map[string]string{"limit": fmt.Sprint(MinDeclaration)}}
	case length > MaxDeclaration:
		return &FieldError{Key: "text.long", Args: map[string]string{"limit": fmt.Sprint(MaxDeclaration)}}
	}
	above := ""
	for i, line := range strings.Split(body, "\n") {
		key := lineFault(line)
		if key == "" && crowded(above, line) {
			key = "markdown.gap"
		}
		if above = line; key != "" {
			return &FieldError{Key: key, Args: map[string]string{"line": fmt.Sprint(i + 1)}}
		}
	}
	return checkPlaceholders(lang, body)
}

// checkPlaceholders wants every name to have its place, and the words about
// the resolution, which go when there is none, in one pair of brackets.
func checkPlaceholders(lang Language, body string) *FieldError {
	if rest := placeholder.ReplaceAllString(body, ""); strings.ContainsAny(rest, "{}") {
		return &FieldError{Key: "placeholder.unbalanced"}
	}
	for _, found := range placeholder.FindAllString(body, -1) {
		if !slices.Contains(allowed[lang], found) {
			return &FieldError{Key: "placeholder.unknown", Args: map[string]string{"placeholder": found}}
		}
	}
	for _, wanted := range required[lang] {
		if !strings.Contains(body, wanted) {
			return &FieldError{Key: "placeholder.missing", Args: map[string]string{"placeholder": wanted}}
		}
	}
	return checkClause(body)
}

// clause is the part about the resolution: see Fill.
var clause = regexp.MustCompile(`\[([^\[\]\n]*)\]`)

func checkClause(body string) *FieldError {
	outside := clause.ReplaceAllString(body, "")
	inside := clause.FindAllStringSubmatch(body, -1)
	switch {
	case strings.ContainsAny(outside, "[]"), len(inside) > 1:
		return &FieldError{Key: "clause.unbalanced"}
	case strings.Contains(outside, placeNumber), strings.Contains(outside, placeDate):
		return &FieldError{Key: "clause.outside"}
	case len(inside) == 1 && (!strings.Contains(inside[0][1], placeNumber) || !strings.Contains(inside[0][1], placeDate)):
		return &FieldError{Key: "clause.incomplete"}
	}
	return nil
}

var (
	headingLine  = regexp.MustCompile(`^#{2,3} [^# ].*[^#]$`)
	itemLine     = regexp.MustCompile(`^(?:-|\d{1,3}\.) (.*)$`)
	entity       = regexp.MustCompile(`&#?[0-9A-Za-z]+;`)
	strongMark   = "**"
	blockOpeners = []string{"#", ">", "+ ", "* ", "- ", "~~~"}
)

// lineFault gives the key of the first thing in a line that pages and
// certificates could show differently, or lose.
func lineFault(line string) string {
	if strings.HasPrefix(line, "#") {
		if !headingLine.MatchString(line) {
			return "markdown.heading"
		}
		return spanFault(strings.TrimLeft(line, "# "))
	}
	if item := itemLine.FindStringSubmatch(line); item != nil {
		if opensBlock(item[1]) || item[1] == "" {
			return "markdown.item"
		}
		return spanFault(item[1])
	}
	switch {
	case line != "" && strings.Trim(line, "-=*_ ") == "":
		return "markdown.rule"
	case opensBlock(line):
		return "markdown.block"
	}
	return spanFault(line)
}

// crowded tells of a list right below something else, which Markdown may read
// as more of it.
func crowded(above, line string) bool {
	bullet := func(s string) bool { return strings.HasPrefix(s, "- ") }
	return itemLine.MatchString(line) && above != "" && (!itemLine.MatchString(above) || bullet(above) != bullet(line))
}

var parenItem = regexp.MustCompile(`^\d{1,9}[.)](?: |$)`)

// opensBlock tells of text that Markdown would read as more than a paragraph.
func opensBlock(text string) bool {
	return parenItem.MatchString(text) || strings.Trim(text, "-+*=_ ") == "" && text != "" ||
		slices.ContainsFunc(blockOpeners, func(mark string) bool { return strings.HasPrefix(text, mark) })
}

// spanFault is lineFault for running text.
func spanFault(text string) string {
	switch {
	case strings.ContainsAny(text, "<>"):
		return "markdown.html"
	case strings.ContainsAny(text, "`\\_"):
		return "markdown.mark"
	case entity.MatchString(text):
		return "markdown.entity"
	case strings.Contains(text, "]("), strings.Contains(text, "]:"), strings.Contains(text, "!["):
		return "markdown.link"
	}
	return strongFault(text)
}

// strongFault wants ** in pairs around whole words, as CommonMark's delimiter
// runs do (§6.2); a star alone would be italics, which certificates have not.
func strongFault(text string) string {
	parts := strings.Split(text, strongMark)
	if len(parts)%2 == 0 {
		return "markdown.bold"
	}
	for i, part := range parts {
		if strings.Contains(part, "*") {
			return "markdown.italic"
		}
		first, last := edges(part)
		bold := i%2 == 1
		switch {
		case bold && (part == "" || unicode.IsSpace(first) || unicode.IsSpace(last)):
			return "markdown.bold"
		case !bold && part != "" && (i > 0 && isWord(first) || i < len(parts)-1 && isWord(last)):
			return "markdown.bold"
		case !bold && part == "" && i > 0 && i < len(parts)-1:
			return "markdown.bold"
		}
	}
	return ""
}

// edges are the first and the last character of a text, 0 when it is empty.
func edges(s string) (first, last rune) {
	for i, r := range s {
		if i == 0 {
			first = r
		}
		last = r
	}
	return first, last
}

func isWord(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r) }
