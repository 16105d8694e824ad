package templates

import "jachete/workflow"

func openDataSamples() []Page {
	return []Page{
		&OpenData{Base: "https://esja.example.org"},
		&OpenData{Base: "https://" + long, Latest: "2026-11-22", Frame: Frame{LinkedData: RegisterData("https://esja.example.org", workflow.French)}},
	}
}
