package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// found is a file to import or, with a reason, something that is none.
type found struct {
	path   string
	reason string // Vietnamese, "" for a file
}

// walk lists what stands at the paths, folders with all that is in them, in
// the order in which it is found; hidden files and folders are passed over, as
// are the lock files that Word leaves. Links are followed where they are
// named, not within folders: who may put a file there must not choose which
// other file of the machine is published.
//
// What cannot be opened is listed with its reason. Only where that is so for
// each of the paths, nothing is left to do and walk fails.
func walk(ctx context.Context, paths []string) ([]found, error) {
	var all []found
	var nothing error
	opened := false
	for _, path := range paths {
		list, ok, err := walkOne(ctx, path)
		if err != nil {
			return nil, err
		}
		opened = opened || ok
		if !ok {
			nothing = errors.Join(nothing, fmt.Errorf("%s: %s", printableName(path), list[0].reason))
		}
		all = append(all, list...)
	}
	if !opened {
		return nil, nothing
	}
	return all, nil
}

// walkOne lists one path; it is not ok where the path itself cannot be opened,
// for the reason listed. The error is the context's.
func walkOne(ctx context.Context, path string) (list []found, ok bool, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return []found{{path, fileReason(err)}}, false, nil
	case info.Mode().IsRegular():
		return walkFile(path)
	case !info.IsDir():
		return []found{{path, notRegular}}, false, nil
	}
	root := path + string(filepath.Separator) // makes a link the folder it leads to
	ok = true
	err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		name := filepath.Base(file)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			if file == root {
				ok, file = false, path
			}
			list = append(list, found{file, fileReason(err)})
		case file != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular():
			list = append(list, found{path: file})
		case entry.Type()&fs.ModeSymlink != 0:
			list = append(list, found{file, "liên kết, không theo"})
		case !entry.IsDir():
			list = append(list, found{file, notRegular})
		}
		return nil
	})
	return list, ok, err
}

const notRegular = "không phải là tệp thường hay thư mục"

// walkFile lists a file that is named, and looks whether it opens.
func walkFile(path string) ([]found, bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return []found{{path, fileReason(err)}}, false, nil
	}
	return []found{{path: path}}, true, file.Close()
}
