#include <algorithm>

#include "core/problem.h"
#include "crypto/merkle.h"
#include "journal/internal/rows.h"
#include "journal/tile_path.h"

namespace duban::journal {

namespace {

constexpr unsigned kTileHeight = 8;
static_assert(kTileWidth == std::int64_t{1} << kTileHeight);
constexpr unsigned kTileLevelsMax = 63 / kTileHeight;

/// Refuses a tree size that the journal has not reached.
void require_size(store::Reader& reader, core::OrgId org, std::int64_t size) {
    const auto reached = static_cast<std::int64_t>(read_head(reader, org).peaks.size());
    if (size < 0 || size > reached) {
        throw core::Problem{
            core::ProblemKind::NotFound,
            "journal.size_unknown",
            {{"size", std::to_string(size)}, {"reached", std::to_string(reached)}}
        };
    }
}

crypto::ReadNode node_reader(store::Reader& reader, core::OrgId org) {
    return [&reader, org](crypto::NodePlace place) { return load_node(reader, org, place); };
}

}  // namespace

std::vector<crypto::Hash> Journal::inclusion_proof(
    store::Reader& reader, core::OrgId org, std::int64_t position, std::int64_t size
) const {
    require_size(reader, org, size);
    if (position < 0 || position >= size) {
        throw core::Problem{
            core::ProblemKind::NotFound,
            "record.not_found",
            {{"position", std::to_string(position)}}
        };
    }
    return crypto::inclusion_path(
        static_cast<std::uint64_t>(position),
        static_cast<std::uint64_t>(size),
        node_reader(reader, org)
    );
}

std::vector<crypto::Hash> Journal::consistency_proof(
    store::Reader& reader, core::OrgId org, std::int64_t from, std::int64_t to
) const {
    require_size(reader, org, to);
    require_size(reader, org, from);
    if (from > to) {
        throw core::Problem{
            core::ProblemKind::Invalid,
            "journal.sizes_reversed",
            {{"from", std::to_string(from)}, {"to", std::to_string(to)}}
        };
    }
    return crypto::consistency_path(
        static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to), node_reader(reader, org)
    );
}

std::vector<crypto::Hash> Journal::tile(
    store::Reader& reader, core::OrgId org, TilePlace place, std::int64_t size
) const {
    require_size(reader, org, size);
    if (place.level > kTileLevelsMax || place.index < 0 || place.index > size / kTileWidth) {
        return {};
    }
    const unsigned level = place.level * kTileHeight;
    const std::int64_t complete = size >> level;
    const std::int64_t first = place.index * kTileWidth;
    const std::int64_t last = std::min(first + kTileWidth, complete) - 1;
    std::vector<crypto::Hash> hashes;
    if (first > last) {
        return hashes;
    }
    const crypto::NodePlace from{.level = level, .index = static_cast<std::uint64_t>(first)};
    for (const crypto::TreeNode& node :
         read_nodes(reader, org, from, static_cast<std::uint64_t>(last))) {
        hashes.push_back(node.hash);
    }
    if (hashes.size() != static_cast<std::size_t>(last - first + 1)) {
        throw core::Problem{
            core::ProblemKind::Corrupt,
            "journal.tree_missing",
            {{"level", std::to_string(level)}, {"index", std::to_string(first)}}
        };
    }
    return hashes;
}

}  // namespace duban::journal
