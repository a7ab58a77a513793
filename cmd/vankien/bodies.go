package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/indexer/bodies"
	"vankien/storage"
)

// useBodies makes the register of bodies that of the program, with what the
// operator's bodies.json in the data directory adds to it, if there is one.
func useBodies(cmd *cobra.Command) error {
	data, err := cmd.Flags().GetString("data")
	if err != nil {
		return err
	}
	path := filepath.Join(data, "bodies.json")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		bodies.Use(nil)
		return nil
	}
	if err != nil {
		return wrongBodies(path, fileReason(err), err)
	}
	register, err := bodies.BuiltIn().Extend(file)
	wrong := new(bodies.FileError)
	switch err = errors.Join(err, file.Close()); {
	case errors.As(err, &wrong):
		return wrongBodies(path, wrong.Reason, err)
	case err != nil:
		return wrongBodies(path, fileReason(err), err)
	}
	bodies.Use(register)
	return nil
}

func wrongBodies(path, reason string, err error) error {
	return &indexer.InputError{
		Reason: "Danh mục cơ quan " + printableName(path) + ": " + reason + ". Hãy sửa tệp này, hoặc bỏ nó đi để dùng danh mục có sẵn.",
		Err:    errors.Join(storage.ErrInvalid, err),
	}
}
