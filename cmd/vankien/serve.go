package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"vankien/api"
	"vankien/indexer/extract"
	"vankien/storage"
)

// version is the program's; release builds set it with -ldflags "-X main.version=…".
var version = "dev"

// drainTime is how long running requests may take to end at a shutdown.
const drainTime = 10 * time.Second

// serveOptions are the flags of serve.
type serveOptions struct {
	listen, readers string
	sample, https   bool
	proxies         []string
}

func serveCommand() *cobra.Command {
	var options serveOptions
	cmd := &cobra.Command{
		Use:   "serve [--sample]",
		Short: "Chạy máy chủ: trang tìm kiếm và API",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := openWith(cmd, slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)))
			if err != nil {
				return err
			}
			return o.close(serve(cmd, o, options))
		},
	}
	cmd.Flags().StringVar(&options.listen, "listen", "127.0.0.1:8080", "địa chỉ và cổng phục vụ")
	cmd.Flags().BoolVar(&options.sample, "sample", false, "nạp và công bố các văn bản mẫu")
	cmd.Flags().StringVar(&options.readers, "readers", api.ReadersOpen, "ai được đọc văn bản công khai: open (mọi người) hoặc token (phải có mã truy cập)")
	cmd.Flags().BoolVar(&options.https, "https", false, "người đọc vào qua HTTPS (qua proxy): cookie chỉ gửi qua HTTPS")
	cmd.Flags().StringSliceVar(&options.proxies, "proxies", nil, "các dải địa chỉ (CIDR) của proxy được tin, để biết địa chỉ thật của người đọc")
	return cmd
}

// readiness is what /readyz tells, changed by the start-up and read by requests.
type readiness struct{ state atomic.Pointer[string] }

// set tells how far the library is; "" is ready.
func (r *readiness) set(progress string) { r.state.Store(&progress) }

func (r *readiness) ready() (bool, string) {
	progress := *r.state.Load()
	if progress == "" {
		return true, "Kho văn kiện sẵn sàng."
	}
	return false, progress
}

// serve listens at once, so that /readyz can tell how the start goes, and ends
// when the command's context does: readiness off, requests drained.
func serve(cmd *cobra.Command, o *opened, options serveOptions) error {
	state := new(readiness)
	state.set("Kho văn kiện đang khởi động.")
	library := newOperatorLibrary(o.library)
	handler, err := newHandler(o, library, state, options)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", options.listen)
	if err != nil {
		return fmt.Errorf("không mở được cổng %s: %w", options.listen, err)
	}
	if err := welcome(cmd, o.library, listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	extinguish, err := light(cmd, listener.Addr(), library.secret)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := api.Server(options.listen, handler)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	started := make(chan error, 1)
	go func() {
		err := start(ctx, o, state, options.sample)
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			err = nil // it was told to stop, which may reach supervise before the reason does
		}
		started <- err
	}()

	err = supervise(ctx, cancel, o.logger, server, state, served, started)
	return errors.Join(err, extinguish())
}

func newHandler(o *opened, library operatorLibrary, state *readiness, options serveOptions) (http.Handler, error) {
	handler, err := api.New(api.Config{
		Index:   o.index,
		Library: library,
		OpenOriginal: func(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
			return o.library.OpenOriginal(ctx, sha256)
		},
		Ready:          state.ready,
		Readers:        options.readers,
		ReaderVersion:  extract.Version,
		Version:        version,
		HTTPS:          options.https,
		TrustedProxies: options.proxies,
		Logger:         o.logger,
	})
	if errors.Is(err, storage.ErrInvalid) {
		return nil, usageError{err}
	}
	return handler, err
}

// supervise waits for the end: of the context, of the server, or of a start
// that failed. It returns once nothing of the server runs any more.
func supervise(ctx context.Context, cancel func(), logger *slog.Logger, server *http.Server, state *readiness, served, started chan error) error {
	var failed error
	running := true // the start
	for waiting := true; waiting; {
		select {
		case failed = <-started:
			running = false
			waiting = failed == nil
		case failed = <-served:
			waiting = false
		case <-ctx.Done():
			waiting = false
		}
	}
	cancel()
	if running {
		failed = errors.Join(failed, <-started)
	}
	state.set("Kho văn kiện đang dừng.") // after the start, whose last word is that it is ready
	logger.Info("stopping")
	return errors.Join(failed, shutDown(ctx, logger, server, drainTime))
}

// shutDown lets running requests end, for so long; one that takes longer is cut
// off, which is no failure: an original may be half an hour on its way.
func shutDown(ctx context.Context, logger *slog.Logger, server *http.Server, within time.Duration) error {
	drain, stop := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer stop()
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		logger.Warn("running requests were cut off", "after", within.String())
		return server.Close()
	}
	return err
}

// start makes the library ready: repairs what a crash left, takes in the samples.
func start(ctx context.Context, o *opened, state *readiness, sample bool) error {
	began := time.Now()
	state.set("Đang đối chiếu chỉ mục với kho.")
	err := o.writer.Repair(ctx, func(done int) {
		if done%1000 == 0 { // to the log: how many documents there are, drafts and all, is not for everybody
			o.logger.Info("comparing the index with the store", "documents", done)
		}
	})
	if err == nil && sample {
		state.set("Đang nạp các văn bản mẫu.")
		err = importSamples(ctx, o.writer)
	}
	if err != nil {
		return err
	}
	state.set("")
	o.logger.Info("ready", "after", time.Since(began).Round(time.Millisecond).String())
	return nil
}

// welcome prints the address and, on the very first start, an admin token: the
// only time it can be read.
func welcome(cmd *cobra.Command, library *storage.Library, address net.Addr) error {
	out := cmd.OutOrStdout()
	for _, err := range library.Tokens(cmd.Context()) {
		if err != nil && !errors.Is(err, storage.ErrDamaged) { // a damaged one was made, too
			return err
		}
		_, err = fmt.Fprintf(out, "Văn Kiện đang chạy tại http://%s\n", address)
		return err
	}
	secret, err := library.NewToken(cmd.Context(), "admin", storage.RoleAdmin)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Văn Kiện đang chạy tại http://%s\nMã truy cập của quản trị viên (chỉ hiện một lần, hãy cất giữ): %s\n", address, secret)
	return err
}
