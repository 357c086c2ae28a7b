#include <algorithm>
#include <mutex>

#include "core/check.h"
#include "core/problem.h"
#include "crypto/encoding.h"
#include "files/files.h"
#include "files/internal/disk.h"
#include "files/internal/kind.h"
#include "files/internal/rows.h"

namespace duban::files {

namespace {

constexpr std::int64_t kMegabyte = std::int64_t{1024} * 1024;
constexpr std::size_t kTemporaryNameBytes = 16;

constexpr store::Query kInsertFile{
    "files.insert_file", "insert into d_file (org, hash, size, kind) values ($1, $2, $3, $4)"
};
constexpr store::Query kSaveUpload{
    "files.save_upload",
    "insert into d_upload (org, hash, uploader, name, uploaded_at) values ($1, $2, $3, $4, $5)"
    " on conflict (org, hash, uploader) do update set name = $4, uploaded_at = $5"
};

/// A name without a path and without controls; anything else is refused, not mended.
void require_name(std::string_view name) {
    const bool clean = std::ranges::none_of(name, [](char c) {
        return static_cast<unsigned char>(c) < 0x20U || c == '\x7f' || c == '/' || c == '\\';
    });
    if (name.empty() || name.size() > kNameBytesMax || !clean || name == "." || name == "..") {
        throw core::Problem{core::ProblemKind::Invalid, "file.bad_name"};
    }
}

/// The kind of what lies at `path`, unless it may not be kept.
std::string kind_kept(const std::string& path, std::string_view name, const Refuses& refuses) {
    const std::string beginning = read_side(path, kBeginningBytes, Side::Start);
    std::string kind = kind_of(
        std::string_view{beginning}.substr(0, kKindHeadBytes),
        read_side(path, kKindTailBytes, Side::End)
    );
    if (refuses(name, may_be_text(kind) ? beginning : std::string{})) {
        throw core::Problem{core::ProblemKind::Rejected, "file.marked_secret"};
    }
    return kind;
}

/// Asked for a file that is there already, too: the answer must not tell.
void require_quota(std::int64_t used, std::int64_t size, std::int64_t quota) {
    if (used + size > quota) {
        throw core::Problem{
            core::ProblemKind::Rejected,
            "file.quota_exceeded",
            {{"quota_mb", std::to_string(quota / kMegabyte)}}
        };
    }
}

}  // namespace

struct Upload::State {
    State(Files& owner, core::OrgId of, const core::Id& person, std::string path)
        : files{owner}, org{of}, uploader{person}, file{std::move(path)} {}

    Files& files;
    core::OrgId org;
    core::Id uploader;
    TemporaryFile file;
    crypto::Sha256 digest;
    std::int64_t size = 0;
};

Upload::Upload(std::unique_ptr<State> state) : state_{std::move(state)} {}
Upload::Upload(Upload&&) noexcept = default;
Upload::~Upload() = default;

void Upload::write(std::string_view chunk) {
    core::check(state_ != nullptr, "an upload is written before it is finished");
    const std::int64_t limit = state_->files.options_.file_bytes_max;
    if (static_cast<std::int64_t>(chunk.size()) > limit - state_->size) {
        throw core::Problem{
            core::ProblemKind::TooLarge, "file.too_large", {{"most", std::to_string(limit)}}
        };
    }
    state_->file.write(chunk);
    state_->digest.add(chunk);
    state_->size += static_cast<std::int64_t>(chunk.size());
}

FileInfo Upload::finish(std::string_view name) {
    core::check(state_ != nullptr, "an upload is finished once");
    const std::unique_ptr<State> state = std::move(state_);
    Files& files = state->files;
    require_name(name);
    if (state->size == 0) {
        throw core::Problem{core::ProblemKind::Invalid, "file.empty"};
    }
    FileInfo info{
        .hash = state->digest.finish(),
        .size = state->size,
        .kind = kind_kept(state->file.path(), name, files.options_.refuses),
        .name = std::string{name},
        .uploader = state->uploader,
        .uploaded_at = files.clock_.now()
    };
    const std::shared_lock lock{files.gate_};
    files.store_.read([&](store::Reader& reader) {
        const std::int64_t used = find_use(reader, state->org).value_or(0);
        require_quota(used, info.size, files.options_.quota_bytes);
    });
    // The bytes before the row: a crash between them leaves bytes that nothing names.
    state->file.place(files.place(state->org, info.hash));
    files.keep(state->org, info);
    return info;
}

Upload Files::begin(core::OrgId org, const core::Id& uploader) {
    const std::string name = crypto::hex_encode(random_.bytes(kTemporaryNameBytes));
    return Upload{std::make_unique<Upload::State>(
        *this, org, uploader, options_.directory + "/incoming/" + name
    )};
}

void Files::keep(core::OrgId org, const FileInfo& info) {
    store_.write(org, [&](store::Transaction& tx) {
        const auto used = find_use(tx, org);
        require_quota(used.value_or(0), info.size, options_.quota_bytes);
        if (!find_file(tx, org, info.hash)) {
            tx.execute(kInsertFile, {store::value(org), info.hash.bytes(), info.size, info.kind});
            save_use(tx, org, used, used.value_or(0) + info.size);
        }
        tx.execute(
            kSaveUpload,
            {store::value(org),
             info.hash.bytes(),
             store::value(info.uploader),
             info.name,
             core::to_ms(info.uploaded_at)}
        );
    });
}

}  // namespace duban::files
