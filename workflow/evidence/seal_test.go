package evidence

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

// A file that is no sealed certificate is refused, never a panic.
func TestBuildRefusesAFileWithoutSeal(t *testing.T) {
	for _, file := range []string{
		"", "%PDF-1.7\n%%EOF\n",
		"/ByteRange [0 0 0 0]",
		"/ByteRange [0 5 999999999999999999999999 1]",
		"/ByteRange [0 999999999 1000000000 1]",
		"/ByteRange [0 21 25 0] <zz>",
		"/ByteRange [0 22 28 0]<3000>",
		"/ByteRange [0 22 32 0]<30028000>",
	} {
		if _, err := Build(Record{File: []byte(file)}); !errors.Is(err, ErrSeal) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func FuzzReadSeal(f *testing.F) {
	f.Add([]byte("/ByteRange [0 22 32 0]<30028000>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := readSeal(file)
		if err == nil {
			_, err = s.timestamp()
		}
		if err != nil && !errors.Is(err, ErrSeal) {
			t.Errorf("%v is not a seal's error", err)
		}
	})
}

func TestUnknownIsNull(t *testing.T) {
	local := time.FixedZone("", -5*3600)
	got, err := json.Marshal([]any{Text(""), Text("«\u00a0à\u00a0»"), Instant{}, Instant{time.Date(2026, 11, 22, 10, 0, 0, 5e6, local)}})
	if want := "[null,\"«\u00a0à\u00a0»\",null,\"2026-11-22T15:00:00.005Z\"]"; err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}
