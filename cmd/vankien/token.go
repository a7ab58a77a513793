package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/storage"
)

func tokenCommand() *cobra.Command {
	token := &cobra.Command{Use: "token", Short: "Mã truy cập: tạo, xem, thu hồi", Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return cmd.Help()
	}}
	token.AddCommand(tokenAddCommand(), tokenListCommand(), tokenRemoveCommand())
	return token
}

func tokenAddCommand() *cobra.Command {
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
			secret, err := addToken(cmd.Context(), library, name, storage.Role(role))
			if err := errors.Join(err, store.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), secret)
			return err
		},
	}
	add.Flags().StringVar(&role, "role", "", "`QUYỀN`: reader, editor, publisher hoặc admin")
	add.Flags().StringVar(&name, "name", "", "`TÊN` người hoặc chương trình giữ mã")
	return add
}

// addToken makes a token that the audit trail knows of, or none.
func addToken(ctx context.Context, library *storage.Library, name string, role storage.Role) (secret string, err error) {
	secret, err = library.NewToken(ctx, name, role)
	if err != nil {
		return "", err
	}
	token, err := library.TokenFor(ctx, secret)
	if err != nil {
		return "", err
	}
	if err := auditToken(ctx, library, "token-add", token); err != nil {
		return "", errors.Join(err, library.DeleteToken(context.WithoutCancel(ctx), token.Hash))
	}
	return secret, nil
}

func auditToken(ctx context.Context, library *storage.Library, action string, token storage.Token) error {
	return library.AppendAudit(ctx, storage.AuditEvent{
		By: storage.ByOperator, Action: action, Subject: token.Name, Note: string(token.Role) + " " + token.Hash[:shownHash],
	})
}

// shownHash is how much of a token's hash people see: enough to name it.
const shownHash = 8

func tokenListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Liệt kê mã truy cập; bản thân mã không được lưu nên không xem lại được",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			library, store, err := openExistingStore(cmd)
			if err != nil {
				return err
			}
			err = listTokens(cmd, library)
			return withClosing(err, store)
		},
	}
}

// withClosing closes what a command used; its own error comes back as it is
// where nothing more fails.
func withClosing(err error, closer io.Closer) error {
	if closing := closer.Close(); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}

func listTokens(cmd *cobra.Command, library *storage.Library) error {
	tokens, damaged, err := allTokens(cmd.Context(), library)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	if len(tokens) > 0 {
		fmt.Fprintln(table, "TÊN\tQUYỀN\tTẠO LÚC\tMÃ BĂM") // what fails, Flush tells
	}
	for _, token := range tokens {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", printableName(token.Name), token.Role, token.Created.Format(time.RFC3339), token.Hash[:shownHash])
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%d mã truy cập.\n", len(tokens)); err != nil || damaged == nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "Có mã bị hỏng, không dùng được (%s); hãy chạy “vankien verify”.\n", printable(oneLine(damaged))); err != nil {
		return err
	}
	return errPartly
}

// allTokens are the tokens that can be read, the oldest first; damaged is why
// others cannot.
func allTokens(ctx context.Context, library *storage.Library) (tokens []storage.Token, damaged, err error) {
	for token, err := range library.Tokens(ctx) {
		switch {
		case errors.Is(err, storage.ErrDamaged):
			damaged = errors.Join(damaged, err)
		case err != nil:
			return nil, nil, err
		case storage.CheckSHA256(token.Hash) != nil:
			damaged = errors.Join(damaged, fmt.Errorf("token %.40q: %w", token.Name, storage.ErrDamaged))
		default:
			tokens = append(tokens, token)
		}
	}
	slices.SortStableFunc(tokens, func(a, b storage.Token) int { return a.Created.Compare(b.Created) })
	return tokens, damaged, nil
}

func tokenRemoveCommand() *cobra.Command {
	var name, hash string
	remove := &cobra.Command{
		Use:   "remove --name TÊN | --hash PHẦN_ĐẦU",
		Short: "Thu hồi mã truy cập: mọi mã mang tên đó, hoặc một mã theo mã băm",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (name == "") == (hash == "") {
				return usageError{fmt.Errorf("chọn một trong hai: --name hoặc --hash")}
			}
			library, store, err := openExistingStore(cmd)
			if err != nil {
				return err
			}
			return withClosing(removeTokens(cmd, library, name, strings.ToLower(hash)), store)
		},
	}
	remove.Flags().StringVar(&name, "name", "", "`TÊN` người hoặc chương trình giữ mã")
	remove.Flags().StringVar(&hash, "hash", "", "`PHẦN_ĐẦU` của mã băm, như “token list” in ra")
	return remove
}

func removeTokens(cmd *cobra.Command, library *storage.Library, name, hash string) error {
	ctx := cmd.Context()
	tokens, err := chosenTokens(ctx, library, name, hash)
	if err != nil {
		return err
	}
	for _, token := range tokens {
		err := library.DeleteToken(ctx, token.Hash)
		if errors.Is(err, storage.ErrNotFound) { // somebody else did it
			continue
		}
		if err == nil {
			err = auditToken(ctx, library, "token-remove", token)
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Đã thu hồi mã %s của %s (%s).\n", token.Hash[:shownHash], printableName(token.Name), token.Role); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "Đã thu hồi %d mã truy cập.\n", len(tokens))
	return err
}

// chosenTokens are the tokens of a name, or the one whose hash begins so. One
// that is damaged can be named by its hash only.
func chosenTokens(ctx context.Context, library *storage.Library, name, hash string) ([]storage.Token, error) {
	tokens, _, err := allTokens(ctx, library)
	if err != nil {
		return nil, err
	}
	if storage.CheckSHA256(hash) == nil && !slices.ContainsFunc(tokens, func(t storage.Token) bool { return t.Hash == hash }) {
		tokens = append(tokens, storage.Token{Hash: hash, Name: "?", Role: "?"})
	}
	tokens = slices.DeleteFunc(tokens, func(t storage.Token) bool {
		return name != "" && t.Name != name || hash != "" && !strings.HasPrefix(t.Hash, hash)
	})
	switch {
	case len(tokens) == 0:
		return nil, &indexer.InputError{Reason: "Không có mã truy cập nào như vậy; gõ “vankien token list” để xem.", Err: storage.ErrNotFound}
	case hash != "" && len(tokens) > 1:
		return nil, &indexer.InputError{
			Reason: fmt.Sprintf("Có %d mã mà mã băm bắt đầu bằng %q; hãy gõ dài hơn.", len(tokens), hash), Err: storage.ErrInvalid,
		}
	}
	return tokens, nil
}
