package storage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func TestToken(t *testing.T) {
	l, s := open(t)
	secrets := map[string]storage.Role{}
	for _, role := range storage.Roles {
		secret, err := l.NewToken(t.Context(), "Nguyễn Văn "+string(role), role)
		if err != nil || len(secret) != 46 || !strings.HasPrefix(secret, "vk_") {
			t.Fatalf("%q, %v", secret, err)
		}
		secrets[secret] = role
	}
	listed := map[string]storage.Token{}
	for token, err := range l.Tokens(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		listed[token.Hash] = token
	}
	for secret, role := range secrets {
		token, err := l.TokenFor(t.Context(), secret)
		if err != nil || token.Role != role || token.Name != "Nguyễn Văn "+string(role) || token.Hash != hash([]byte(secret)) {
			t.Errorf("TokenFor: %+v, %v", token, err)
		}
		if diff := cmp.Diff(token, listed[token.Hash]); diff != "" {
			t.Errorf("Tokens (-TokenFor +listed):\n%s", diff)
		}
		body, _, err := s.Get(t.Context(), "tokens/"+token.Hash+".json", storage.Range{})
		if err != nil {
			t.Fatal(err)
		}
		if data, err := io.ReadAll(body); err != nil || strings.Contains(string(data), secret[3:]) {
			t.Errorf("the store knows the secret: %s, %v", data, err)
		}
		body.Close()
		if err := l.DeleteToken(t.Context(), token.Hash); err != nil {
			t.Error(err)
		}
		if _, err := l.TokenFor(t.Context(), secret); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("TokenFor after DeleteToken: %v", err)
		}
	}
	if len(listed) != len(storage.Roles) {
		t.Errorf("%d tokens listed", len(listed))
	}
}

func TestTokensThatAreRefused(t *testing.T) {
	l, _ := open(t)
	for _, test := range []struct {
		name string
		role storage.Role
	}{
		{"", storage.RoleAdmin}, {"  ", storage.RoleAdmin}, {strings.Repeat("ễ", 101), storage.RoleAdmin}, {"a\nb", storage.RoleAdmin},
		{"\xff", storage.RoleAdmin}, {"an", ""}, {"an", "root"}, {"an", "Admin"},
	} {
		if _, err := l.NewToken(t.Context(), test.name, test.role); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("NewToken(%q, %q): %v", test.name, test.role, err)
		}
	}
	if _, err := l.NewToken(t.Context(), strings.Repeat("ễ", 100), storage.RoleReader); err != nil {
		t.Errorf("a name of 100 code points: %v", err)
	}
}

func TestWhatIsNoToken(t *testing.T) {
	l, s := open(t)
	secret, err := l.NewToken(t.Context(), "an", storage.RoleAdmin)
	if err != nil {
		t.Fatal(err)
	}
	other := "vk_" + strings.Repeat("A", 43)
	data, err := json.Marshal(storage.Token{Hash: hash([]byte(secret)), Role: storage.RoleAdmin})
	if err != nil {
		t.Fatal(err)
	}
	plant(t, s, fmt.Sprintf("tokens/%s.json", hash([]byte(other))), string(data)) // a record under a hash not its own
	for _, bad := range []string{"", "vk_", secret[3:], secret + "A", secret[:45], "VK_" + secret[3:], " " + secret, secret + "\n", "vk_" + strings.Repeat("é", 43),
		"vk_" + strings.Repeat("../", 14) + "x", hash([]byte(secret)), "vk_" + strings.Repeat("B", 43), other, secret[:45] + "=", strings.Repeat("x", 1<<20)} {
		if token, err := l.TokenFor(t.Context(), bad); !errors.Is(err, storage.ErrNotFound) || token != (storage.Token{}) {
			t.Errorf("TokenFor(%.60q): %+v, %v", bad, token, err)
		}
	}
}
