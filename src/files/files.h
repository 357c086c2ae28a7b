// Files: evidence on disk, named by its SHA-256, kept once per org (E29). Knows no rights: who
// uploaded may claim, and whoever may read an entry that claims a file may read it; the caller
// asks claims() and decides.
//
//     files::Upload upload = files.begin(org, person);
//     while (…) upload.write(chunk);
//     const files::FileInfo info = upload.finish("minutes.pdf");
//     …
//     files.claim(tx, {.org = org, .hash = info.hash, .register_name = "measure", …});
//
// No answer tells whether a file was there before: an upload costs, stores and says the same.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/id.h"
#include "core/random.h"
#include "crypto/digest.h"
#include "store/store.h"

namespace duban::files {

inline constexpr std::int64_t kFileBytesMax = std::int64_t{100} * 1024 * 1024;
inline constexpr std::size_t kNameBytesMax = 255;

/// Whether a file of this name, or one that begins like this, may not be kept (P14). The beginning
/// is empty where the file is no text.
using Refuses = std::function<bool(std::string_view name, std::string_view beginning)>;

/// How much of a text `Refuses` is shown.
inline constexpr std::size_t kBeginningBytes = std::size_t{64} * 1024;

struct Options {
    std::string directory;
    std::int64_t file_bytes_max = kFileBytesMax;
    std::int64_t quota_bytes = std::int64_t{200} * 1024 * 1024 * 1024;  ///< of one org
    Refuses refuses = [](std::string_view, std::string_view) { return false; };
};

/// What an upload has become.
struct FileInfo {
    crypto::Hash hash;
    std::int64_t size = 0;
    std::string kind = {};  ///< media type found by content: "application/pdf"
    std::string name = {};  ///< as its uploader calls it
    core::Id uploader = {};
    core::Instant uploaded_at = {};
};

/// A field of an entry that names a file.
struct Claim {
    core::OrgId org = {};
    crypto::Hash hash = {};
    std::string register_name = {};
    core::Id entry = {};
    std::string field = {};
    /// Who claims: only what this person uploaded within the last day. Nil: the caller vouches,
    /// since an action copied the field from another entry that claims the file.
    core::Id claimed_by = {};
    std::string name = {};  ///< empty when claiming: the uploader's, or that of an earlier claim
};

/// A claim with what a list of attachments shows.
struct ClaimedFile {
    Claim claim;
    std::int64_t size = 0;
    std::string kind = {};
};

/// Where the bytes of a file lie.
struct StoredFile {
    std::string path;
    std::int64_t size = 0;
    std::string kind = {};
};

/// A file whose bytes are not what its name says, or are not there.
struct Fault {
    std::string hash;  ///< hex, as its row or its claim has it
    std::string code;  ///< "file.altered", "file.lost"; "file.malformed": the row names no hash
};

/// Adds to the directory `to` the files of `from` that it lacks, or has with other bytes than their
/// names say; takes nothing away. Returns how many. Throws Problem{Unavailable,
/// "file.disk_full"} or {Unavailable, "file.disk_failed"}; what was added by then is whole.
std::int64_t add_files(const std::string& from, const std::string& to);

class Files;

/// A file on its way; dropped, it leaves nothing. For one thread at a time; outlived by its Files.
class Upload {
public:
    Upload(Upload&&) noexcept;
    Upload& operator=(Upload&&) = delete;
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;
    ~Upload();

    /// Throws Problem{TooLarge, "file.too_large"} past the limit, {Unavailable, "file.disk_full"}
    /// or {Unavailable, "file.disk_failed"}.
    void write(std::string_view chunk);
    /// Makes it durable and the uploader's. Throws Problem{Invalid, "file.empty"},
    /// {Invalid, "file.bad_name"}, {Rejected, "file.quota_exceeded"}, and where Options::refuses
    /// says so {Rejected, "file.marked_secret"}: nothing of it is kept.
    [[nodiscard]] FileInfo finish(std::string_view name);

private:
    friend class Files;
    struct State;
    explicit Upload(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// What lies in the directory beside the files of the orgs, and is no evidence.
inline constexpr std::string_view kIncoming = "incoming";
inline constexpr std::string_view kRemovalLock = "removal.lock";

/// Keeps files of a directory from being removed while it lives, by whichever process: held by a
/// backup (E29). Waits for the portion that is being removed. Throws Problem{Unavailable,
/// "file.disk_failed"} when there is no such directory.
class RemovalPause {
public:
    explicit RemovalPause(const std::string& directory);
    RemovalPause(const RemovalPause&) = delete;
    RemovalPause& operator=(const RemovalPause&) = delete;
    ~RemovalPause();

private:
    int lock_ = -1;
};

/// Safe to use from several threads. One process at a time per directory.
class Files {
public:
    /// Creates the directory and removes what uploads a former process left half-done.
    Files(Options options, store::Store& store, const core::Clock& clock, core::Random& random);

    /// Tables d_file, d_upload, d_claim, d_file_use.
    static void migrate(store::Store& store);

    [[nodiscard]] Upload begin(core::OrgId org, const core::Id& uploader);

    /// What `uploader` uploaded and may still claim.
    [[nodiscard]] std::optional<FileInfo> find_upload(
        store::Reader& reader, core::OrgId org, const crypto::Hash& hash, const core::Id& uploader
    ) const;

    /// Ties a file to a field of an entry; once is enough. Throws Problem{NotFound,
    /// "file.not_found"} when `claimed_by` did not upload it, whether it exists or not.
    void claim(store::Transaction& tx, const Claim& claim) const;
    /// Unties it, when the caller decided that the evidence may be destroyed (P37).
    void release(store::Transaction& tx, const Claim& claim) const;

    /// Every field that names the file.
    [[nodiscard]] std::vector<Claim> claims(
        store::Reader& reader, core::OrgId org, const crypto::Hash& hash
    ) const;
    /// The files of one entry, by field and name.
    [[nodiscard]] std::vector<ClaimedFile> claims_of(
        store::Reader& reader,
        core::OrgId org,
        std::string_view register_name,
        const core::Id& entry
    ) const;

    /// nullopt when the org has no such file. Throws Problem{Corrupt, "file.missing"} when its row
    /// is there and its bytes are not. Served as an attachment, never inline.
    [[nodiscard]] std::optional<StoredFile> open(
        store::Reader& reader, core::OrgId org, const crypto::Hash& hash
    ) const;

    /// Removes what was uploaded more than a day ago and no entry claims; nothing while a
    /// RemovalPause lives. Bytes that the database does not know stay: it may be an older one put
    /// back. Returns the number of files removed. Throws Problem{Unavailable,
    /// "file.not_removable"}; what is left then goes the next time.
    std::int64_t remove_unclaimed(core::OrgId org);

    /// Hashes every file of the org again, and finds claims of files that have no row; returns
    /// their number. Takes as long as reading them all: `before_each` file may throw to end it.
    std::int64_t verify(
        core::OrgId org,
        const std::function<void(const Fault&)>& found,
        const std::function<void()>& before_each = [] {}
    ) const;

private:
    friend class Upload;

    /// Uploads put a file in place and write its row under the shared lock; removal drops the
    /// row and the file under the exclusive one, so that neither sees half of the other.
    using Gate = std::shared_mutex;

    [[nodiscard]] std::string place(core::OrgId org, const crypto::Hash& hash) const;
    /// In short reads, so that no snapshot is held while files are hashed.
    void for_each_name(
        const store::Query& query,
        core::OrgId org,
        const std::function<void(const core::Bytes&)>& visit
    ) const;
    [[nodiscard]] std::optional<Fault> find_fault(core::OrgId org, const core::Bytes& name) const;
    void keep(core::OrgId org, const FileInfo& info);
    /// At most a portion, whose uploads have ended.
    [[nodiscard]] std::vector<FileInfo> unclaimed(core::OrgId org);
    [[nodiscard]] std::int64_t remove_some(core::OrgId org);

    Options options_;
    store::Store& store_;
    const core::Clock& clock_;
    core::Random& random_;
    mutable Gate gate_;
};

}  // namespace duban::files
