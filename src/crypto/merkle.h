// Merkle trees of RFC 6962 (hashing) and RFC 9162 (the checks), as the journal keeps them.
//
//     crypto::Peaks tree{size, hashes};                       // as it was stored
//     for (const crypto::TreeNode& node : tree.append(crypto::leaf_hash(record))) store(node);
//     const crypto::Hash root = tree.root();
//
// Only complete nodes are stored, by level and index: node (l, i) covers the leaves
// [i·2^l, (i+1)·2^l). A proof reads O(log n) of them through a callback; inclusion_nodes() and
// consistency_nodes() name them beforehand, so that they can be read by one query.

#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/digest.h"

namespace duban::crypto {

/// H(0x00 ‖ data).
[[nodiscard]] Hash leaf_hash(std::string_view data);
/// H(0x01 ‖ left ‖ right).
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);
/// The root over leaf hashes in order; the hash of the empty string when there are none.
[[nodiscard]] Hash merkle_root(std::span<const Hash> leaves);

/// Where a complete node stands; level 0 are the leaves.
struct NodePlace {
    unsigned level = 0;
    std::uint64_t index = 0;
    auto operator<=>(const NodePlace&) const = default;
};

/// A complete node.
struct TreeNode {
    NodePlace place;
    Hash hash;
};

/// The right edge of a tree: its maximal complete subtrees, left to right. All that appending and
/// the root need.
class Peaks {
public:
    Peaks() = default;
    /// As stored. `hashes` has one hash for each set bit of `size`, the largest subtree first;
    /// a Bug when the number is another.
    Peaks(std::uint64_t size, std::vector<Hash> hashes);

    /// Appends a leaf; returns the nodes this completes, the leaf itself first.
    std::vector<TreeNode> append(const Hash& leaf);

    [[nodiscard]] Hash root() const;
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Hash>& hashes() const { return hashes_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> hashes_;
};

/// Gives the stored hash of a complete node.
using ReadNode = std::function<Hash(NodePlace)>;

/// The places of the peaks of a tree of `size` leaves, the largest first.
[[nodiscard]] std::vector<NodePlace> peak_places(std::uint64_t size);

/// The audit path of leaf `index` in the tree of `size` leaves (RFC 9162, 2.1.3.1).
/// A Bug unless index < size.
[[nodiscard]] std::vector<Hash> inclusion_path(
    std::uint64_t index, std::uint64_t size, const ReadNode& read
);
/// The proof that the tree of `old_size` leaves is a prefix of that of `new_size`
/// (RFC 9162, 2.1.4.1). A Bug unless old_size ≤ new_size; empty when old_size is 0 or equal.
[[nodiscard]] std::vector<Hash> consistency_path(
    std::uint64_t old_size, std::uint64_t new_size, const ReadNode& read
);

/// The nodes that the calls above will read.
[[nodiscard]] std::vector<NodePlace> inclusion_nodes(std::uint64_t index, std::uint64_t size);
[[nodiscard]] std::vector<NodePlace> consistency_nodes(
    std::uint64_t old_size, std::uint64_t new_size
);

/// What an inclusion proof claims: `leaf` stands at `index` among `size` leaves under `root`.
struct InclusionClaim {
    Hash leaf;
    std::uint64_t index = 0;
    std::uint64_t size = 0;
    Hash root;
};

/// RFC 9162, 2.1.3.2.
[[nodiscard]] bool verify_inclusion(const InclusionClaim& claim, std::span<const Hash> path);

/// A tree head without its signature.
struct TreeHead {
    std::uint64_t size = 0;
    Hash root;
    bool operator==(const TreeHead&) const = default;
};

/// RFC 9162, 2.1.4.2. Nothing is consistent with an old tree of size 0: it would prove nothing, so
/// ask only from size 1 on.
[[nodiscard]] bool verify_consistency(
    const TreeHead& old_head, const TreeHead& new_head, std::span<const Hash> path
);

}  // namespace duban::crypto
