package api

import (
	"net/http"
	"regexp"
	"slices"

	"github.com/gin-gonic/gin"

	"vankien/indexer"
	"vankien/storage"
)

// route is one line of the route table: what the server answers, what the
// OpenAPI document says of it, and who may ask.
type route struct {
	method, path string       // path as OpenAPI writes it; {file...} takes the rest
	id           string       // operationId
	summary      string       // Vietnamese
	role         storage.Role // the least that may ask, "" for whoever may read
	open         bool         // needs no token even when the readers need one
	html         bool         // errors are pages rather than problem documents
	slow         bool         // may take longer than Config.Timeout
	writes       bool         // changes the library: not to be cut off half-way, nor possible without a Writer
	unlimited    bool         // not counted by the rate limit
	params       []param
	form         []string // the fields of a form that is posted
	sends        any      // the zero value of the body that is sent
	media        string   // of the answer, application/json where answer is set
	alsoMedia    []string // others that it may have
	accepts      []string // media types of the body, application/json where nil
	maxBody      int64    // bytes of the body, 1 MiB where 0
	answer       any      // the zero value of the JSON answered, nil for other media
	success      int      // the status of an answer, 200 where 0
	statuses     []int    // that it may answer beside success and 500
	handle       func(*server, *gin.Context) error
}

// param is a parameter of a route as OpenAPI describes it.
type param struct {
	name, in, about string
	kind            string // string, integer or date
	many            bool   // may be repeated or separated by commas
	required        bool   // always so in a path
	enum            []string
	min, max        int
	fallback        any
}

const (
	documentPath = "/van-ban/{id}"
	helpPath     = "/tro-giup"
	apiDocument  = "/api/v1/documents/{id}"
)

const (
	inQuery  = "query"
	inPath   = "path"
	inHeader = "header"
)

var (
	documentID   = param{name: "id", in: inPath, kind: "string", about: "Mã văn bản"}
	ifMatchParam = param{name: "If-Match", in: inHeader, kind: "string", about: "ETag của văn bản mà người sửa đã xem; * là phiên bản nào cũng được"}

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
	return slices.Concat(readingRoutes(), changingRoutes(), adminRoutes(), pageRoutes(), operationRoutes())
}

func readingRoutes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: "/api/v1/search", id: "search", summary: "Tìm văn bản", params: append(searchParams[:len(searchParams):len(searchParams)], facetsParam),
			answer: SearchAnswer{}, statuses: []int{400, 401, 429, 503}, handle: (*server).search},
		{method: get, path: "/api/v1/suggest", id: "suggest", summary: "Gợi ý khi đang gõ", params: []param{
			{name: "q", in: inQuery, kind: "string", max: indexer.MaxQueryText, about: "Phần đã gõ"},
			{name: "size", in: inQuery, kind: "integer", min: 1, max: maxSuggestions, fallback: 8, about: "Số gợi ý"},
		}, answer: SuggestAnswer{}, statuses: []int{400, 401, 429, 503}, handle: (*server).suggest},
		{method: get, path: "/api/v1/lookup", id: "lookup", summary: "Tra một số văn bản hay một viện dẫn: 200 một văn bản, 300 nhiều văn bản, 404 không có", params: []param{
			{name: "citation", in: inQuery, kind: "string", max: indexer.MaxQueryText, required: true, about: "Số văn bản hay viện dẫn, gõ thế nào cũng được; ngày hoặc năm đi kèm chọn giữa những văn bản cùng số"},
		}, answer: LookupAnswer{}, statuses: []int{300, 400, 401, 404, 429, 503}, handle: (*server).lookup},
		{method: http.MethodPost, path: "/api/v1/citations/check", id: "checkCitations", summary: "Tìm các viện dẫn trong một đoạn văn, kèm những văn bản trong kho mà chúng chỉ đến", sends: CheckOrder{}, maxBody: maxCheckBody,
			answer: CheckAnswer{}, statuses: []int{400, 401, 413, 429, 503}, handle: (*server).checkCitations},
		{method: get, path: apiDocument, id: "document", summary: "Một văn bản", params: []param{documentID},
			answer: storage.Document{}, statuses: []int{401, 404, 429, 503}, handle: (*server).document},
		{method: get, path: apiDocument + "/original", id: "original", summary: "Tệp gốc, đúng từng byte như khi tải lên", params: []param{documentID},
			media: "application/octet-stream", slow: true, statuses: []int{206, 304, 401, 404, 416, 429, 503}, handle: (*server).original},
		{method: get, path: apiDocument + "/text", id: "text", summary: "Toàn văn theo trang", params: []param{documentID},
			answer: TextAnswer{}, statuses: []int{401, 404, 429, 503}, handle: (*server).text},
		{method: get, path: apiDocument + "/pages/{n}", id: "page", summary: "Chữ của một trang", params: []param{documentID,
			{name: "n", in: inPath, kind: "integer", min: 1, about: "Số trang, từ 1"}},
			answer: storage.Page{}, statuses: []int{400, 401, 404, 429, 503}, handle: (*server).page},
		{method: get, path: apiDocument + "/citations", id: "citations", summary: "Những văn bản mà một văn bản viện dẫn, kèm câu viện dẫn và số trang", params: []param{documentID},
			answer: CitationsAnswer{}, statuses: []int{401, 404, 429, 503}, handle: (*server).documentCitations},
		{method: get, path: apiDocument + "/cited-by", id: "citedBy", summary: "Những văn bản viện dẫn, thay thế, sửa đổi… một văn bản, mới nhất trước", params: []param{documentID,
			{name: "page", in: inQuery, kind: "integer", min: 1, fallback: 1, about: "Trang kết quả"},
			{name: "size", in: inQuery, kind: "integer", min: 1, max: maxCitingPage, fallback: usualCitingPage, about: "Số văn bản mỗi trang"},
		}, answer: CitedByAnswer{}, statuses: []int{400, 401, 404, 429, 503}, handle: (*server).citedBy},
		{method: get, path: apiDocument + "/related", id: "related", summary: "Những văn bản cùng nội dung, hoặc cùng viện dẫn", params: []param{documentID,
			{name: "size", in: inQuery, kind: "integer", min: 1, max: maxRelated, fallback: usualRelated, about: "Số văn bản"},
		}, answer: RelatedAnswer{}, statuses: []int{400, 401, 404, 429, 503}, handle: (*server).relatedDocuments},
		{method: get, path: apiDocument + "/cite", id: "cite", summary: "Trích dẫn văn bản: ghi chú kiểu Việt Nam, BibTeX, RIS hoặc CSL-JSON", params: []param{documentID,
			{name: "format", in: inQuery, kind: "string", enum: citeFormatNames(), fallback: citeFormats[0].name, about: "Dạng trích dẫn"},
			{name: "page", in: inQuery, kind: "integer", min: 1, max: maxCitedPage, about: "Trang được trích; để trống là cả văn bản"},
			{name: "section", in: inQuery, kind: "string", max: maxCitedSection, about: "Vị trí được trích, ví dụ: Điều 3"},
			{name: "url", in: inQuery, kind: "string", about: "Có mặt thì dạng text ghi cả địa chỉ của văn bản; các dạng khác luôn ghi"},
		}, media: citeMedia()[0], alsoMedia: citeMedia()[1:], statuses: []int{400, 401, 404, 429, 503}, handle: (*server).cite},
		{method: get, path: apiDocument + "/events", id: "events", summary: "Theo dõi văn bản: sự kiện document mang cả văn bản, ngay khi mở và sau mỗi thay đổi", params: []param{documentID},
			media: eventMedia, slow: true, statuses: []int{401, 404, 429, 503}, handle: (*server).events},
		{method: get, path: apiDocument + "/history", id: "history", summary: "Lịch sử thay đổi của một văn bản", params: []param{documentID}, role: storage.RoleEditor,
			answer: HistoryAnswer{}, statuses: []int{401, 403, 404, 429, 503}, handle: (*server).history},
	}
}

// changingRoutes change documents. Who may do what depends on the document as
// well: indexer.Actor.
func changingRoutes() []route {
	post := http.MethodPost
	changes := func(statuses ...int) []int {
		return append([]int{401, 403, 404, 405, 409, 412, 429, 503, 507}, statuses...)
	}
	mustMatch := ifMatchParam
	mustMatch.required = true
	one := []param{documentID, ifMatchParam}
	return []route{
		{method: post, path: "/api/v1/documents", id: "upload", summary: "Tải một văn bản lên", role: storage.RoleEditor, writes: true, slow: true,
			sends: UploadForm{}, accepts: []string{"multipart/form-data"}, maxBody: maxUpload, answer: storage.Document{}, success: 202,
			statuses: []int{400, 401, 403, 405, 408, 409, 413, 415, 422, 429, 503, 507}, handle: (*server).upload},
		{method: http.MethodPatch, path: apiDocument, id: "edit", summary: "Sửa thông tin và đối tượng đọc (JSON merge patch)", role: storage.RoleEditor, writes: true,
			params: []param{documentID, mustMatch}, sends: DocumentEdits{}, accepts: []string{mergePatchType, "application/json"},
			answer: storage.Document{}, statuses: changes(400, 413, 415, 422, 428), handle: (*server).edit},
		{method: post, path: apiDocument + "/submit", id: "submit", summary: "Gửi duyệt; trang đầu là ảnh máy chưa đọc được thì phải xác nhận đã xem", role: storage.RoleEditor, writes: true,
			params: one, sends: SubmitOrder{}, answer: storage.Document{}, statuses: changes(400, 413), handle: (*server).submit},
		{method: post, path: apiDocument + "/publish", id: "publish", summary: "Công bố, bởi người thứ hai", role: storage.RolePublisher, writes: true,
			params: one, answer: storage.Document{}, statuses: changes(), handle: decision((*indexer.Writer).Publish)},
		{method: post, path: apiDocument + "/withdraw", id: "withdraw", summary: "Thu hồi khỏi mọi kết quả tìm", role: storage.RolePublisher, writes: true,
			params: one, answer: storage.Document{}, statuses: changes(), handle: decision((*indexer.Writer).Withdraw)},
		{method: post, path: apiDocument + "/restore", id: "restore", summary: "Khôi phục một bản sửa đổi, hoặc văn bản đã xóa", role: storage.RoleEditor, writes: true,
			params: one, sends: RestoreOrder{}, answer: storage.Document{}, statuses: changes(400, 413), handle: (*server).restore},
		{method: http.MethodDelete, path: apiDocument, id: "delete", summary: "Xóa; còn khôi phục được", role: storage.RoleEditor, writes: true,
			params: one, answer: storage.Document{}, statuses: changes(), handle: decision((*indexer.Writer).Delete)},
		{method: post, path: apiDocument + "/purge", id: "purge", summary: "Xóa vĩnh viễn văn bản đã xóa; chưa xác nhận thì chỉ liệt kê những gì sẽ mất", role: storage.RoleAdmin, writes: true,
			params: one, sends: PurgeOrder{}, answer: indexer.Removal{}, statuses: changes(400, 413), handle: (*server).purge},
	}
}

func adminRoutes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: "/api/v1/audit", id: "audit", summary: "Nhật ký của một ngày (giờ UTC)", role: storage.RoleAdmin, slow: true, params: []param{
			{name: "day", in: inQuery, kind: "date", about: "Ngày, hôm nay nếu để trống"},
		}, answer: AuditAnswer{}, statuses: []int{400, 401, 403, 429, 503}, handle: (*server).audit},
		{method: get, path: "/api/v1/index/versions", id: "versions", summary: "Những văn bản mà chỉ mục đang giữ, ở phiên bản nào", role: storage.RoleAdmin,
			answer: VersionsAnswer{}, statuses: []int{401, 403, 429, 503}, handle: (*server).versions},
		{method: get, path: "/api/v1/reindex", id: "reindexStatus", summary: "Việc lập lại chỉ mục đến đâu", role: storage.RoleAdmin,
			answer: ReindexStatus{}, statuses: []int{401, 403, 429, 503}, handle: (*server).reindexStatus},
		{method: http.MethodPost, path: "/api/v1/reindex", id: "reindex", summary: "Lập lại chỉ mục từ kho, trong khi vẫn tìm kiếm được", role: storage.RoleAdmin, writes: true,
			answer: ReindexStatus{}, success: 202, statuses: []int{401, 403, 405, 409, 429, 503}, handle: (*server).reindex},
	}
}

func pageRoutes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: "/", id: "searchPage", summary: "Trang tìm kiếm", params: searchParams, html: true, media: htmlMedia,
			statuses: []int{303, 400, 429, 503}, handle: (*server).searchPage},
		{method: get, path: helpPath, id: "helpPage", summary: "Trang hướng dẫn cách tìm", html: true, media: htmlMedia,
			statuses: []int{303, 429}, handle: (*server).helpPage},
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
	}
}

func operationRoutes() []route {
	get := http.MethodGet
	return []route{
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
