package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/api/web"
)

const signInPath = "/dang-nhap"

// signInURL is the page to sign in on and come back from to target.
func signInURL(target string) string {
	return signInPath + "?" + url.Values{"tiep": {target}}.Encode()
}

func (s *server) signInPage(c *gin.Context) error {
	back := auth.LocalPath(queryValues(c.Request.URL.RawQuery).Get("tiep"))
	return s.showSignIn(c, http.StatusOK, back, false)
}

func (s *server) showSignIn(c *gin.Context, status int, back string, refused bool) error {
	c.Header("Cache-Control", "no-store")
	frame := s.frame(c)
	frame.Title, frame.NoIndex, frame.Path = "Đăng nhập – Văn Kiện", true, back
	view := web.SignInPage{Frame: frame, Back: back, Refused: refused}
	return s.html(c, status, func(w http.ResponseWriter) error { return s.pages.SignIn(w, view) })
}

// signIn takes a pasted token into a cookie.
func (s *server) signIn(c *gin.Context) error {
	if err := sameOrigin(c.Request); err != nil {
		return err
	}
	if err := c.Request.ParseForm(); err != nil {
		return formError(err)
	}
	back, secret := auth.LocalPath(c.Request.PostForm.Get("tiep")), c.Request.PostForm.Get("ma")
	_, err := auth.Check(c.Request.Context(), s.cfg.tokens, secret)
	if errors.Is(err, auth.ErrUnauthorized) {
		return s.showSignIn(c, http.StatusUnauthorized, back, true)
	}
	if err != nil {
		return err
	}
	auth.SetCookie(c.Writer, secret, s.https(c.Request))
	c.Redirect(http.StatusSeeOther, back)
	return nil
}

// signOut forgets the cookie.
func (s *server) signOut(c *gin.Context) error {
	if err := sameOrigin(c.Request); err != nil {
		return err
	}
	auth.ClearCookie(c.Writer, s.https(c.Request))
	c.Redirect(http.StatusSeeOther, "/")
	return nil
}

func (s *server) https(r *http.Request) bool { return s.cfg.HTTPS || r.TLS != nil }

// sameOrigin refuses a form that another site posts: by Sec-Fetch-Site, for
// older browsers by Origin.
func sameOrigin(r *http.Request) error {
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		return fmt.Errorf("%w: %w", errOrigin, err)
	}
	return nil
}
