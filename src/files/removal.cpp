#include <filesystem>
#include <mutex>

#include "core/problem.h"
#include "files/files.h"
#include "files/internal/rows.h"

namespace duban::files {

namespace {

constexpr std::chrono::hours kUnclaimedKept{24};
constexpr std::int64_t kRemovedAtOnce = 256;

constexpr store::Query kDeleteUploads{
    "files.delete_uploads", "delete from d_upload where org = $1 and uploaded_at < $2"
};
constexpr store::Query kReadUnclaimed{
    "files.read_unclaimed",
    "select f.hash, f.size from d_file f where f.org = $1"
    " and not exists (select 1 from d_claim c where c.org = f.org and c.hash = f.hash)"
    " and not exists (select 1 from d_upload u where u.org = f.org and u.hash = f.hash)"
    " order by f.hash limit $2"
};
constexpr store::Query kDeleteFile{
    "files.delete_file", "delete from d_file where org = $1 and hash = $2"
};

}  // namespace

RemovalPause::RemovalPause(Files& files) : files_{files} {
    const std::unique_lock lock{files_.gate_.mutex};
    ++files_.gate_.pauses;
}

RemovalPause::~RemovalPause() {
    const std::unique_lock lock{files_.gate_.mutex};
    --files_.gate_.pauses;
}

std::int64_t Files::remove_unclaimed(core::OrgId org) {
    std::int64_t removed = 0;
    try {
        // In steps, so that uploads get in between.
        while (const std::int64_t step = remove_rows(org)) {
            removed += step;
        }
        const std::filesystem::path root{options_.directory + "/" + std::to_string(org.value)};
        if (!std::filesystem::is_directory(root)) {
            return removed;
        }
        for (const auto& directory : std::filesystem::directory_iterator{root}) {
            removed += remove_orphans(org, directory.path());
        }
    } catch (const std::filesystem::filesystem_error&) {
        throw core::Problem{core::ProblemKind::Unavailable, "file.not_removable"};
    }
    return removed;
}

std::int64_t Files::remove_rows(core::OrgId org) {
    const std::unique_lock lock{gate_.mutex};
    if (gate_.pauses > 0) {
        return 0;
    }
    const std::int64_t before = core::to_ms(clock_.now() - kUnclaimedKept);
    std::vector<crypto::Hash> gone;
    store_.write(org, [&](store::Transaction& tx) {
        gone.clear();
        tx.execute(kDeleteUploads, {store::value(org), before});
        const auto used = find_use(tx, org);
        std::int64_t bytes = used.value_or(0);
        for (const store::Row& row :
             tx.query(kReadUnclaimed, {store::value(org), kRemovedAtOnce})) {
            tx.execute(kDeleteFile, {store::value(org), core::Bytes{row.bytes(0)}});
            bytes -= row.integer(1);
            if (const auto hash = crypto::Hash::from_bytes(row.bytes(0))) {
                gone.push_back(*hash);
            }
        }
        if (!gone.empty()) {
            save_use(tx, org, used, bytes);
        }
    });
    // The row before the bytes: what a crash leaves between them goes as an orphan the next time.
    for (const crypto::Hash& hash : gone) {
        std::filesystem::remove(place(org, hash));
    }
    return static_cast<std::int64_t>(gone.size());
}

std::int64_t Files::remove_orphans(core::OrgId org, const std::string& directory) {
    const std::unique_lock lock{gate_.mutex};
    if (gate_.pauses > 0) {
        return 0;
    }
    std::vector<std::filesystem::path> orphans;
    store_.read([&](store::Reader& reader) {
        for (const auto& file : std::filesystem::directory_iterator{directory}) {
            const auto hash = crypto::Hash::parse_hex(file.path().filename().string());
            // What is not ours by its name is left alone.
            if (hash && !find_file(reader, org, *hash) && claims(reader, org, *hash).empty()) {
                orphans.push_back(file.path());
            }
        }
    });
    for (const std::filesystem::path& path : orphans) {
        std::filesystem::remove(path);
    }
    return static_cast<std::int64_t>(orphans.size());
}

}  // namespace duban::files
