package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime/debug"
	"sync"

	"jachete/workflow"
)

// build says which program runs, for the evidence of signatures: the commit it
// was built from when the tool chain noted it, the SHA-256 of the executable,
// and a name for this start.
var build = sync.OnceValue(func() workflow.Build {
	return workflow.Build{Version: version, Commit: commit(), SHA256: executableSHA256(), Instance: rand.Text()}
})

// commit is the revision of the source, with "+" when files had been changed.
func commit() (revision string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			revision += "+"
		}
	}
	return revision
}

// executableSHA256 is empty where the file of the program cannot be read.
func executableSHA256() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
