package auth

import (
	"net/http"
	"strings"
	"time"
)

// CookieName is the cookie that carries a token in a browser.
const CookieName = "vankien"

const cookieLife = 30 * 24 * time.Hour

// SetCookie makes the browser carry the secret for 30 days, out of reach of
// scripts and of requests that other sites start. secure keeps it on HTTPS.
func SetCookie(w http.ResponseWriter, secret string, secure bool) {
	http.SetCookie(w, cookie(strings.TrimSpace(secret), int(cookieLife.Seconds()), secure))
}

// ClearCookie makes the browser forget the secret.
func ClearCookie(w http.ResponseWriter, secure bool) {
	http.SetCookie(w, cookie("", -1, secure))
}

func cookie(value string, maxAge int, secure bool) *http.Cookie {
	return &http.Cookie{
		Name: CookieName, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode,
	}
}

// LocalPath is target where it is a path of this site, else "/": what may be
// redirected to after signing in.
func LocalPath(target string) string {
	if !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") || len(target) > 2048 {
		return "/"
	}
	for _, r := range target {
		if r == '\\' || r < 0x20 || r == 0x7f {
			return "/"
		}
	}
	return target
}
