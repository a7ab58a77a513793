package extract

import "testing"

func TestHTML(t *testing.T) {
	const head = "<!DOCTYPE html><html>"
	tests := []struct{ name, data, want string }{
		{"blocks, blanks, entities", head + "<body><h1>Quy định</h1><p>về  thi\n hành &#272;i&#7873;u l&#7879; &amp; Đảng</p><div>một</div><div>hai</div>", "Quy định\n\nvề thi hành Điều lệ & Đảng\n\nmột\nhai"},
		{"the title is kept, what is not text is not", head + "<head><title>Tên</title><style>p{}</style><script>x<1</script></head><noscript>tắt</noscript><template><p>mẫu</p></template><!-- chú --><p>chữ", "Tên\n\nchữ"},
		{"br and pre", head + "<p>một<br>hai</p><pre>a  b\n c</pre>", "một\nhai\n\na  b\n c"},
		{"rows of one line", head + "<table><tr><th>TT<th>Tên<tr><td>1<td><p>Chi bộ</p></table>sau", "TT\tTên\n1\tChi bộ\nsau"},
		{"the head of a letter", head + "<table><tr><td><p>TỈNH ỦY</p><p>Số 12-NQ/TU</p></td><td><p>ĐẢNG CỘNG SẢN VIỆT NAM</p></td></tr></table>", "TỈNH ỦY\nSố 12-NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM"},
		{"a table in a table", head + "<table><tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr></table>", "a\tb\tc"},
		{"inline elements do not split words", head + "<p>Đi<b>ều</b> <i>1</i>", "Điều 1"},
		{"Windows-1258 as declared", head + "<meta charset=windows-1258><p>c\xe2\xecp", "cấp"},
		{"UTF-8 against its declaration", head + "<meta charset=iso-8859-1><p>Điều", "Điều"},
		{"TCVN3 that declares nothing", head + "<p>Ngh\xde quy\xd5t c\xf1a Ban Ch\xcap h\xb5nh Trung \xad\xacng", "Nghị quyết của Ban Chấp hành Trung ương"},
		{"TCVN3 that declares UTF-8", head + "<meta charset=utf-8><p>Ngh\xde quy\xd5t c\xf1a Ban Ch\xcap h\xb5nh Trung \xad\xacng", "Nghị quyết của Ban Chấp hành Trung ương"},
		{"TCVN3 that declares Windows-1258", head + "<meta http-equiv=Content-Type content='text/html; charset=windows-1258'><p>Ngh\xde quy\xd5t c\xf1a Ban Ch\xcap h\xb5nh Trung \xad\xacng", "Nghị quyết của Ban Chấp hành Trung ương"},
		{"VNI as its own charset", head + "<meta http-equiv='Content-Type' content='text/html; charset=x-user-defined'><p>Ngh\xf2 quye\xe1t cu\xfba Ban Cha\xe1p ha\xf8nh Trung \xf6\xf4ng", "Nghị quyết của Ban Chấp hành Trung ương"},
		{"VNI in entities", head + "<p>Ngh&ograve; quye&aacute;t cu&ucirc;a Ban Cha&aacute;p ha&oslash;nh Trung &ouml;&ocirc;ng", "Nghị quyết của Ban Chấp hành Trung ương"},
		{"UTF-16", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00<\x00p\x00>\x00\x10\x01i\x00", "Đi"},
		{"XHTML", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>a</p><br/><script src="x"/><p>b</p></body></html>`, "a\n\nb"},
		{"a fragment", "<p>chỉ một đoạn", "chỉ một đoạn"},
		{"list items", head + "<ul><li>một<li>hai</ul>", "một\nhai"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes([]byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if text.MediaType != mediaHTML {
				t.Errorf("read as %s", text.MediaType)
			}
			checkPages(t, text, []string{test.want})
		})
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<!DOCTYPE html><table><tr><td>a<td><table><tr><td>b</table></table></tr><pre>\f</pre><script>"))
	f.Add([]byte("<html><meta charset=utf-16le><p>a"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, append([]byte("<html>"), data...)) })
}
