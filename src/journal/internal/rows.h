// Rows of the journal's tables, as several of its files read them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.h"
#include "crypto/merkle.h"
#include "journal/journal.h"
#include "store/store.h"

namespace duban::journal {

/// The row of d_head.
struct HeadRow {
    crypto::Peaks peaks;
    std::int64_t last_recorded_at_ms = 0;
    bool stored = false;  ///< false: nothing was appended yet
};

/// nullopt when size and peaks contradict each other.
[[nodiscard]] std::optional<HeadRow> find_head(store::Reader& reader, core::OrgId org);
/// Throws Problem{Corrupt, "journal.head_malformed"} when size and peaks contradict each other.
[[nodiscard]] HeadRow read_head(store::Reader& reader, core::OrgId org);
[[nodiscard]] std::string peaks_bytes(const crypto::Peaks& peaks);
[[nodiscard]] store::Value hash_value(const crypto::Hash& hash);

/// A record with the columns that stand beside it.
struct RecordRow {
    Record record;
    std::string register_name;
    core::Id entry;
    std::int64_t revision = 0;
    std::string action;
    std::string kind;
    std::string hash;  ///< level 0 of the tree
};

/// Up to `count` rows from `position` on, in order.
[[nodiscard]] std::vector<RecordRow> read_records(
    store::Reader& reader, core::OrgId org, std::int64_t position, std::int64_t count
);

/// The stored hash of a complete node; nullopt when the row is missing or no hash.
[[nodiscard]] std::optional<crypto::Hash> find_node(
    store::Reader& reader, core::OrgId org, crypto::NodePlace place
);
/// As find_node, but throws Problem{Corrupt, "journal.tree_missing"}.
[[nodiscard]] crypto::Hash load_node(
    store::Reader& reader, core::OrgId org, crypto::NodePlace place
);

/// Complete nodes of one level with their indexes, from `first` to `last`.
[[nodiscard]] std::vector<crypto::TreeNode> read_nodes(
    store::Reader& reader, core::OrgId org, crypto::NodePlace first, std::uint64_t last
);

/// The newest row of d_checkpoint.
struct CheckpointRow {
    std::int64_t size = 0;
    std::string note;
};
[[nodiscard]] std::optional<CheckpointRow> find_checkpoint(store::Reader& reader, core::OrgId org);

/// What a note says, its signatures unchecked; nullopt when it is no checkpoint.
[[nodiscard]] std::optional<crypto::Checkpoint> parse_checkpoint_note(std::string_view note);

}  // namespace duban::journal
