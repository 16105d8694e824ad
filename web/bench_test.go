package web

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/valyala/fasthttp"

	"jachete/workflow"
)

// BenchmarkRegisterPage makes one page of the public list, at two sizes of the
// register: it should cost the same.
func BenchmarkRegisterPage(b *testing.B) {
	for _, size := range []int{1_000, 25_000} {
		x := benchSite(b, size)
		x.App().Handler() // makes the router ready
		for name, path := range map[string]string{"all": "/signataires", "search": "/signataires?q=organisation+0777", "region": "/signataires?region=estrie"} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f := new(fasthttp.RequestCtx)
					f.Request.Header.SetHost(testHost)
					f.Request.SetRequestURI(path)
					f.Request.Header.SetMethod(http.MethodGet)
					x.app.Server().Handler(f)
					if f.Response.StatusCode() != http.StatusOK {
						b.Fatalf("%d %s", f.Response.StatusCode(), f.Response.Body())
					}
				}
			})
		}
	}
}

// benchSite is a site whose register holds that many lines, signed on paper.
func benchSite(b *testing.B, size int) *site {
	b.Helper()
	x := newSite(b, func(c *Config) { c.PagesPerMinute = 1 << 40 })
	regions := x.service.Atlas.Regions()
	err := x.service.Store.Update(b.Context(), func(tx workflow.Tx) error {
		for i := range size {
			region := regions[i%len(regions)]
			slug := fmt.Sprintf("organisation-%05d", i)
			o := workflow.Organisation{ID: slug, Slug: slug, Name: fmt.Sprintf("Organisation %05d de l’Essai", i), Kind: workflow.KindOther, RegionCode: region.Code}
			if err := tx.AddOrganisation(b.Context(), o); err != nil {
				return err
			}
			err := tx.AddCommitment(b.Context(), workflow.Commitment{ID: slug, Slug: slug, OrganisationID: slug, PoleSlug: "longueuil",
				Organisation:  workflow.Snapshot{Name: o.Name, Kind: o.Kind, RegionCode: region.Code, RegionName: region.Name},
				DeclarationID: workflow.DeclarationID, Version: "1.0", Mode: workflow.ModePaper, Status: workflow.CommitmentActive,
				SignedOn: "2019-11-15", PublishedAt: startTime})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return x
}
