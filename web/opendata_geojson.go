package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// feature is a line of the register for programs that draw maps. We hold no
// coordinates that we may give away, and a middle of a territory would be a
// place where nobody is: the geometry is null, as RFC 7946 §3.2 allows, and the
// codes among the properties join to whatever map its maker has.
type feature struct {
	Type       string    `json:"type"`
	ID         string    `json:"id"`
	Geometry   *struct{} `json:"geometry"`
	Properties signatory `json:"properties"`
}

// dataGeoJSON gives every line that matches.
func (s *Server) dataGeoJSON(c *fiber.Ctx) error {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return err
	}
	d, err := s.listed(c.UserContext(), "geojson", q.RegisterFilter, func(ctx context.Context, to io.Writer) error {
		return s.writeGeoJSON(ctx, to, q.RegisterFilter)
	})
	if err != nil {
		return err
	}
	return sendDocument(c, d, dataAnswer{mediaType: "application/geo+json", name: "signataires.geojson"})
}

func (s *Server) writeGeoJSON(ctx context.Context, to io.Writer, f workflow.RegisterFilter) error {
	head, err := json.Marshal(sourceOfData)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(to) // keeps its first error for Flush
	total := 0
	fmt.Fprintf(w, `{"type":"FeatureCollection",%s,"features":[`, head[1:len(head)-1])
	err = s.Service.EachSignatory(ctx, f, func(c workflow.Commitment) error {
		line, err := json.Marshal(feature{Type: "Feature", ID: c.ID, Properties: s.signatoryOf(c)})
		if total++; total > 1 {
			w.WriteByte(',')
		}
		w.WriteByte('\n')
		w.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n],\"total\":%d}\n", total)
	return w.Flush()
}
