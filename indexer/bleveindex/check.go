package bleveindex

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// looks is how often Check looks at what seems damaged: beside a process that
// writes, files come and go, and one may be read while it is written.
const looks = 3

// Check reads the folder of an index without opening or locking it, so that it
// works beside the process that has it open, and tells what is damaged; nothing
// where all is well. An index that is not there, or was made by another version
// of the program, is a damage too. An error means that it could not look.
func Check(ctx context.Context, dir string) ([]Damage, error) {
	damages, err := look(ctx, dir)
	for range looks - 1 {
		if err != nil || len(damages) == 0 {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
		var again []Damage
		again, err = look(ctx, dir)
		damages = slices.DeleteFunc(again, func(d Damage) bool {
			return !slices.ContainsFunc(damages, func(before Damage) bool { return before.File == d.File })
		})
	}
	return damages, err
}

func look(ctx context.Context, dir string) ([]Damage, error) {
	name, err := currentBuild(dir)
	if err == nil {
		err = checkVersions(filepath.Join(dir, name))
	}
	if cannot := new(unusable); errors.As(err, &cannot) {
		return []Damage{{currentFile, cannot.reason}}, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := inspect(ctx, dir, name)
	if err != nil {
		return nil, err
	}
	return found.damages, nil
}

// currentBuild reads which build is the live one.
func currentBuild(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &unusable{"Mất chỉ mục, hoặc chưa lập lần nào.", err}
	case passing(err):
		return "", err
	case err != nil:
		return "", &unusable{"Không đọc được tên của bản chỉ mục đang dùng.", err}
	}
	name := strings.TrimSuffix(string(data), "\n")
	if !strings.HasPrefix(name, buildPrefix) || filepath.Base(name) != name {
		return "", &unusable{"Tên của bản chỉ mục đang dùng bị hỏng.", fmt.Errorf("%.60q names no build", name)}
	}
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
		if passing(err) {
			return "", err
		}
		return "", &unusable{"Mất chỉ mục: không còn bản đang dùng.", err}
	}
	return name, nil
}

// checkVersions tells whether a build was made as this program makes them.
func checkVersions(build string) error {
	record, err := os.ReadFile(filepath.Join(build, versionsFile))
	if passing(err) {
		return err
	}
	var made versions
	if err == nil {
		err = json.Unmarshal(record, &made)
	}
	if err != nil {
		return &unusable{"Không đọc được chỉ mục do phiên bản nào của chương trình lập.", fmt.Errorf("build %s: %w", build, err)}
	}
	if made != wanted {
		return &unusable{"Chỉ mục do một phiên bản khác của chương trình lập, phải dựng lại.",
			fmt.Errorf("build %s was made with %+v, this program needs %+v", build, made, wanted)}
	}
	return nil
}
