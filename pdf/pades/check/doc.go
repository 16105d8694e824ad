// Package check names the PAdES baseline level of a file of ours, for tests. It
// goes by the bytes and shares with the maker only what verifies a seal and a
// token; how the file was put together it finds out by itself.
//
// It judges as of a given moment, so that a test can look at a file twenty
// years on: what the last timestamp covers is believed as long as that
// timestamp's certificate and revocation list are good.
package check
