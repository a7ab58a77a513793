package api

import (
	"net/http"
	"regexp"

	"github.com/gin-gonic/gin"

	"vankien/indexer"
	"vankien/storage"
)

// route is one line of the route table: what the server answers, what the
// OpenAPI document says of it, and who may ask.
type route struct {
	method, path string // path as OpenAPI writes it; {file...} takes the rest
	id           string // operationId
	summary      string // Vietnamese
	role         storage.Role
	open         bool // needs no token even when the readers need one
	html         bool // errors are pages rather than problem documents
	slow         bool // may take longer than Config.Timeout
	unlimited    bool // not counted by the rate limit
	params       []param
	form         []string // the fields of a form that is posted
	answer       any      // the zero value of the JSON answered, nil for other media
	media        string   // of the answer, application/json where answer is set
	statuses     []int    // that it may answer beside 200 and 500
	handle       func(*server, *gin.Context) error
}

// param is a parameter of a route as OpenAPI describes it.
type param struct {
	name, in, about string
	kind            string // string, integer or date
	many            bool   // may be repeated or separated by commas
	enum            []string
	min, max        int
	fallback        any
}

const documentPath = "/van-ban/{id}"

const (
	inQuery = "query"
	inPath  = "path"
)

var (
	documentID = param{name: "id", in: inPath, kind: "string", about: "Mã văn bản"}

	searchParams = []param{
		{name: "q", in: inQuery, kind: "string", max: indexer.MaxQueryText, about: "Câu tìm, có dấu hoặc không dấu; để trống thì liệt kê tất cả, mới nhất trước"},
		{name: "kind", in: inQuery, kind: "string", many: true, about: "Loại văn bản, ví dụ nghi-quyet"},
		{name: "issuer", in: inQuery, kind: "string", many: true, about: "Cơ quan ban hành, ví dụ ban-bi-thu"},
		{name: "year", in: inQuery, kind: "string", many: true, about: "Năm ban hành"},
		{name: "term", in: inQuery, kind: "string", many: true, about: "Khóa, ví dụ khoa-xiii"},
		{name: "validity", in: inQuery, kind: "string", many: true, about: "Hiệu lực", enum: enumValues[storage.Validity]()},
		{name: "from", in: inQuery, kind: "date", about: "Ban hành từ ngày"},
		{name: "to", in: inQuery, kind: "date", about: "Ban hành đến ngày"},
		{name: "sort", in: inQuery, kind: "string", about: "Thứ tự", enum: enumValues[indexer.Sort](), fallback: string(indexer.ByRelevance)},
		{name: "page", in: inQuery, kind: "integer", min: 1, fallback: 1, about: "Trang kết quả"},
		{name: "size", in: inQuery, kind: "integer", min: 1, max: indexer.MaxPageSize, fallback: 10, about: "Số kết quả mỗi trang"},
	}
	facetsParam = param{name: "facets", in: inQuery, kind: "string", many: true, about: "Các nhóm cần đếm", enum: enumValues[indexer.Facet]()}
)

// routes is everything the server answers.
func routes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: "/api/v1/search", id: "search", summary: "Tìm văn bản", params: append(searchParams[:len(searchParams):len(searchParams)], facetsParam),
			answer: SearchAnswer{}, statuses: []int{400, 401, 429, 503}, handle: (*server).search},
		{method: get, path: "/api/v1/suggest", id: "suggest", summary: "Gợi ý khi đang gõ", params: []param{
			{name: "q", in: inQuery, kind: "string", max: indexer.MaxQueryText, about: "Phần đã gõ"},
			{name: "size", in: inQuery, kind: "integer", min: 1, max: maxSuggestions, fallback: 8, about: "Số gợi ý"},
		}, answer: SuggestAnswer{}, statuses: []int{400, 401, 429, 503}, handle: (*server).suggest},
		{method: get, path: "/api/v1/documents/{id}", id: "document", summary: "Một văn bản", params: []param{documentID},
			answer: storage.Document{}, statuses: []int{401, 404, 429, 503}, handle: (*server).document},
		{method: get, path: "/api/v1/documents/{id}/original", id: "original", summary: "Tệp gốc, đúng từng byte như khi tải lên", params: []param{documentID},
			media: "application/octet-stream", slow: true, statuses: []int{206, 304, 401, 404, 416, 429, 503}, handle: (*server).original},
		{method: get, path: "/api/v1/documents/{id}/text", id: "text", summary: "Toàn văn theo trang", params: []param{documentID},
			answer: TextAnswer{}, statuses: []int{401, 404, 429, 503}, handle: (*server).text},
		{method: get, path: "/api/v1/documents/{id}/pages/{n}", id: "page", summary: "Chữ của một trang", params: []param{documentID,
			{name: "n", in: inPath, kind: "integer", min: 1, about: "Số trang, từ 1"}},
			answer: storage.Page{}, statuses: []int{400, 401, 404, 429, 503}, handle: (*server).page},

		{method: get, path: "/", id: "searchPage", summary: "Trang tìm kiếm", params: searchParams, html: true, media: htmlMedia,
			statuses: []int{303, 400, 429, 503}, handle: (*server).searchPage},
		{method: get, path: documentPath, id: "documentPage", summary: "Trang của một văn bản", params: []param{documentID,
			{name: "trang", in: inQuery, kind: "integer", min: 1, fallback: 1, about: "Trang văn bản cần xem"},
			{name: "q", in: inQuery, kind: "string", max: indexer.MaxQueryText, about: "Những từ cần đánh dấu"},
		}, html: true, media: htmlMedia, statuses: []int{303, 404, 429, 503}, handle: (*server).documentPage},
		{method: get, path: viewerPath, id: "viewerPage", summary: "Bản gốc PDF, mở đúng trang", params: []param{documentID,
			{name: "trang", in: inQuery, kind: "integer", min: 1, fallback: 1, about: "Trang cần xem"},
			{name: "q", in: inQuery, kind: "string", max: indexer.MaxQueryText, about: "Những từ cần đánh dấu khi về phần chữ"},
		}, html: true, media: htmlMedia, statuses: []int{303, 404, 429, 503}, handle: (*server).viewerPage},
		{method: get, path: signInPath, id: "signInPage", summary: "Trang đăng nhập", params: []param{
			{name: "tiep", in: inQuery, kind: "string", about: "Địa chỉ mở sau khi đăng nhập"},
		}, html: true, open: true, media: htmlMedia, statuses: []int{429}, handle: (*server).signInPage},
		{method: http.MethodPost, path: signInPath, id: "signIn", summary: "Đăng nhập bằng mã truy cập", form: []string{"ma", "tiep"},
			html: true, open: true, statuses: []int{303, 400, 401, 403, 413, 429, 503}, handle: (*server).signIn},
		{method: http.MethodPost, path: "/dang-xuat", id: "signOut", summary: "Đăng xuất", html: true, open: true, statuses: []int{303, 403, 429}, handle: (*server).signOut},
		{method: get, path: "/static/{file...}", id: "asset", summary: "Tệp tĩnh của các trang", params: []param{
			{name: "file", in: inPath, kind: "string", about: "Tên tệp"},
		}, html: true, open: true, unlimited: true, media: "*/*", statuses: []int{304, 404}, handle: (*server).asset},

		{method: get, path: "/healthz", id: "healthz", summary: "Tiến trình đang chạy", open: true, unlimited: true, answer: Health{}, handle: (*server).healthz},
		{method: get, path: "/readyz", id: "readyz", summary: "Thư viện đã sẵn sàng", open: true, unlimited: true, answer: Readiness{}, statuses: []int{503}, handle: (*server).readyz},
		{method: get, path: "/openapi.json", id: "openapi", summary: "Mô tả API này", open: true, media: "application/json", handle: (*server).openapi},
		{method: get, path: "/metrics", id: "metrics", summary: "Số đo cho Prometheus", open: true, unlimited: true, media: "text/plain", handle: (*server).metricsPage},
	}
}

var pathParameter = regexp.MustCompile(`\{(\w+)(\.\.\.)?\}`)

// ginPath is the route's path as Gin writes it.
func (r route) ginPath() string {
	return pathParameter.ReplaceAllStringFunc(r.path, func(s string) string {
		m := pathParameter.FindStringSubmatch(s)
		if m[2] != "" {
			return "*" + m[1]
		}
		return ":" + m[1]
	})
}
