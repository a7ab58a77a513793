// Package web makes the pages that people read: html/template and files of
// embed.FS, without any build step. Every page works without JavaScript, which
// only adds suggestions while typing, a button that copies and the pages of a PDF. Views are plain structs made from the
// vocabulary of storage and indexer; nothing here asks an index or a store.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"path"
)

//go:embed templates
var templates embed.FS

//go:embed static
var static embed.FS

// Pages renders the pages. It is made once, never changes, and is safe for
// concurrent use.
type Pages struct {
	sets   map[string]*template.Template
	assets map[string]Asset
	script string // the address of app.js
	style  string
}

// Asset is a static file.
type Asset struct {
	Body      []byte
	MediaType string
	Hash      string // of the bytes, as in "?v=…" of an address that may be cached for ever
}

// Frame is what every page has around its content.
type Frame struct {
	Title    string // of the browser's tab
	Query    string // what stands in the search box
	Path     string // of this page with its query, to come back to after signing in
	Notice   string // what everybody should know now, "" mostly
	Name     string // of the token in use, "" without one
	SignedIn bool
	NoIndex  bool // search engines should not keep this page

	Script, Style string
}

// New parses the templates and reads the static files.
func New() (*Pages, error) {
	p := &Pages{sets: map[string]*template.Template{}, assets: map[string]Asset{}}
	if err := p.readAssets(); err != nil {
		return nil, err
	}
	p.script, p.style = p.address("app.js"), p.address("app.css")
	for _, name := range []string{"search", "document", "viewer", "help", "failure", "signin"} {
		set, err := template.ParseFS(templates, "templates/layout.html", "templates/parts.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", name, err)
		}
		p.sets[name] = set
	}
	return p, nil
}

func (p *Pages) readAssets() error {
	return fs.WalkDir(static, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		p.assets[name[len("static/"):]] = Asset{Body: body, MediaType: assetType(name), Hash: hex.EncodeToString(sum[:8])}
		return nil
	})
}

// assetType does not depend on the machine's own list of types.
func assetType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case "":
		return "text/plain; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

func (p *Pages) address(name string) string { return "/static/" + name + "?v=" + p.assets[name].Hash }

// Asset is the static file of that name ("app.css"), false where there is none.
func (p *Pages) Asset(name string) (Asset, bool) {
	asset, ok := p.assets[name]
	return asset, ok
}

// Search writes the page of results, or the home page.
func (p *Pages) Search(w io.Writer, v SearchPage) error {
	v.Script, v.Style = p.script, p.style
	return p.render(w, "search", v)
}

// Document writes the page of one document.
func (p *Pages) Document(w io.Writer, v DocumentPage) error {
	v.Script, v.Style = p.script, p.style
	return p.render(w, "document", v)
}

// Help writes the page that tells how to search.
func (p *Pages) Help(w io.Writer, v Frame) error {
	v.Script, v.Style = p.script, p.style
	return p.render(w, "help", v)
}

// Failure writes the page that tells what went wrong.
func (p *Pages) Failure(w io.Writer, v FailurePage) error {
	v.Script, v.Style = p.script, p.style
	return p.render(w, "failure", v)
}

// SignIn writes the page on which a token is pasted.
func (p *Pages) SignIn(w io.Writer, v SignInPage) error {
	v.Script, v.Style = p.script, p.style
	return p.render(w, "signin", v)
}

// render writes a page as a whole or, on an error, nothing.
func (p *Pages) render(w io.Writer, name string, view any) error {
	var page bytes.Buffer
	if err := p.sets[name].ExecuteTemplate(&page, "layout", view); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	_, err := w.Write(page.Bytes())
	return err
}

// FailurePage tells what went wrong.
type FailurePage struct {
	Frame
	Status    int
	Heading   string
	Detail    string
	RequestID string
	MaySignIn bool // signing in may help
}

// SignInPage asks for a token.
type SignInPage struct {
	Frame
	Back    string // where to go then, a path of this site
	Refused bool   // the token was not right
}
