package badge

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// SVG gives the badge as a picture that stands alone: shapes, a title and a
// description, nothing that runs or is fetched.
func SVG(b workflow.Badge) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="titre description" xml:lang="fr-CA" lang="fr-CA">`,
		Width, Height, Width, Height)
	fmt.Fprintf(&out, `<title id="titre">%s</title><desc id="description">%s</desc>`, escaped(slogan),
		escaped(b.Organisation+"\u00a0: "+standing(b)+". Attestation "+b.Number+"."))
	for _, s := range draw(b) {
		fmt.Fprintf(&out, `<path fill="#%02x%02x%02x" d="`, s.color[0], s.color[1], s.color[2])
		for _, c := range s.contours {
			writePath(&out, c)
		}
		out.WriteString(`"/>`)
	}
	out.WriteString("</svg>\n")
	return []byte(out.String())
}

func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // writes to memory cannot fail
	return out.String()
}

// commands of a path by the number of points they take.
var commands = map[int]string{1: "L", 3: "C"}

func writePath(out *strings.Builder, c typeset.Contour) {
	out.WriteString("M" + number(c.Start.X) + " " + number(c.Start.Y))
	for _, piece := range c.Pieces {
		out.WriteString(commands[len(piece)])
		for i, p := range piece {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(number(p.X) + " " + number(p.Y))
		}
	}
	out.WriteByte('Z')
}

// number writes a coordinate to the hundredth of a pixel, short.
func number(f float64) string {
	text := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}
