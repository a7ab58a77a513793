package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"vankien/indexer"
)

// metrics are what /metrics shows, in a registry of the server's own.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	searches *prometheus.HistogramVec
	handler  http.Handler
}

// newMetrics makes the metrics of a server, with those of its writer where it
// has one.
func newMetrics(writer *indexer.Writer) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vankien_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"method", "route", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "vankien_http_request_duration_seconds", Help: "Time to answer a request, by route.",
			Buckets: prometheus.ExponentialBuckets(.001, 2.5, 12),
		}, []string{"route"}),
		searches: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "vankien_search_duration_seconds", Help: "Time inside the index, by kind of question.",
			Buckets: prometheus.ExponentialBuckets(.0001, 2.5, 14),
		}, []string{"kind"}),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.duration, m.searches,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if writer != nil {
		registry.MustRegister(readings(writer)...)
	}
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true})
	return m
}

// readings are the metrics of reading and OCR.
func readings(writer *indexer.Writer) []prometheus.Collector {
	gauge := func(name, help string, value func(indexer.Activity) int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value(writer.Activity())) })
	}
	counter := func(name, help string, value func(indexer.Activity) float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return value(writer.Activity()) })
	}
	return []prometheus.Collector{
		gauge("vankien_reading_queue", "Documents that wait for a text reader or are with one.", func(a indexer.Activity) int { return a.Queued }),
		gauge("vankien_ocr_queue", "Documents that wait for OCR or are in it.", func(a indexer.Activity) int { return a.Pictures }),
		gauge("vankien_reread_queue", "Documents that a better reader is still to go through.", func(a indexer.Activity) int { return a.Backlog }),
		counter("vankien_reread_documents_total", "Documents that a better reader went through.", func(a indexer.Activity) float64 { return float64(a.Reread) }),
		counter("vankien_ocr_pages_total", "Pages given to OCR, not counting heads.", func(a indexer.Activity) float64 { return float64(a.Recognized) }),
		counter("vankien_ocr_seconds_total", "Time spent in OCR, waiting for its turn included.", func(a indexer.Activity) float64 { return a.OCRTime.Seconds() }),
	}
}

func (m *metrics) searched(kind string, took time.Duration) {
	m.searches.WithLabelValues(kind).Observe(took.Seconds())
}

// measure counts the request under its route, never under its path: the
// number of series must not depend on what people ask.
func (s *server) measure(c *gin.Context) {
	start := time.Now()
	panicked := true
	defer func() {
		status := c.Writer.Status()
		if panicked {
			status = http.StatusInternalServerError
		}
		route := c.GetString(routeKey)
		if route == "" {
			route = "none"
		}
		s.metrics.requests.WithLabelValues(knownMethod(c.Request.Method), route, strconv.Itoa(status)).Inc()
		s.metrics.duration.WithLabelValues(route).Observe(time.Since(start).Seconds())
	}()
	c.Next()
	panicked = false
}

func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

func (s *server) metricsPage(c *gin.Context) error {
	s.metrics.handler.ServeHTTP(c.Writer, c.Request)
	return nil
}
