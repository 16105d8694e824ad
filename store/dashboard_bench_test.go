package store

import (
	"fmt"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

// BenchmarkDashboard is the whole use case: of somebody who serves one pôle of
// 22, of an administrator who looks at one, and of one who looks at all. The
// register holds a commitment for every fourth invitation, up to 25,000, and
// every municipality among them.
func BenchmarkDashboard(b *testing.B) {
	for _, size := range []int{1000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			benchmarkDatabases(b, 0, func(b *testing.B, s *Store) {
				now := fillInvitations(b, s, size)
				atlas := fillMunicipalities(b, s, min(size/4, 25_000))
				service := &workflow.Service{Config: workflow.Config{Store: s, Atlas: atlas, Clock: workflowtest.NewClock(now)}}
				agent := workflow.StaffActor(workflow.Staff{Role: workflow.RoleAgent, Poles: []string{"pole-7"}})
				admin := workflow.StaffActor(workflow.Staff{Role: workflow.RoleAdmin})
				for name, look := range map[string]func() (workflow.Dashboard, error){
					"agent":     func() (workflow.Dashboard, error) { return service.Dashboard(b.Context(), agent, "") },
					"admin-one": func() (workflow.Dashboard, error) { return service.Dashboard(b.Context(), admin, "pole-3") },
					"admin-all": func() (workflow.Dashboard, error) { return service.Dashboard(b.Context(), admin, "") },
				} {
					b.Run(name, func(b *testing.B) {
						b.ReportAllocs()
						for b.Loop() {
							if d, err := look(); err != nil || d.Total == 0 || len(d.Attention) == 0 {
								b.Fatal(d.Total, err)
							}
						}
					})
				}
			})
		})
	}
}

// fillMunicipalities adds commitments of all municipalities in turn, to the
// pôles in turn.
func fillMunicipalities(b *testing.B, s *Store, size int) *territory.Atlas {
	b.Helper()
	atlas, err := territory.Load()
	if err != nil {
		b.Fatal(err)
	}
	all := atlas.Municipalities(territory.Set{})
	err = s.Update(b.Context(), func(w workflow.Tx) error {
		for k := range size {
			m := all[k%len(all)]
			c := storetest.Commitment(fmt.Sprint("m", k), m.FullName())
			c.PoleSlug, c.SignedOn = fmt.Sprintf("pole-%d", k%22), workflow.CivilDate(c.PublishedAt.Add(-time.Duration(k%300)*24*time.Hour))
			c.Organisation.Kind, c.Organisation.MunicipalityCode = workflow.KindMunicipality, m.Code
			if k >= len(all) {
				c.Organisation.Kind = workflow.KindCooperative
			}
			if err := w.AddCommitment(b.Context(), c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.LiveMunicipalities(b.Context(), time.Now()); err != nil { // the first question lays out the catalogue
		b.Fatal(err)
	}
	return atlas
}
