// Rows of the tables of this room, as several of its files read them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/id.h"
#include "crypto/digest.h"
#include "store/store.h"

namespace duban::files {

/// The row of d_file: one for each content of an org.
struct FileRow {
    std::int64_t size = 0;
    std::string kind;
};

[[nodiscard]] std::optional<FileRow> find_file(
    store::Reader& reader, core::OrgId org, const crypto::Hash& hash
);

/// Bytes that the org's files take; nullopt before its first.
[[nodiscard]] std::optional<std::int64_t> find_use(store::Reader& reader, core::OrgId org);
void save_use(
    store::Transaction& tx, core::OrgId org, std::optional<std::int64_t> before, std::int64_t bytes
);

}  // namespace duban::files
