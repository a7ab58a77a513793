package ocr

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/storage"
)

const (
	sound    = "Ban Chấp hành Trung ương ban hành Nghị quyết về công tác xây dựng Đảng trong tình hình mới, yêu cầu các cấp ủy tổ chức thực hiện."
	misread  = "Ban Châp hành Trung ương ban hành Nghị quyêt vê công tác xây dựng Đảng trong tình hình mới, yêu câu các câp ủy tô chức thực hiện."
	question = "Ban Ch?p hành Trung ??ng ban hành Ngh? quy?t v? công tác xây d?ng ??ng trong tình hình m?i, yêu c?u các c?p ?y t? ch?c th?c hi?n."
	letters  = "Ban Chp hnh Trung ng ban hnh Ngh quyt v cng tc xy dng ng trong tnh hnh mi, yu cu cc cp y t chc thc hin."
	french   = "Le Parti communiste français et le Parti communiste du Viet Nam ont signé un accord de coopération pour les années à venir dans la capitale."
)

func layerOf(text string) storage.Page {
	q := analyzers.Judge(text)
	return storage.Page{Number: 1, Text: text, Engine: "pdfium", Score: q.Score, Warnings: problems(q)}
}

func TestWanted(t *testing.T) {
	for name, test := range map[string]struct {
		page storage.Page
		want bool
	}{
		"a sound text layer":        {layerOf(sound), false},
		"question marks":            {layerOf(question), true},
		"letters lost":              {layerOf(letters), true},
		"French":                    {layerOf(french), false},
		"numbers only":              {layerOf("1.250 3.400 2025"), false},
		"nothing":                   {storage.Page{Number: 1, Warnings: []string{"Trang không có chữ."}}, true},
		"recognised already":        {storage.Page{Number: 1, Text: letters, Score: .1, OCR: true}, false},
		"compared already":          {decided(layerOf(letters), "", false), false},
		"looked at, and blank":      {decided(storage.Page{Number: 1}, "", true), false},
		"looked at, and no letters": {decided(storage.Page{Number: 1}, "", false), false},
	} {
		if got := wanted(test.page); got != test.want {
			t.Errorf("%s: wanted %v", name, got)
		}
	}
}

func TestDecided(t *testing.T) {
	q := analyzers.Judge(question)
	for name, test := range map[string]struct {
		layer      storage.Page
		recognised string
		inkless    bool
		want       storage.Page
	}{
		"a scan": {
			storage.Page{Number: 1, Warnings: []string{"Trang là ảnh chụp"}}, misread, false,
			storage.Page{Number: 1, Text: misread, Engine: Engine, Score: 0.893, OCR: true, Warnings: []string{warnRecognised}},
		},
		"a bad layer is kept beside": {
			layerOf(question), misread, false,
			storage.Page{Number: 1, Text: misread, Engine: Engine, Score: 0.893, OCR: true, Warnings: []string{warnRecognised},
				Other: &storage.OtherReading{Text: question, Engine: "pdfium", Score: q.Score}},
		},
		"a reading no better than the layer": {
			layerOf(sound), misread, false,
			storage.Page{Number: 1, Text: sound, Engine: "pdfium", Score: 1, Warnings: []string{warnCompared},
				Other: &storage.OtherReading{Text: misread, Engine: Engine, Score: 0.893, OCR: true}},
		},
		"a layer that OCR reads nothing of": {
			layerOf(question), "", false,
			storage.Page{Number: 1, Text: question, Engine: "pdfium", Score: q.Score, Warnings: append([]string{warnCompared}, problems(q)...),
				Other: &storage.OtherReading{Engine: Engine, OCR: true}},
		},
		"a picture without text": {storage.Page{Number: 1}, "", false, storage.Page{Number: 1, Warnings: []string{warnNoText}}},
		"a blank page":           {storage.Page{Number: 1}, "", true, storage.Page{Number: 1, Warnings: []string{warnBlank}}},
	} {
		if diff := cmp.Diff(test.want, decided(test.layer, test.recognised, test.inkless)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWarningsSpeakVietnamese(t *testing.T) {
	for _, warning := range []string{warnRecognised, warnBlank, warnNoText, warnCompared, warnSlow, warnHung, warnFailed, warnUndrawn} {
		if !strings.HasSuffix(warning, ".") || len(strings.Fields(warning)) > 2 && analyzers.Judge(warning).Score < 0.9 {
			t.Errorf("%q", warning)
		}
	}
}
