#include "journal/internal/tree_check.h"

#include "journal/internal/rows.h"

namespace duban::journal {

namespace {

constexpr unsigned kLevelsMax = 62;
constexpr store::Query kFindSurplus{
    "journal.find_surplus",
    "select idx from d_tree where org = $1 and level = $2 and idx >= $3 order by idx limit 100"
};
constexpr store::Query kFindOddLevels{
    "journal.find_odd_levels",
    "select level, idx from d_tree where org = $1 and (level < 1 or level > $2)"
    " order by level, idx limit 100"
};

}  // namespace

void TreeCheck::prefetch(std::uint64_t size) {
    if (size <= prefetched_) {
        return;
    }
    for (unsigned level = 1; level <= kLevelsMax && (size >> level) > 0; ++level) {
        const std::uint64_t first = prefetched_ >> level;
        const std::uint64_t end = size >> level;
        if (first == end) {
            continue;
        }
        const crypto::NodePlace from{.level = level, .index = first};
        for (const crypto::TreeNode& node : read_nodes(reader_, org_, from, end - 1)) {
            stored_.emplace(node.place, node.hash);
        }
    }
    prefetched_ = size;
}

void TreeCheck::append(const std::optional<crypto::Hash>& leaf) {
    peaks_.push_back({.place = {.level = 0, .index = size_}, .hash = leaf});
    ++size_;
    while (peaks_.size() > 1 && peaks_.back().place.level == peaks_[peaks_.size() - 2].place.level
    ) {
        merge();
    }
}

void TreeCheck::merge() {
    const Peak right = peaks_.back();
    peaks_.pop_back();
    Peak& left = peaks_.back();
    const crypto::NodePlace place{.level = left.place.level + 1, .index = left.place.index / 2};
    const auto taken = stored_.extract(place);
    const auto stored = taken ? std::optional{taken.mapped()} : std::nullopt;
    if (!stored) {
        report("journal.tree_missing", place);
    }
    if (left.hash && right.hash) {
        const crypto::Hash computed = crypto::node_hash(*left.hash, *right.hash);
        if (stored && *stored != computed) {
            report("journal.tree_altered", place);
        }
        left.hash = computed;
    } else {
        left.hash = stored;
    }
    left.place = place;
}

std::optional<crypto::Peaks> TreeCheck::peaks() const {
    std::vector<crypto::Hash> hashes;
    for (const Peak& peak : peaks_) {
        if (!peak.hash) {
            return std::nullopt;
        }
        hashes.push_back(*peak.hash);
    }
    return crypto::Peaks{size_, std::move(hashes)};
}

void TreeCheck::find_surplus() {
    for (unsigned level = 1; level <= kLevelsMax; ++level) {
        const auto complete = static_cast<std::int64_t>(size_ >> level);
        for (const store::Row& row :
             reader_.query(kFindSurplus, {store::value(org_), std::int64_t{level}, complete})) {
            const auto index = static_cast<std::uint64_t>(row.integer(0));
            report("journal.tree_surplus", {.level = level, .index = index});
        }
    }
    for (const store::Row& row :
         reader_.query(kFindOddLevels, {store::value(org_), std::int64_t{kLevelsMax}})) {
        report(
            "journal.tree_surplus",
            {.level = static_cast<unsigned>(row.integer(0)),
             .index = static_cast<std::uint64_t>(row.integer(1))}
        );
    }
}

void TreeCheck::report(std::string_view code, crypto::NodePlace place) {
    found_(
        {.position = -1,
         .code = std::string{code},
         .detail = "d_tree " + std::to_string(org_.value) + "/" + std::to_string(place.level) +
                   "/" + std::to_string(place.index) + " hash"}
    );
}

}  // namespace duban::journal
