#include "crypto/merkle.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "core/json.h"
#include "crypto/encoding.h"

namespace duban::crypto {
namespace {

std::vector<std::filesystem::path> vector_files(const std::string& kind) {
    const char* const source = std::getenv("DUBAN_SOURCE_DIR");
    std::vector<std::filesystem::path> out;
    if (source != nullptr) {
        const auto folder = std::filesystem::path{source} / "tests/vectors/merkle" / kind;
        for (const auto& file : std::filesystem::recursive_directory_iterator{folder}) {
            if (file.path().extension() == ".json") {
                out.push_back(file.path());
            }
        }
    }
    return out;
}

core::Json load(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return core::parse_json(text.str());
}

std::string bytes_in(const core::Json& value) {
    return value.is_null() ? "" : base64_decode(std::string_view{value.as_string()}).value();
}

/// Some vectors hold words instead of hashes; a word becomes a hash that is nothing in the tree.
Hash hash_in(const core::Json& value) {
    const std::string bytes = bytes_in(value);
    return Hash::from_bytes(bytes).value_or(sha256("word: " + bytes));
}

std::vector<Hash> path_in(const core::Json& value) {
    std::vector<Hash> out;
    if (value.is_array()) {
        for (const core::Json& step : value.as_array()) {
            out.push_back(hash_in(step));
        }
    }
    return out;
}

std::uint64_t number_in(const core::Json& value) {
    return value.to_number<std::uint64_t>();
}

TEST(InclusionVectors, AllAgree) {
    const auto files = vector_files("inclusion");
    ASSERT_GT(files.size(), 80U) << "set DUBAN_SOURCE_DIR to the source tree";
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        const core::Json json = load(file);
        const InclusionClaim claim{
            .leaf = hash_in(json.at("leafHash")),
            .index = number_in(json.at("leafIdx")),
            .size = number_in(json.at("treeSize")),
            .root = hash_in(json.at("root"))
        };
        // A root that is no hash is refused where it is read.
        const bool readable = Hash::from_bytes(bytes_in(json.at("root"))).has_value();
        const bool proven = readable && verify_inclusion(claim, path_in(json.at("proof")));
        EXPECT_EQ(proven, !json.at("wantErr").as_bool());
    }
}

TEST(ConsistencyVectors, AllAgree) {
    const auto files = vector_files("consistency");
    ASSERT_GT(files.size(), 80U) << "set DUBAN_SOURCE_DIR to the source tree";
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        const core::Json json = load(file);
        const TreeHead old_head{number_in(json.at("size1")), hash_in(json.at("root1"))};
        const TreeHead new_head{number_in(json.at("size2")), hash_in(json.at("root2"))};
        EXPECT_EQ(
            verify_consistency(old_head, new_head, path_in(json.at("proof"))),
            !json.at("wantErr").as_bool()
        );
    }
}

/// MTH as RFC 9162, 2.1.1 writes it: the other way to the same root.
Hash slow_root(std::span<const Hash> leaves) {
    if (leaves.empty()) {
        return sha256("");
    }
    if (leaves.size() == 1) {
        return leaves[0];
    }
    std::size_t k = 1;
    while (k * 2 < leaves.size()) {
        k *= 2;
    }
    return node_hash(slow_root(leaves.first(k)), slow_root(leaves.subspan(k)));
}

class GrownTree : public testing::Test {
protected:
    void grow(std::uint64_t size) {
        while (peaks_.size() < size) {
            leaves_.push_back(leaf_hash("leaf " + std::to_string(peaks_.size())));
            for (const TreeNode& node : peaks_.append(leaves_.back())) {
                EXPECT_TRUE(nodes_.emplace(node.place, node.hash).second);
            }
            roots_.push_back(peaks_.root());
        }
    }

    Hash read(NodePlace place) const { return nodes_.at(place); }
    TreeHead head(std::uint64_t size) const { return {size, roots_[size]}; }
    InclusionClaim claim(std::uint64_t index, std::uint64_t size) const {
        return {.leaf = leaves_[index], .index = index, .size = size, .root = roots_[size]};
    }

    Peaks peaks_;
    std::vector<Hash> leaves_;
    std::vector<Hash> roots_{sha256("")};
    std::map<NodePlace, Hash> nodes_;
    ReadNode read_ = [this](NodePlace place) { return read(place); };
};

TEST_F(GrownTree, RootsAreThoseOfTheDefinition) {
    grow(130);
    for (std::uint64_t size = 0; size <= 130; ++size) {
        EXPECT_EQ(roots_[size], slow_root(std::span{leaves_}.first(size))) << size;
    }
    EXPECT_EQ(merkle_root(leaves_), roots_[130]);
}

TEST_F(GrownTree, PeaksComeBackFromTheStoredNodes) {
    grow(77);
    std::vector<Hash> hashes;
    for (const NodePlace place : peak_places(77)) {
        hashes.push_back(read(place));
    }
    EXPECT_EQ(hashes, peaks_.hashes());
    EXPECT_EQ(Peaks(77, hashes).root(), roots_[77]);
}

TEST_F(GrownTree, EveryLeafIsProvenInEverySize) {
    grow(70);
    for (std::uint64_t size = 1; size <= 70; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto path = inclusion_path(index, size, read_);
            EXPECT_TRUE(verify_inclusion(claim(index, size), path)) << index << " of " << size;
        }
    }
}

TEST_F(GrownTree, EverySizeIsProvenToExtendEveryEarlierOne) {
    grow(70);
    for (std::uint64_t size = 1; size <= 70; ++size) {
        for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
            const auto path = consistency_path(old_size, size, read_);
            EXPECT_TRUE(verify_consistency(head(old_size), head(size), path))
                << old_size << " to " << size;
        }
    }
}

TEST_F(GrownTree, AnyChangeOfAProofIsSeen) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    grow(300);
    for (int round = 0; round < 300; ++round) {
        const std::uint64_t size = 2 + random() % 298;
        const std::uint64_t index = random() % size;
        auto path = inclusion_path(index, size, read_);
        path[random() % path.size()].octets[random() % 32] ^=
            static_cast<std::uint8_t>(1U << (random() % 8));
        EXPECT_FALSE(verify_inclusion(claim(index, size), path));

        const std::uint64_t old_size = 1 + random() % (size - 1);
        auto steps = consistency_path(old_size, size, read_);
        ASSERT_FALSE(steps.empty());
        steps[random() % steps.size()].octets[random() % 32] ^=
            static_cast<std::uint8_t>(1U << (random() % 8));
        EXPECT_FALSE(verify_consistency(head(old_size), head(size), steps));
    }
}

TEST_F(GrownTree, TheNodesOfAProofAreNamedBeforehandAndAreFew) {
    grow(300);
    std::vector<NodePlace> asked;
    const ReadNode noting = [&](NodePlace place) {
        asked.push_back(place);
        return read(place);
    };
    (void)inclusion_path(100, 299, noting);
    EXPECT_EQ(inclusion_nodes(100, 299), asked);
    EXPECT_LE(asked.size(), 18U);

    asked.clear();
    (void)consistency_path(100, 299, noting);
    EXPECT_EQ(consistency_nodes(100, 299), asked);
    EXPECT_LE(asked.size(), 18U);
}

TEST_F(GrownTree, ALeafOutsideTheTreeIsNotProven) {
    grow(4);
    InclusionClaim beyond = claim(3, 4);
    beyond.index = 4;
    EXPECT_FALSE(verify_inclusion(beyond, inclusion_path(3, 4, read_)));
}

}  // namespace
}  // namespace duban::crypto
