package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// bar shows how far long work has come, on a terminal and nowhere else.
type bar struct {
	out   io.Writer // nil where nobody looks
	total int
}

const barWidth = 30

func newBar(out io.Writer, total int) bar {
	file, isFile := out.(*os.File)
	if !isFile || total == 0 {
		return bar{}
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return bar{}
	}
	return bar{out, total}
}

func (b bar) show(done int) {
	if b.out == nil {
		return
	}
	full := min(done, b.total) * barWidth / b.total
	fmt.Fprintf(b.out, "\r[%s%s] %d/%d", strings.Repeat("#", full), strings.Repeat(" ", barWidth-full), done, b.total)
}

func (b bar) end() {
	if b.out != nil {
		fmt.Fprintln(b.out)
	}
}
