#include "crypto/merkle.h"

#include <algorithm>
#include <bit>

#include "core/check.h"
#include "crypto/internal/openssl.h"

namespace duban::crypto {

namespace {

constexpr std::string_view kLeafPrefix{"\x00", 1};
constexpr std::string_view kNodePrefix{"\x01", 1};

Hash hash_parts(std::initializer_list<std::string_view> parts) {
    thread_local const internal::DigestContext context = internal::make_digest_context();
    internal::start_sha256(*context);
    for (const std::string_view part : parts) {
        core::check(
            EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1, "bytes are hashed"
        );
    }
    Hash out;
    core::check(
        EVP_DigestFinal_ex(context.get(), out.octets.data(), nullptr) == 1,
        "SHA-256 can be finished"
    );
    return out;
}

/// The leaves [begin, end); begin is a multiple of the largest power of two in the range.
struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t count() const { return end - begin; }
    [[nodiscard]] bool is_complete() const { return std::has_single_bit(count()); }
};

/// RFC 9162, 2.1.1: k is the largest power of two smaller than the number of leaves.
std::uint64_t middle_of(const Range& range) {
    return range.begin + std::bit_floor(range.count() - 1);
}

Hash range_hash(const Range& range, const ReadNode& read) {
    if (range.is_complete()) {
        const auto level = static_cast<unsigned>(std::countr_zero(range.count()));
        return read(NodePlace{.level = level, .index = range.begin >> level});
    }
    const std::uint64_t middle = middle_of(range);
    const Hash left = range_hash({range.begin, middle}, read);
    return node_hash(left, range_hash({middle, range.end}, read));
}

/// The places that `walk` asks for.
std::vector<NodePlace> collect(const std::function<void(const ReadNode&)>& walk) {
    std::vector<NodePlace> places;
    walk([&places](NodePlace place) {
        places.push_back(place);
        return Hash{};
    });
    return places;
}

}  // namespace

Hash leaf_hash(std::string_view data) {
    return hash_parts({kLeafPrefix, data});
}

Hash node_hash(const Hash& left, const Hash& right) {
    return hash_parts({kNodePrefix, left.view(), right.view()});
}

Hash merkle_root(std::span<const Hash> leaves) {
    Peaks peaks;
    for (const Hash& leaf : leaves) {
        peaks.append(leaf);
    }
    return peaks.root();
}

Peaks::Peaks(std::uint64_t size, std::vector<Hash> hashes)
    : size_{size}, hashes_{std::move(hashes)} {
    core::check(
        hashes_.size() == static_cast<std::size_t>(std::popcount(size)),
        "a tree has one peak for each set bit of its size"
    );
}

std::vector<TreeNode> Peaks::append(const Hash& leaf) {
    std::vector<TreeNode> made{{.place = {.level = 0, .index = size_}, .hash = leaf}};
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
        const TreeNode& below = made.back();
        const TreeNode above{
            .place = {.level = below.place.level + 1, .index = below.place.index / 2},
            .hash = node_hash(hashes_.back(), below.hash)
        };
        hashes_.pop_back();
        made.push_back(above);
    }
    hashes_.push_back(made.back().hash);
    ++size_;
    return made;
}

Hash Peaks::root() const {
    if (hashes_.empty()) {
        return sha256("");
    }
    Hash root = hashes_.back();
    for (std::size_t i = hashes_.size() - 1; i-- > 0;) {
        root = node_hash(hashes_[i], root);
    }
    return root;
}

std::vector<NodePlace> peak_places(std::uint64_t size) {
    std::vector<NodePlace> places;
    for (std::uint64_t begin = 0; begin < size;) {
        const std::uint64_t count = std::bit_floor(size - begin);
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        places.push_back({.level = level, .index = begin >> level});
        begin += count;
    }
    return places;
}

// The two recursions of RFC 9162 are written as a walk from the root down: what is met on the way
// is the path from its far end.

std::vector<Hash> inclusion_path(std::uint64_t index, std::uint64_t size, const ReadNode& read) {
    core::check(index < size, "a proven leaf is in the tree");
    std::vector<Hash> path;
    for (Range range{0, size}; range.count() > 1;) {
        const std::uint64_t middle = middle_of(range);
        const Range left{range.begin, middle};
        const Range right{middle, range.end};
        const bool goes_left = index < middle;
        path.push_back(range_hash(goes_left ? right : left, read));
        range = goes_left ? left : right;
    }
    std::ranges::reverse(path);
    return path;
}

std::vector<Hash> consistency_path(
    std::uint64_t old_size, std::uint64_t new_size, const ReadNode& read
) {
    core::check(old_size <= new_size, "a tree only grows");
    std::vector<Hash> path;
    if (old_size == 0 || old_size == new_size) {
        return path;
    }
    Range range{0, new_size};
    while (range.end != old_size) {
        const std::uint64_t middle = middle_of(range);
        const Range left{range.begin, middle};
        const Range right{middle, range.end};
        const bool goes_left = old_size <= middle;
        path.push_back(range_hash(goes_left ? right : left, read));
        range = goes_left ? left : right;
    }
    // The old tree itself is known to the verifier; a subtree of it is not.
    if (range.begin != 0) {
        path.push_back(range_hash(range, read));
    }
    std::ranges::reverse(path);
    return path;
}

std::vector<NodePlace> inclusion_nodes(std::uint64_t index, std::uint64_t size) {
    return collect([&](const ReadNode& read) { (void)inclusion_path(index, size, read); });
}

std::vector<NodePlace> consistency_nodes(std::uint64_t old_size, std::uint64_t new_size) {
    return collect([&](const ReadNode& read) { (void)consistency_path(old_size, new_size, read); });
}

// RFC 9162, 2.1.3.2; the names fn and sn are those of the clause.
bool verify_inclusion(const InclusionClaim& claim, std::span<const Hash> path) {
    if (claim.index >= claim.size) {
        return false;
    }
    std::uint64_t fn = claim.index;
    std::uint64_t sn = claim.size - 1;
    Hash root = claim.leaf;
    for (const Hash& step : path) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1U) != 0 || fn == sn) {
            root = node_hash(step, root);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            root = node_hash(root, step);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && root == claim.root;
}

// RFC 9162, 2.1.4.2.
bool verify_consistency(
    const TreeHead& old_head, const TreeHead& new_head, std::span<const Hash> path
) {
    if (old_head.size == 0 || old_head.size > new_head.size) {
        return false;
    }
    if (old_head.size == new_head.size) {
        return path.empty() && old_head.root == new_head.root;
    }
    // Step 2: an old tree that is one complete subtree stands for itself.
    std::vector<Hash> steps(path.begin(), path.end());
    if (std::has_single_bit(old_head.size)) {
        steps.insert(steps.begin(), old_head.root);
    }
    if (steps.empty()) {
        return false;
    }
    std::uint64_t fn = old_head.size - 1;
    std::uint64_t sn = new_head.size - 1;
    while ((fn & 1U) != 0) {
        fn >>= 1U;
        sn >>= 1U;
    }
    Hash fr = steps.front();
    Hash sr = steps.front();
    for (auto step = steps.begin() + 1; step != steps.end(); ++step) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1U) != 0 || fn == sn) {
            fr = node_hash(*step, fr);
            sr = node_hash(*step, sr);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            sr = node_hash(sr, *step);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && fr == old_head.root && sr == new_head.root;
}

}  // namespace duban::crypto
