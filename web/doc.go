// Package web is the site: pages, forms and open data over HTTP.
//
// # Where things are
//
// routes.go is every route on one screen, each with its access rule; what is
// not there does not exist. server.go makes the server. One file per action
// holds its handlers, methods of [Server] that parse, call one use case of
// workflow.Service and show a page or redirect; they return errors, and
// errors.go alone turns them into answers.
//
// # What every request goes through
//
// receive.go is outermost: it recovers, refuses what could be read in two
// ways, sets the security headers and writes the log line. Then, in order:
// host.go (which names we answer for), crosssite.go (forms of other sites),
// and the gate of the route's access rule. Forms are read by form.go from the
// body only, the one file people may send by upload.go; the client's address
// by clientip.go, from trusted proxies only; links never come from the request.
//
// # To add a page
//
// A line in routes.go; a handler that ends with s.show(c, &templates.X{…});
// the page in package templates.
package web
