package mail

import (
	"bytes"
	"testing"

	"jachete/workflow"
)

func BenchmarkInvitation(b *testing.B) { benchmarkCompose(b, workflow.DeliveryInvitation, 0) }

func BenchmarkCertificate(b *testing.B) { benchmarkCompose(b, workflow.DeliveryCertificate, 30<<10) }

func benchmarkCompose(b *testing.B, kind workflow.DeliveryKind, pdf int) {
	c, content := newComposer(b), sampleDelivery(kind, workflow.French)
	content.PDF = bytes.Repeat([]byte{'x'}, pdf)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Delivery(content); err != nil {
			b.Fatal(err)
		}
	}
}
