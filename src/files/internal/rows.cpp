#include "files/internal/rows.h"

namespace duban::files {

namespace {

constexpr store::Query kFindFile{
    "files.find_file", "select size, kind from d_file where org = $1 and hash = $2"
};
constexpr store::Query kFindUse{"files.find_use", "select bytes from d_file_use where org = $1"};
constexpr store::Query kInsertUse{
    "files.insert_use", "insert into d_file_use (org, bytes) values ($1, $2)"
};
constexpr store::Query kUpdateUse{
    "files.update_use", "update d_file_use set bytes = $2 where org = $1"
};

}  // namespace

std::optional<FileRow> find_file(store::Reader& reader, core::OrgId org, const crypto::Hash& hash) {
    const store::Rows rows = reader.query(kFindFile, {store::value(org), hash.bytes()});
    return rows.empty() ? std::nullopt
                        : std::optional{FileRow{rows[0].integer(0), rows[0].text(1)}};
}

std::optional<std::int64_t> find_use(store::Reader& reader, core::OrgId org) {
    const store::Rows rows = reader.query(kFindUse, {store::value(org)});
    return rows.empty() ? std::nullopt : std::optional{rows[0].integer(0)};
}

void save_use(
    store::Transaction& tx, core::OrgId org, std::optional<std::int64_t> before, std::int64_t bytes
) {
    tx.execute(before ? kUpdateUse : kInsertUse, {store::value(org), bytes});
}

}  // namespace duban::files
