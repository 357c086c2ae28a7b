#include "files/files.h"

#include <filesystem>

#include "core/problem.h"
#include "crypto/encoding.h"
#include "files/internal/disk.h"
#include "files/internal/rows.h"

namespace duban::files {

namespace {

constexpr store::Query kFindUpload{
    "files.find_upload",
    "select f.size, f.kind, u.name, u.uploaded_at from d_upload u"
    " join d_file f on f.org = u.org and f.hash = u.hash"
    " where u.org = $1 and u.hash = $2 and u.uploader = $3"
};
constexpr store::Query kSaveClaim{
    "files.save_claim",
    "insert into d_claim (org, hash, register, entry, field, claimed_by, name)"
    " values ($1, $2, $3, $4, $5, $6, $7)"
    " on conflict (org, hash, register, entry, field) do nothing"
};
constexpr store::Query kDeleteClaim{
    "files.delete_claim",
    "delete from d_claim"
    " where org = $1 and hash = $2 and register = $3 and entry = $4 and field = $5"
};
constexpr store::Query kReadClaims{
    "files.read_claims",
    "select register, entry, field, claimed_by, name from d_claim"
    " where org = $1 and hash = $2 order by register, entry, field"
};
constexpr store::Query kReadClaimsOf{
    "files.read_claims_of",
    "select c.field, c.claimed_by, c.name, c.hash, f.size, f.kind from d_claim c"
    " join d_file f on f.org = c.org and f.hash = c.hash"
    " where c.org = $1 and c.register = $2 and c.entry = $3 order by c.field, c.name, c.hash"
};
constexpr store::Query kReadFiles{
    "files.read_files",
    "select hash from d_file where org = $1 and hash > $2 order by hash limit $3"
};
constexpr store::Query kReadClaimedWithoutRow{
    "files.read_claimed_without_row",
    "select distinct c.hash from d_claim c where c.org = $1 and c.hash > $2"
    " and not exists (select 1 from d_file f where f.org = c.org and f.hash = c.hash)"
    " order by c.hash limit $3"
};

constexpr std::int64_t kRowsAtOnce = 256;

crypto::Hash hash_of(const store::Row& row, std::size_t column) {
    const auto hash = crypto::Hash::from_bytes(row.bytes(column));
    if (!hash) {
        throw core::Problem{core::ProblemKind::Corrupt, "file.malformed"};
    }
    return *hash;
}

}  // namespace

Files::Files(Options options, store::Store& store, const core::Clock& clock, core::Random& random)
    : options_{std::move(options)}, store_{store}, clock_{clock}, random_{random} {
    const std::string incoming = options_.directory + "/" + std::string{kIncoming};
    ensure_directory(incoming);
    for (const auto& left : std::filesystem::directory_iterator{incoming}) {
        std::filesystem::remove(left.path());
    }
}

void Files::migrate(store::Store& store) {
    static const std::vector<store::Migration> steps{
        {.version = 1,
         .statements =
             {"create table d_file (org bigint not null, hash bytea not null,"
              " size bigint not null, kind text not null, primary key (org, hash))",
              "create table d_upload (org bigint not null, hash bytea not null,"
              " uploader uuid not null, name text not null, uploaded_at bigint not null,"
              " primary key (org, hash, uploader))",
              "create index d_upload_at on d_upload (org, uploaded_at)",
              "create table d_claim (org bigint not null, hash bytea not null,"
              " register text not null, entry uuid not null, field text not null,"
              " claimed_by uuid, name text not null,"
              " primary key (org, hash, register, entry, field))",
              "create index d_claim_entry on d_claim (org, register, entry)",
              "create table d_file_use (org bigint not null, bytes bigint not null,"
              " primary key (org))"}}
    };
    store.migrate("files", steps);
}

std::optional<FileInfo> Files::find_upload(
    store::Reader& reader, core::OrgId org, const crypto::Hash& hash, const core::Id& uploader
) const {
    const store::Rows rows =
        reader.query(kFindUpload, {store::value(org), hash.bytes(), store::value(uploader)});
    if (rows.empty()) {
        return std::nullopt;
    }
    return FileInfo{
        .hash = hash,
        .size = rows[0].integer(0),
        .kind = rows[0].text(1),
        .name = rows[0].text(2),
        .uploader = uploader,
        .uploaded_at = core::from_ms(rows[0].integer(3))
    };
}

void Files::claim(store::Transaction& tx, const Claim& claim) const {
    std::string name = claim.name;
    bool known = false;
    if (claim.claimed_by.is_nil()) {
        const std::vector<Claim> earlier = claims(tx, claim.org, claim.hash);
        known = !earlier.empty();
        name = name.empty() && known ? earlier[0].name : name;
    } else if (const auto upload = find_upload(tx, claim.org, claim.hash, claim.claimed_by)) {
        known = true;
        name = name.empty() ? upload->name : name;
    }
    if (!known) {
        throw core::Problem{
            core::ProblemKind::NotFound, "file.not_found", {{"field", claim.field}}
        };
    }
    tx.execute(
        kSaveClaim,
        {store::value(claim.org),
         claim.hash.bytes(),
         claim.register_name,
         store::value(claim.entry),
         claim.field,
         store::value_or_null(claim.claimed_by),
         name}
    );
}

void Files::release(store::Transaction& tx, const Claim& claim) const {
    tx.execute(
        kDeleteClaim,
        {store::value(claim.org),
         claim.hash.bytes(),
         claim.register_name,
         store::value(claim.entry),
         claim.field}
    );
}

std::vector<Claim> Files::claims(store::Reader& reader, core::OrgId org, const crypto::Hash& hash)
    const {
    std::vector<Claim> all;
    for (const store::Row& row : reader.query(kReadClaims, {store::value(org), hash.bytes()})) {
        all.push_back(
            {.org = org,
             .hash = hash,
             .register_name = row.text(0),
             .entry = row.id(1),
             .field = row.text(2),
             .claimed_by = row.id(3),
             .name = row.text(4)}
        );
    }
    return all;
}

std::vector<ClaimedFile> Files::claims_of(
    store::Reader& reader, core::OrgId org, std::string_view register_name, const core::Id& entry
) const {
    std::vector<ClaimedFile> files;
    const store::Rows rows = reader.query(
        kReadClaimsOf, {store::value(org), std::string{register_name}, store::value(entry)}
    );
    for (const store::Row& row : rows) {
        files.push_back(
            {.claim =
                 {.org = org,
                  .hash = hash_of(row, 3),
                  .register_name = std::string{register_name},
                  .entry = entry,
                  .field = row.text(0),
                  .claimed_by = row.id(1),
                  .name = row.text(2)},
             .size = row.integer(4),
             .kind = row.text(5)}
        );
    }
    return files;
}

std::optional<StoredFile> Files::open(
    store::Reader& reader, core::OrgId org, const crypto::Hash& hash
) const {
    const auto row = find_file(reader, org, hash);
    if (!row) {
        return std::nullopt;
    }
    StoredFile file{.path = place(org, hash), .size = row->size, .kind = row->kind};
    std::error_code error;
    const auto size = std::filesystem::file_size(file.path, error);
    if (error || static_cast<std::int64_t>(size) != file.size) {
        throw core::Problem{core::ProblemKind::Corrupt, "file.missing", {{"hash", hash.hex()}}};
    }
    return file;
}

std::int64_t Files::verify(
    core::OrgId org,
    const std::function<void(const Fault&)>& found,
    const std::function<void()>& before_each
) const {
    std::int64_t count = 0;
    for_each_name(kReadFiles, org, [&](const core::Bytes& name) {
        before_each();
        ++count;
        if (const auto fault = find_fault(org, name)) {
            found(*fault);
        }
    });
    // No moment has a claim without a row: the row is written first and removed last.
    for_each_name(kReadClaimedWithoutRow, org, [&](const core::Bytes& name) {
        ++count;
        found({.hash = crypto::hex_encode(name.data), .code = "file.lost"});
    });
    return count;
}

void Files::for_each_name(
    const store::Query& query, core::OrgId org, const std::function<void(const core::Bytes&)>& visit
) const {
    core::Bytes after;
    store::Rows rows;
    do {
        store_.read([&](store::Reader& reader) {
            rows = reader.query(query, {store::value(org), after, kRowsAtOnce});
        });
        for (const store::Row& row : rows) {
            after = core::Bytes{row.bytes(0)};
            visit(after);
        }
    } while (rows.size() == static_cast<std::size_t>(kRowsAtOnce));
}

std::optional<Fault> Files::find_fault(core::OrgId org, const core::Bytes& name) const {
    const auto hash = crypto::Hash::from_bytes(name.data);
    if (!hash) {
        return Fault{.hash = crypto::hex_encode(name.data), .code = "file.malformed"};
    }
    const std::string path = place(org, *hash);
    if (digest_of(path) == hash) {
        return std::nullopt;
    }
    // What was removed meanwhile has no row any more; what was uploaded again since is there again.
    // No removal is under way between the two.
    const std::shared_lock lock{gate_};
    bool kept = false;
    store_.read([&](store::Reader& reader) { kept = find_file(reader, org, *hash).has_value(); });
    const auto digest = digest_of(path);
    if (!kept || digest == hash) {
        return std::nullopt;
    }
    return Fault{.hash = hash->hex(), .code = digest ? "file.altered" : "file.lost"};
}

std::string Files::place(core::OrgId org, const crypto::Hash& hash) const {
    const std::string name = hash.hex();
    return options_.directory + "/" + std::to_string(org.value) + "/" + name.substr(0, 2) + "/" +
           name;
}

}  // namespace duban::files
