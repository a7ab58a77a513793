package ocr

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vankien/indexer/confine"
	"vankien/storage"
)

// notStarted is what the command says where tesseract could not be started: no
// fault of the picture.
const notStarted = "vankien: tesseract not started"

// ServeLimited is what a Recognizer's Command has to run, with the arguments
// that it got behind its own: it limits the process for good and becomes
// tesseract. It returns only with an error, which wraps storage.ErrInvalid
// where the arguments are not those of a Recognizer.
//
// The limits: 1 GiB of memory, 20 s of processor time, no byte written to any
// file, no file opened but the system's programs and the language data, the lowest
// claim on the processor, and the end of the parent.
func ServeLimited(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("%w: no picture to recognise", storage.ErrInvalid)
	}
	data, program := args[0], args[1]
	err := confine.Become(pageMemory, uint64(pageLimit.Seconds()), niceness, needed(program, data), program, args[1:], environment(data))
	fmt.Fprintln(os.Stderr, notStarted)
	return err
}

// systemFolders are where a system keeps programs, libraries and their data:
// nobody's own files.
var systemFolders = []string{"/usr", "/bin", "/lib", "/lib64", "/opt", "/nix/store", "/gnu/store"}

// needed are the files and folders that tesseract reads. Where its program is none
// of the system's nobody knows where its libraries are: then it is all but what
// /proc has of other processes, our environment among it.
func needed(program, data string) []string {
	folders := append([]string{"/etc/ld.so.cache", "/sys/devices/system/cpu", "/proc/self", data}, systemFolders...)
	file, err := filepath.EvalSymlinks(program)
	if err != nil || slices.ContainsFunc(systemFolders, func(folder string) bool { return strings.HasPrefix(file, folder+"/") }) {
		return folders
	}
	all, err := os.ReadDir("/")
	if err != nil {
		return folders
	}
	for _, entry := range all {
		if entry.Name() != "proc" {
			folders = append(folders, "/"+entry.Name())
		}
	}
	return folders
}
