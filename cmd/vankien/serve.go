package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"vankien/api"
	"vankien/indexer/bleveindex"
	"vankien/storage"
)

// version is the program's; release builds set it with -ldflags "-X main.version=…".
var version = "dev"

// startTime is how long a bucket may take to answer at the start.
const startTime = time.Minute

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
			if err := options.check(); err != nil {
				return err
			}
			listener, err := listen(options.listen) // before the library, which a busy port must not make
			if err != nil {
				return err
			}
			o, err := openReading(cmd, slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)), true)
			if err != nil {
				return errors.Join(err, listener.Close())
			}
			return o.close(serve(cmd, o, listener, options))
		},
	}
	cmd.Flags().StringVar(&options.listen, "listen", "127.0.0.1:8080", "`ĐỊA_CHỈ:CỔNG` phục vụ")
	cmd.Flags().BoolVar(&options.sample, "sample", false, "nạp và công bố các văn bản mẫu")
	cmd.Flags().StringVar(&options.readers, "readers", api.ReadersOpen, "`AI` được đọc văn bản công khai: open (mọi người) hoặc token (phải có mã truy cập)")
	cmd.Flags().BoolVar(&options.https, "https", false, "người đọc vào qua HTTPS (qua proxy): cookie chỉ gửi qua HTTPS")
	cmd.Flags().StringSliceVar(&options.proxies, "proxies", nil, "các `DẢI_ĐỊA_CHỈ` (CIDR, cách nhau bằng dấu phẩy) của proxy được tin, để biết địa chỉ thật của người đọc")
	return cmd
}

// check refuses values that make no sense.
func (o serveOptions) check() error {
	if o.readers != api.ReadersOpen && o.readers != api.ReadersToken {
		return usageError{fmt.Errorf("--readers %q: chọn %s hoặc %s", o.readers, api.ReadersOpen, api.ReadersToken)}
	}
	for _, proxy := range o.proxies {
		addr, addressErr := netip.ParseAddr(proxy)
		_, rangeErr := netip.ParsePrefix(proxy)
		if rangeErr != nil && (addressErr != nil || addr.Zone() != "") {
			return usageError{fmt.Errorf("--proxies %q: cần địa chỉ IP hoặc dải địa chỉ như 10.0.0.0/8", proxy)}
		}
	}
	if _, _, err := net.SplitHostPort(o.listen); err != nil {
		return usageError{fmt.Errorf("--listen %q: cần dạng ĐỊA_CHỈ:CỔNG như 127.0.0.1:8080", o.listen)}
	}
	return nil
}

func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("cổng %s đang có chương trình khác dùng; hãy chọn cổng khác bằng --listen", address)
	}
	if err != nil {
		return nil, fmt.Errorf("không mở được cổng %s: %w", address, err)
	}
	return listener, nil
}

// serve answers at once, so that /readyz can tell how the start goes, and ends
// when the command's context does: readiness off, requests drained. It closes
// the listener.
func serve(cmd *cobra.Command, o *opened, listener net.Listener, options serveOptions) error {
	state := new(readiness)
	state.set(api.StatusStarting, "Kho văn kiện đang khởi động.")
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	library := newOperatorLibrary(o.library)
	var background sync.WaitGroup
	handler, err := newHandler(ctx, o, library, state, newReindexing(ctx, o, &background), options)
	if err != nil {
		return errors.Join(err, listener.Close())
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

	background.Go(func() { o.writer.Run(ctx) })
	background.Go(func() { watchStore(ctx, o, state) })
	started := make(chan error, 1)
	go func() {
		err := start(ctx, o, state, options.sample)
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			err = nil // it was told to stop, which may reach supervise before the reason does
		}
		started <- err
	}()

	err = supervise(ctx, cancel, o.logger, server, state, served, started)
	background.Wait()
	return errors.Join(err, extinguish())
}

func newHandler(ctx context.Context, o *opened, library operatorLibrary, state *readiness, reindexer api.Reindexer, options serveOptions) (http.Handler, error) {
	var index api.Index = o.index
	if condition, _ := o.index.State(); condition == bleveindex.Empty {
		index = startingIndex{o.index, state}
	}
	return api.New(api.Config{
		Index:   index,
		Library: library,
		OpenOriginal: func(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
			return o.library.OpenOriginal(ctx, sha256)
		},
		Ready:          state.ready,
		Writer:         o.writer,
		Reindexer:      reindexer,
		Stopping:       ctx.Done(),
		Operator:       library.secret,
		Readers:        options.readers,
		Version:        version,
		HTTPS:          options.https,
		TrustedProxies: options.proxies,
		Logger:         o.logger,
	})
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
	state.set(api.StatusStopping, "Kho văn kiện đang dừng.") // after the start, whose last word is that it is ready
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

// start makes the library ready: repairs what a crash left, takes in the
// samples. A store that is full or cannot be reached for a while is waited for.
func start(ctx context.Context, o *opened, state *readiness, sample bool) error {
	began := time.Now()
	for {
		err := prepare(ctx, o, state, sample)
		if err == nil {
			break
		}
		switch {
		case noSpace(err):
			state.set(api.StatusStarting, "Hết dung lượng lưu trữ; đang chờ có thêm chỗ.")
		case errors.Is(err, storage.ErrUnavailable):
			state.set(api.StatusStarting, "Không liên lạc được với kho; đang thử lại.")
		default:
			return err
		}
		o.logger.Error("the start waits", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pingEvery):
		}
	}
	state.set(api.StatusReady, detailReady)
	o.logger.Info("ready", "after", time.Since(began).Round(time.Millisecond).String())
	return nil
}

func prepare(ctx context.Context, o *opened, state *readiness, sample bool) error {
	defer beThrifty()()
	doing := "Đang đối chiếu chỉ mục với kho"
	if condition, reason := o.index.State(); condition == bleveindex.Empty {
		doing = "Đang dựng lại chỉ mục tìm kiếm"
		o.logger.Info("the index is filled anew", "reason", reason)
	}
	state.set(api.StatusStarting, doing+".")
	err := o.writer.Repair(ctx, func(done int) {
		if done%100 == 0 {
			state.set(api.StatusStarting, fmt.Sprintf("%s: đã xem %d văn bản.", doing, done))
		}
		if done%1000 == 0 {
			o.logger.Info("comparing the index with the store", "documents", done)
		}
	})
	if err == nil && sample {
		state.set(api.StatusStarting, "Đang nạp các văn bản mẫu.")
		err = importSamples(ctx, o.writer)
	}
	return err
}

// welcome prints the address and, where nobody is an administrator yet, an
// admin token: the only time it can be read. A token that is damaged may have
// been one.
func welcome(cmd *cobra.Command, library *storage.Library, address net.Addr) error {
	out := cmd.OutOrStdout()
	for token, err := range library.Tokens(cmd.Context()) {
		if err != nil && !errors.Is(err, storage.ErrDamaged) {
			return err
		}
		if err == nil && token.Role != storage.RoleAdmin {
			continue
		}
		_, err = fmt.Fprintf(out, "Văn Kiện đang chạy tại http://%s\n", address)
		return err
	}
	secret, err := addToken(cmd.Context(), library, "admin", storage.RoleAdmin)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Văn Kiện đang chạy tại http://%s\nMã truy cập của quản trị viên (chỉ hiện một lần, hãy cất giữ): %s\n", address, secret)
	return err
}
