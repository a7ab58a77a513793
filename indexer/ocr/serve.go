package ocr

import (
	"fmt"
	"os"

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
// file, the lowest claim on the processor, and the end of the parent.
func ServeLimited(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("%w: no picture to recognise", storage.ErrInvalid)
	}
	data, program := args[0], args[1]
	err := confine.Become(pageMemory, uint64(pageLimit.Seconds()), niceness, program, args[1:], environment(data))
	fmt.Fprintln(os.Stderr, notStarted)
	return err
}
