package templates

import (
	"fmt"
	"strings"

	"jachete/workflow"
)

// The drawing of a progress, in its own units: the lines lie between left and
// right, top and foot; their names stand to the right.
const (
	chartWidth, chartHeight = 360, 216
	chartLeft, chartRight   = 50, 262
	chartTop, chartFoot     = 14, 176
	chartLabel              = 36 // height of a name with its number
)

// Chart is the progress of a pôle as it is drawn.
type Chart struct {
	Width, Height, Left, Right, Foot int
	Ticks                            []ChartTick
	Lines                            []ChartLine
	Weeks                            []workflow.Week
}

// ChartTick is a number of the vertical axis.
type ChartTick struct{ Value, Y int }

// ChartLine is one line with its name at its end.
type ChartLine struct {
	Kind   string // "invitations" or "signatures": class and end of the key of its name
	Points string // of a polyline
	X, Y   int    // of its end
	Last   int    // its number there
	LabelY int
}

// Chart draws the progress.
func (p *TeamDashboard) Chart() Chart { return drawProgress(p.Progress) }

// First and Latest are the weeks at both ends.
func (c Chart) First() workflow.Week { return c.Weeks[0] }

// Latest is the week that is under way.
func (c Chart) Latest() workflow.Week { return c.Weeks[len(c.Weeks)-1] }

// Several tells that there is more than one week.
func (c Chart) Several() bool { return len(c.Weeks) > 1 }

// drawProgress draws weeks, of which there is one at least.
func drawProgress(weeks []workflow.Week) Chart {
	c := Chart{Width: chartWidth, Height: chartHeight, Left: chartLeft, Right: chartRight, Foot: chartFoot, Weeks: weeks}
	invitations, signatures := make([]int, len(weeks)), make([]int, len(weeks))
	top := 0
	for i, w := range weeks {
		invitations[i], signatures[i] = w.Invitations, w.Signatures
		top = max(top, w.Invitations, w.Signatures)
	}
	top = roundUp(top)
	for _, value := range []int{0, top / 2, top} {
		c.Ticks = append(c.Ticks, ChartTick{value, chartY(value, top)})
	}
	c.Lines = []ChartLine{chartLine("invitations", invitations, top), chartLine("signatures", signatures, top)}
	spread(&c.Lines[0], &c.Lines[1])
	return c
}

// roundUp gives an even number of one digit and zeros that is no less: 2, 4, 10,
// 20, 40, 100…
func roundUp(n int) int {
	for ten := 1; ; ten *= 10 {
		for _, digit := range []int{2, 4, 10} {
			if digit*ten >= n {
				return digit * ten
			}
		}
	}
}

func chartY(value, top int) int { return chartFoot - value*(chartFoot-chartTop)/top }

// chartX puts weeks at equal distances, and a single one at the end.
func chartX(i, n int) int {
	if n == 1 {
		return chartRight
	}
	return chartLeft + i*(chartRight-chartLeft)/(n-1)
}

func chartLine(kind string, values []int, top int) ChartLine {
	var points strings.Builder
	for i, v := range values {
		fmt.Fprintf(&points, "%d,%d ", chartX(i, len(values)), chartY(v, top))
	}
	last := values[len(values)-1]
	y := chartY(last, top)
	return ChartLine{Kind: kind, Points: strings.TrimSpace(points.String()), X: chartRight, Y: y, Last: last, LabelY: y}
}

// spread moves the names of two lines apart, so that neither covers the other,
// and keeps both beside the lines.
func spread(a, b *ChartLine) {
	if a.LabelY > b.LabelY {
		a, b = b, a
	}
	if near := chartLabel - (b.LabelY - a.LabelY); near > 0 {
		a.LabelY -= near / 2
		b.LabelY += near - near/2
	}
	const highest, lowest = chartTop, chartFoot - chartLabel/4
	b.LabelY = min(b.LabelY, lowest)
	a.LabelY = max(min(a.LabelY, b.LabelY-chartLabel), highest)
	b.LabelY = max(b.LabelY, a.LabelY+chartLabel)
}
