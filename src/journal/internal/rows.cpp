#include "journal/internal/rows.h"

#include <bit>

#include "core/problem.h"

namespace duban::journal {

namespace {

constexpr store::Query kReadHead{
    "journal.read_head", "select size, peaks, last_recorded_at from d_head where org = $1"
};
constexpr store::Query kReadRecords{
    "journal.read_records",
    "select position, recorded_at, leaf, blob, register, entry, revision, action, kind, hash"
    " from d_record where org = $1 and position >= $2 order by position limit $3"
};
constexpr store::Query kFindLeaf{
    "journal.find_leaf", "select hash from d_record where org = $1 and position = $2"
};
constexpr store::Query kFindNode{
    "journal.find_node", "select hash from d_tree where org = $1 and level = $2 and idx = $3"
};
constexpr store::Query kReadLeaves{
    "journal.read_leaves",
    "select position, hash from d_record where org = $1 and position between $2 and $3"
    " order by position"
};
constexpr store::Query kReadNodes{
    "journal.read_nodes",
    "select idx, hash from d_tree where org = $1 and level = $2 and idx between $3 and $4"
    " order by idx"
};
constexpr store::Query kFindCheckpoint{
    "journal.find_checkpoint",
    "select size, note from d_checkpoint where org = $1 order by size desc limit 1"
};

std::int64_t signed_of(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

}  // namespace

std::optional<HeadRow> find_head(store::Reader& reader, core::OrgId org) {
    const store::Rows rows = reader.query(kReadHead, {store::value(org)});
    if (rows.empty()) {
        return HeadRow{};
    }
    const std::int64_t size = rows[0].integer(0);
    const std::string& bytes = rows[0].bytes(1);
    const auto count = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size)));
    if (size < 0 || bytes.size() != count * sizeof(crypto::Hash::octets)) {
        return std::nullopt;
    }
    std::vector<crypto::Hash> peaks;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t width = sizeof(crypto::Hash::octets);
        peaks.push_back(
            crypto::Hash::from_bytes(std::string_view{bytes}.substr(i * width, width)).value()
        );
    }
    return HeadRow{
        .peaks = crypto::Peaks{static_cast<std::uint64_t>(size), std::move(peaks)},
        .last_recorded_at_ms = rows[0].integer(2),
        .stored = true
    };
}

HeadRow read_head(store::Reader& reader, core::OrgId org) {
    auto head = find_head(reader, org);
    if (!head) {
        throw core::Problem{core::ProblemKind::Corrupt, "journal.head_malformed"};
    }
    return *std::move(head);
}

std::string peaks_bytes(const crypto::Peaks& peaks) {
    std::string bytes;
    for (const crypto::Hash& hash : peaks.hashes()) {
        bytes += hash.view();
    }
    return bytes;
}

store::Value hash_value(const crypto::Hash& hash) {
    return hash.bytes();
}

std::vector<RecordRow> read_records(
    store::Reader& reader, core::OrgId org, std::int64_t position, std::int64_t count
) {
    std::vector<RecordRow> records;
    for (const store::Row& row : reader.query(kReadRecords, {store::value(org), position, count})) {
        records.push_back(
            {.record =
                 {.position = row.integer(0),
                  .recorded_at_ms = row.integer(1),
                  .leaf = row.bytes(2),
                  .blob = row.bytes(3)},
             .register_name = row.text(4),
             .entry = row.id(5),
             .revision = row.integer(6),
             .action = row.text(7),
             .kind = row.text(8),
             .hash = row.bytes(9)}
        );
    }
    return records;
}

std::optional<crypto::Hash> find_node(
    store::Reader& reader, core::OrgId org, crypto::NodePlace place
) {
    const std::int64_t index = signed_of(place.index);
    const store::Rows rows =
        place.level == 0
            ? reader.query(kFindLeaf, {store::value(org), index})
            : reader.query(kFindNode, {store::value(org), std::int64_t{place.level}, index});
    return rows.empty() ? std::nullopt : crypto::Hash::from_bytes(rows[0].bytes(0));
}

crypto::Hash load_node(store::Reader& reader, core::OrgId org, crypto::NodePlace place) {
    const auto hash = find_node(reader, org, place);
    if (!hash) {
        throw core::Problem{
            core::ProblemKind::Corrupt,
            "journal.tree_missing",
            {{"level", std::to_string(place.level)}, {"index", std::to_string(place.index)}}
        };
    }
    return *hash;
}

std::vector<crypto::TreeNode> read_nodes(
    store::Reader& reader, core::OrgId org, crypto::NodePlace first, std::uint64_t last
) {
    const std::int64_t from = signed_of(first.index);
    const std::int64_t to = signed_of(last);
    const store::Rows rows =
        first.level == 0
            ? reader.query(kReadLeaves, {store::value(org), from, to})
            : reader.query(kReadNodes, {store::value(org), std::int64_t{first.level}, from, to});
    std::vector<crypto::TreeNode> nodes;
    for (const store::Row& row : rows) {
        if (const auto hash = crypto::Hash::from_bytes(row.bytes(1))) {
            const auto index = static_cast<std::uint64_t>(row.integer(0));
            nodes.push_back({.place = {.level = first.level, .index = index}, .hash = *hash});
        }
    }
    return nodes;
}

std::optional<CheckpointRow> find_checkpoint(store::Reader& reader, core::OrgId org) {
    const store::Rows rows = reader.query(kFindCheckpoint, {store::value(org)});
    return rows.empty()
               ? std::nullopt
               : std::optional{CheckpointRow{.size = rows[0].integer(0), .note = rows[0].text(1)}};
}

std::optional<crypto::Checkpoint> parse_checkpoint_note(std::string_view note) {
    const auto parsed = crypto::parse_note(note);
    return parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
}

}  // namespace duban::journal
