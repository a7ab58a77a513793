package api

import (
	"net/netip"
	"sync"

	"golang.org/x/time/rate"
)

// maxClients bounds what the limiter remembers: two generations of so many
// clients, some 100 bytes each.
const maxClients = 20_000

// limiter allows each client address so many requests a second. Its memory is
// bounded: when a generation is full it becomes the old one, and whoever is
// not seen again before the next change is forgotten.
type limiter struct {
	perSecond rate.Limit // no limit below 0
	burst     int

	mu       sync.Mutex
	now, old map[netip.Prefix]*rate.Limiter
}

func newLimiter(perSecond float64, burst int) *limiter {
	return &limiter{perSecond: rate.Limit(perSecond), burst: burst, now: map[netip.Prefix]*rate.Limiter{}}
}

// allow tells whether the client may make one more request now.
func (l *limiter) allow(client string) bool {
	if l.perSecond < 0 {
		return true
	}
	return l.of(clientKey(client)).Allow()
}

func (l *limiter) of(key netip.Prefix) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if known, ok := l.now[key]; ok {
		return known
	}
	known, ok := l.old[key]
	if !ok {
		known = rate.NewLimiter(l.perSecond, l.burst)
	}
	if len(l.now) >= maxClients {
		l.old, l.now = l.now, map[netip.Prefix]*rate.Limiter{}
	}
	l.now[key] = known
	return known
}

// clientKey is the address, of IPv6 the /64 that one household has. What is no
// address shares one key.
func clientKey(client string) netip.Prefix {
	addr, err := netip.ParseAddr(client)
	if err != nil {
		return netip.Prefix{}
	}
	addr = addr.Unmap().WithZone("")
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}
