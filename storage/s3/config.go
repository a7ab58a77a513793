package s3

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"

	"vankien/storage"
)

const (
	amazon        = "https://s3.amazonaws.com"
	defaultRegion = "us-east-1"
)

func (c Config) region() string {
	if c.Region == "" {
		return defaultRegion
	}
	return c.Region
}

// endpoint reads Endpoint, and checks the bucket's name with it.
func (c Config) endpoint() (host string, secure bool, err error) {
	if err := s3utils.CheckValidBucketNameStrict(c.Bucket); err != nil {
		return "", false, cannotStart("Tên bucket không hợp lệ: cần 3–63 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.", err)
	}
	if c.Endpoint == "" {
		c.Endpoint = amazon
	}
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" || u.User != nil || u.RawQuery != "" {
		return "", false, cannotStart("Địa chỉ của máy chủ S3 không hợp lệ: cần dạng https://máy-chủ hoặc http://máy-chủ:cổng.",
			errors.Join(storage.ErrInvalid, errors.New("endpoint")))
	}
	return u.Host, u.Scheme == "https", nil
}

func (c Config) credentials() (*credentials.Credentials, error) {
	var keys *credentials.Credentials
	switch {
	case (c.AccessKey == "") != (c.SecretKey == ""):
		return nil, cannotStart("Khóa truy cập S3 thiếu một nửa: cần cả khóa truy cập và khóa bí mật.", storage.ErrInvalid)
	case c.AccessKey != "":
		return credentials.NewStaticV4(c.AccessKey, c.SecretKey, c.SessionToken), nil
	case c.CredentialsFile != "":
		keys = credentials.NewFileAWSCredentials(c.CredentialsFile, "")
	default:
		keys = credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}})
	}
	value, err := keys.GetWithContext(nil)
	switch {
	case err != nil:
		return nil, cannotStart("Không đọc được khóa truy cập S3 từ tệp "+c.CredentialsFile+"; tệp phải theo dạng của AWS.", withoutLine(err))
	case value.AccessKeyID == "" || value.SecretAccessKey == "":
		return nil, cannotStart("Chưa có khóa truy cập S3: hãy đặt VANKIEN_S3_ACCESS_KEY và VANKIEN_S3_SECRET_KEY, hoặc chỉ ra tệp chứa khóa.", storage.ErrInvalid)
	}
	return keys, nil
}

// withoutLine is why a file of keys cannot be read. What is not the system's
// own error quotes the line in question, which may be a key.
func withoutLine(err error) error {
	if system := (*fs.PathError)(nil); errors.As(err, &system) {
		return system
	}
	return fmt.Errorf("the file of keys is malformed: %w", storage.ErrInvalid)
}

// transport is how requests travel, and what closes its idle connections.
func (c Config) transport() (http.RoundTripper, func(), error) {
	if c.Transport != nil {
		return c.Transport, (&http.Client{Transport: c.Transport}).CloseIdleConnections, nil
	}
	trust, err := c.trust()
	if err != nil {
		return nil, nil, err
	}
	dialer := &net.Dialer{Timeout: min(c.Timeout, 5*time.Second), KeepAlive: 15 * time.Second}
	t := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    min(c.Timeout, 10*time.Second),
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    64,
		IdleConnTimeout:        time.Minute,
		MaxResponseHeaderBytes: 1 << 20,
		DisableCompression:     true, // else a body encoded as gzip would be decoded on the way
	}
	return t, t.CloseIdleConnections, nil
}

// trust are the certificates to trust, nil for the system's alone.
func (c Config) trust() (*x509.CertPool, error) {
	if c.CAFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, cannotStart("Không đọc được tệp chứng thư "+c.CAFile+".", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, cannotStart("Tệp "+c.CAFile+" không có chứng thư nào ở dạng PEM.", storage.ErrInvalid)
	}
	return pool, nil
}
