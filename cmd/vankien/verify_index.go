package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"time"

	"vankien/api"
	"vankien/indexer/bleveindex"
	"vankien/storage"
	"vankien/storage/verify"
)

// The kinds of finding that concern the index.
const (
	indexDamaged verify.Kind = "index-damaged" // a file of it is damaged, lost or of another version
	indexMissing verify.Kind = "index-missing" // a document that searches should find is not in it
	indexExtra   verify.Kind = "index-extra"   // it has a document that searches should not find
	indexOther   verify.Kind = "index-other"   // it has another version of a document
)

// lookAtIndex compares the index with the records, through the server where one
// holds it, and tells how many documents it has: -1 where it could not be asked.
func (v *verification) lookAtIndex(ctx context.Context) (int, error) {
	folder, err := locate(v.cmd, "index", "bleve")
	if err != nil {
		return -1, err
	}
	damages, err := bleveindex.Check(ctx, folder)
	if err != nil {
		return -1, fmt.Errorf("chỉ mục %s: %w", folder, err)
	}
	if len(damages) > 0 && !v.repair {
		v.tellDamages(folder, damages, false, "Chạy “vankien verify --repair”, hoặc để lần khởi động sau tự dựng lại.")
		return -1, nil
	}
	o, err := v.openForVerify()
	if errors.Is(err, storage.ErrLocked) {
		return v.throughServer(ctx, folder, damages)
	}
	if err != nil {
		return -1, err
	}
	held, err := v.alone(ctx, o, len(damages) > 0)
	if err := o.close(err); err != nil {
		return -1, err
	}
	if len(damages) > 0 {
		left, err := bleveindex.Check(ctx, folder)
		if err != nil {
			return -1, err
		}
		v.tellDamages(folder, left, false, "Chạy “vankien reindex” để dựng lại chỉ mục từ kho.")
		if len(left) == 0 {
			v.tellDamages(folder, damages, true, "Đã dựng lại từ kho.")
		}
	}
	return held, nil
}

// openForVerify opens library and index. What the index has to say of its
// damages is told as findings.
func (v *verification) openForVerify() (*opened, error) {
	logger := slog.New(slog.DiscardHandler)
	return openWith(v.cmd, newReaders(logger), logger, false)
}

func (v *verification) tellDamages(folder string, damages []bleveindex.Damage, repaired bool, advice string) {
	for _, damage := range damages {
		v.tell(verify.Finding{Key: folder + "/" + damage.File, Kind: indexDamaged, Detail: damage.Reason, Repaired: repaired, Advice: advice})
	}
}

// alone compares an index that nobody else holds, and brings it in line where
// that is asked for. What a damaged one lacks is not told document by document.
func (v *verification) alone(ctx context.Context, o *opened, damaged bool) (int, error) {
	versions, err := o.index.Versions(ctx)
	if err != nil {
		return -1, err
	}
	held := len(versions)
	found, err := v.compare(ctx, versions)
	if err != nil {
		return -1, err
	}
	left := found
	if v.repair {
		defer beThrifty()()
		if err := o.writer.Repair(ctx, nil); err != nil {
			return -1, err
		}
		if versions, err = o.index.Versions(ctx); err != nil {
			return -1, err
		}
		held = len(versions)
		if left, err = v.compare(ctx, versions); err != nil {
			return -1, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		f := found[id]
		if _, still := left[id]; !still {
			f.Repaired, f.Advice = true, "Đã đối chiếu và ghi lại chỉ mục."
		}
		if !f.Repaired || !damaged {
			v.tell(f)
		}
	}
	return held, nil
}

// compare tells what the index holds otherwise than the records ask for, by
// document. Records that cannot be read are told of by themselves.
func (v *verification) compare(ctx context.Context, versions map[storage.ID]storage.Version) (map[storage.ID]verify.Finding, error) {
	found := make(map[storage.ID]verify.Finding)
	note := func(id storage.ID, kind verify.Kind, detail string) {
		found[id] = verify.Finding{
			Key: storage.DocumentsPrefix + string(id) + ".json", Document: id, Kind: kind, Detail: detail,
			Advice: "Khởi động lại máy chủ, hoặc dừng nó rồi chạy “vankien verify --repair”.",
		}
	}
	seen := make(map[storage.ID]bool, len(versions))
	for rec, err := range v.library.Documents(ctx) {
		if err != nil && rec.ID == "" {
			return nil, err
		}
		seen[rec.ID] = true
		if err != nil {
			continue
		}
		version, held := versions[rec.ID]
		switch {
		case rec.Findable() && !held:
			note(rec.ID, indexMissing, "Văn bản đã công bố nhưng không có trong chỉ mục.")
		case !rec.Findable() && held:
			note(rec.ID, indexExtra, "Chỉ mục còn giữ văn bản không được tìm thấy nữa.")
		case held && !version.Equal(rec.Version()):
			note(rec.ID, indexOther, fmt.Sprintf("Chỉ mục giữ lần sửa %d, hồ sơ đang ở lần sửa %d.", version.Revision, rec.Revision))
		}
	}
	for id := range versions {
		if !seen[id] {
			note(id, indexExtra, "Chỉ mục giữ văn bản không có hồ sơ.")
		}
	}
	return found, nil
}

// lag is how long the index of a running server may be behind its records.
const lag = 2 * time.Second

// throughServer compares the index of a running server, and has the server
// build it anew where that is asked for and the index is not as it should be.
func (v *verification) throughServer(ctx context.Context, folder string, damages []bleveindex.Damage) (int, error) {
	server, err := findServer(v.cmd)
	if err != nil {
		return -1, err
	}
	held, differs, err := v.settled(ctx, server)
	if err != nil {
		return -1, err
	}
	left, stillDamaged := differs, damages
	if v.repair && len(differs)+len(damages) > 0 {
		if _, err := server.reindex(v.cmd); err != nil {
			return -1, err
		}
		if held, left, err = v.settled(ctx, server); err != nil {
			return -1, err
		}
		if stillDamaged, err = bleveindex.Check(ctx, folder); err != nil {
			return -1, err
		}
	}
	v.tellDamages(folder, stillDamaged, false, "Khởi động lại máy chủ để nó dựng lại chỉ mục.")
	if len(stillDamaged) == 0 {
		v.tellDamages(folder, damages, true, "Máy chủ đã dựng lại chỉ mục từ kho.")
	}
	for _, id := range slices.Sorted(maps.Keys(differs)) {
		f := differs[id]
		if _, still := left[id]; !still {
			f.Repaired, f.Advice = true, "Máy chủ đã dựng lại chỉ mục từ kho."
		}
		v.tell(f)
	}
	return held, nil
}

// settled is what the index of a running server holds, and holds otherwise
// than the records ask for. What differs is looked at again: it may lag.
func (v *verification) settled(ctx context.Context, server beacon) (held int, differs map[storage.ID]verify.Finding, err error) {
	for round := 0; ; round++ {
		versions, err := server.versions(ctx)
		if err != nil {
			return -1, nil, err
		}
		found, err := v.compare(ctx, versions)
		if err != nil {
			return -1, nil, err
		}
		for id, f := range found {
			if before, differed := differs[id]; round > 0 && (!differed || before.Detail != f.Detail) {
				delete(found, id) // it is moving
			}
		}
		if differs = found; len(differs) == 0 || round == 2 {
			return len(versions), differs, nil
		}
		select {
		case <-time.After(lag):
		case <-ctx.Done():
			return -1, nil, ctx.Err()
		}
	}
}

// versions asks the server what its index holds.
func (b beacon) versions(ctx context.Context) (map[storage.ID]storage.Version, error) {
	var answer api.VersionsAnswer
	if err := b.ask(ctx, http.MethodGet, "/api/v1/index/versions", &answer); err != nil {
		return nil, err
	}
	versions := make(map[storage.ID]storage.Version, len(answer.Documents))
	for id, held := range answer.Documents {
		versions[id] = storage.Version{Created: held.Created, Revision: held.Revision, Updated: held.Updated}
	}
	return versions, nil
}
