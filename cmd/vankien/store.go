package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vankien/indexer"
	"vankien/storage"
	"vankien/storage/backup"
	"vankien/storage/files"
	"vankien/storage/s3"
)

// closingStore is a store that is let go of at the end.
type closingStore interface {
	storage.Store
	io.Closer
}

// bucketScheme begins a --store that is a bucket.
const bucketScheme = "s3://"

// storeFlags are where the library is and how to get at it.
func storeFlags(flags *pflag.FlagSet) {
	flags.String("store", "", "kho: `files:THƯ_MỤC` hoặc s3://BUCKET (mặc định files:DATA/store)")
	flags.String("s3-endpoint", "", "`ĐỊA_CHỈ` máy chủ S3, ví dụ https://s3.tinh.vn (mặc định của Amazon)")
	flags.String("s3-region", "", "`VÙNG` của bucket (mặc định us-east-1)")
	flags.String("s3-credentials", "", "`TỆP` khóa truy cập S3 theo dạng của AWS")
	flags.String("s3-ca", "", "`TỆP` chứng chỉ PEM được tin thêm khi nối tới máy chủ S3")
	for _, secret := range secretFlags {
		flags.String(secret, "", "khóa truy cập S3; chỉ đặt bằng biến môi trường hoặc tệp cấu hình")
		if err := flags.MarkHidden(secret); err != nil {
			panic(err) // a slip in the names above
		}
	}
}

// secretFlags are set by the environment and the configuration file only: a
// command line is for everybody on the machine to read.
var secretFlags = []string{"s3-access-key", "s3-secret-key"}

// refuseSecrets refuses secrets on the command line.
func refuseSecrets(flags *pflag.FlagSet) error {
	for _, secret := range secretFlags {
		if flag := flags.Lookup(secret); flag != nil && flag.Changed {
			return usageError{fmt.Errorf("không nhận --%s trên dòng lệnh, nơi ai cũng đọc được; hãy đặt biến %s", secret, variable(secret))}
		}
	}
	return nil
}

// openBackend opens the store that the flags name: the only place that knows
// which backends there are. The caller closes it.
func openBackend(cmd *cobra.Command) (closingStore, error) {
	value, err := cmd.Flags().GetString("store")
	if err != nil {
		return nil, err
	}
	if bucket, inBucket := strings.CutPrefix(value, bucketScheme); inBucket {
		return openBucket(cmd, bucket)
	}
	location, err := locate(cmd, "store", "files")
	if err != nil {
		return nil, err
	}
	store, err := files.Open(location)
	if err != nil {
		return nil, fmt.Errorf("mở kho %s: %w", location, err)
	}
	return store, nil
}

func openBucket(cmd *cobra.Command, bucket string) (closingStore, error) {
	if bucket == "" || strings.ContainsAny(bucket, "/?# ") {
		return nil, usageError{fmt.Errorf("--store %q: cần dạng s3://BUCKET", bucketScheme+bucket)}
	}
	cfg := s3.Config{Bucket: bucket, Timeout: 0}
	var problem error
	text := func(flag string) string {
		value, err := cmd.Flags().GetString(flag)
		problem = errors.Join(problem, err)
		return value
	}
	cfg.Endpoint = cmp.Or(text("s3-endpoint"), os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"))
	cfg.Region = cmp.Or(text("s3-region"), os.Getenv("AWS_REGION"))
	cfg.AccessKey, cfg.SecretKey = text("s3-access-key"), text("s3-secret-key")
	cfg.CredentialsFile, cfg.CAFile = text("s3-credentials"), text("s3-ca")
	if problem != nil {
		return nil, problem
	}
	if endpoint, err := url.Parse(cfg.Endpoint); cfg.Endpoint != "" && (err != nil || endpoint.Host == "" || endpoint.Scheme != "https" && endpoint.Scheme != "http") {
		return nil, usageError{errors.New("--s3-endpoint: cần dạng https://MÁY_CHỦ hoặc http://MÁY_CHỦ:CỔNG")}
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), startTime)
	defer cancel()
	return s3.Open(ctx, cfg)
}

// openLibrary opens the typed library in the store that the flags name, unless a
// restore has not finished filling it: that would be spoilt by whoever writes.
// The caller closes the store.
func openLibrary(cmd *cobra.Command) (*storage.Library, io.Closer, error) {
	store, err := openBackend(cmd)
	if err != nil {
		return nil, nil, err
	}
	if err := backup.CheckRestored(cmd.Context(), store); err != nil {
		return nil, nil, errors.Join(refused(err), store.Close())
	}
	return storage.NewLibrary(store), store, nil
}

// storeExists refuses a folder that is no store yet: a mistyped one must not
// become one by a command that has nothing to do in an empty library. A bucket
// is never made.
func storeExists(cmd *cobra.Command) error {
	value, err := cmd.Flags().GetString("store")
	if err != nil || strings.HasPrefix(value, bucketScheme) {
		return err
	}
	location, err := locate(cmd, "store", "files")
	if err != nil {
		return err
	}
	if _, err := os.Stat(location); errors.Is(err, fs.ErrNotExist) {
		return &indexer.InputError{
			Reason: "Không có kho ở " + printableName(location) + "; hãy xem lại --data, hoặc nhập văn bản bằng “vankien import”.",
			Err:    storage.ErrNotFound,
		}
	}
	return nil
}
