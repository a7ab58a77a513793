package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"vankien/storage"
)

func tokenCommand() *cobra.Command {
	token := &cobra.Command{Use: "token", Short: "Mã truy cập", Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return cmd.Help()
	}}
	var role, name string
	add := &cobra.Command{
		Use:   "add --role reader|editor|publisher|admin --name TÊN",
		Short: "Tạo một mã truy cập và in ra; mã chỉ hiện một lần",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(storage.Roles, storage.Role(role)) {
				return usageError{fmt.Errorf("--role %q: chọn một trong %v", role, storage.Roles)}
			}
			if name == "" {
				return usageError{fmt.Errorf("thiếu --name: tên người hoặc chương trình giữ mã")}
			}
			library, store, err := openLibrary(cmd)
			if err != nil {
				return err
			}
			secret, err := library.NewToken(cmd.Context(), name, storage.Role(role))
			if err := errors.Join(err, store.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), secret)
			return err
		},
	}
	add.Flags().StringVar(&role, "role", "", "`QUYỀN`: reader, editor, publisher hoặc admin")
	add.Flags().StringVar(&name, "name", "", "`TÊN` người hoặc chương trình giữ mã")
	token.AddCommand(add)
	return token
}
