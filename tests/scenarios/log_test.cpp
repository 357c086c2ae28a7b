// The public log as a stranger reads it: checkpoint, tiles of hashes, bundles of entries.

#include <algorithm>
#include <map>
#include <span>

#include "crypto/digest.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "journal/tile_path.h"
#include "world.h"

namespace duban::scenarios {

namespace {

constexpr std::uint64_t kWidth = 256;
constexpr std::size_t kHashBytes = 32;

/// Knows the address of a log and its key, and nothing else of the house.
class Stranger {
public:
    explicit Stranger(World& house) : house_{house} {
        const auto key = crypto::NoteVerifier::parse(text("/log/1/key", true));
        const auto opened = key ? crypto::open_note(text("/log/1/checkpoint"), *key) : std::nullopt;
        const auto checkpoint = opened ? crypto::parse_checkpoint(*opened) : std::nullopt;
        EXPECT_TRUE(checkpoint);
        head_ = checkpoint ? checkpoint->head : crypto::TreeHead{};
    }

    [[nodiscard]] const crypto::TreeHead& head() const { return head_; }

    /// A complete node, by the tiles of the tree that was signed.
    crypto::Hash node(crypto::NodePlace place) {
        if (place.level % 8 != 0) {
            const crypto::NodePlace left{.level = place.level - 1, .index = place.index * 2};
            return crypto::node_hash(
                node(left), node({.level = left.level, .index = left.index + 1})
            );
        }
        return tile(place.level / 8, place.index / kWidth).at(place.index % kWidth);
    }

    [[nodiscard]] std::size_t tiles_read() const { return tiles_.size(); }

private:
    const std::vector<crypto::Hash>& tile(unsigned level, std::uint64_t index) {
        auto& known = tiles_[{level, index}];
        if (!known.empty()) {
            return known;
        }
        const std::uint64_t complete = head_.size >> (8 * level);
        const std::uint64_t width = std::min(kWidth, complete - index * kWidth);
        std::string path = "/log/1/tile/" + std::to_string(level) + "/" +
                           journal::tile_index_text(static_cast<std::int64_t>(index));
        path += width < kWidth ? ".p/" + std::to_string(width) : "";
        const std::string bytes = text(path);
        EXPECT_EQ(bytes.size(), width * kHashBytes) << path;
        for (std::size_t at = 0; at + kHashBytes <= bytes.size(); at += kHashBytes) {
            crypto::Hash hash;
            std::copy_n(
                bytes.begin() + static_cast<std::ptrdiff_t>(at), kHashBytes, hash.octets.begin()
            );
            known.push_back(hash);
        }
        return known;
    }

    std::string text(const std::string& path, bool one_line = false) {
        const Reply reply = house_.get({}, path);
        EXPECT_EQ(reply.status, 200) << path;
        std::string body{reply.body.is_string() ? reply.body.get_string() : ""};
        if (one_line && body.ends_with('\n')) {
            body.pop_back();
        }
        return body;
    }

    World& house_;
    crypto::TreeHead head_;
    std::map<std::pair<unsigned, std::uint64_t>, std::vector<crypto::Hash>> tiles_;
};

/// RFC 6962, 2.1, word for word.
crypto::Hash tree_hash(std::span<const crypto::Hash> leaves) {
    if (leaves.size() == 1) {
        return leaves.front();
    }
    std::size_t half = 1;
    while (half * 2 < leaves.size()) {
        half *= 2;
    }
    return crypto::node_hash(tree_hash(leaves.first(half)), tree_hash(leaves.subspan(half)));
}

class LogTest : public Scenario {
protected:
    static core::Id auditor() {
        const auto directory = world().services().access.directory(app::kFirstOrg);
        const auto& posts = directory->posts();
        const auto found = std::ranges::find(posts, access::kAuditAdmin, &access::Post::role);
        return found == posts.end() ? core::Id{} : found->person;
    }

    /// The leaves of a bundle, as its bytes tell them apart.
    static std::vector<std::string> leaves_of(const std::string& path) {
        const Reply reply = world().get(auditor(), path);
        EXPECT_EQ(reply.status, 200) << path;
        const std::string bytes{reply.body.is_string() ? reply.body.get_string() : ""};
        std::vector<std::string> leaves;
        for (std::size_t at = 0; at + 2 <= bytes.size();) {
            const auto octet = [&](std::size_t place) {
                return static_cast<std::size_t>(static_cast<unsigned char>(bytes[place]));
            };
            const std::size_t size = octet(at) * 256 + octet(at + 1);
            leaves.push_back(bytes.substr(at + 2, size));
            EXPECT_EQ(leaves.back().size(), size) << path;
            at += 2 + size;
        }
        return leaves;
    }
};

TEST_F(LogTest, RootFollowsFromTheTilesAlone) {
    Stranger stranger{world()};
    ASSERT_GT(stranger.head().size, kWidth) << "the demonstration fills a tile";
    std::vector<crypto::Hash> leaves;
    for (std::uint64_t index = 0; index < stranger.head().size; ++index) {
        leaves.push_back(stranger.node({.level = 0, .index = index}));
    }
    EXPECT_EQ(tree_hash(leaves).hex(), stranger.head().root.hex());
    // A tile of the level above has the roots of those below it.
    EXPECT_EQ(
        stranger.node({.level = 8, .index = 0}).hex(),
        tree_hash(std::span{leaves}.first(kWidth)).hex()
    );
}

TEST_F(LogTest, LeafIsProvedByTilesAlone) {
    world().application(world().unit_clerk, "Tile Society");
    Stranger stranger{world()};
    const std::uint64_t size = stranger.head().size;
    for (const std::uint64_t index : {std::uint64_t{0}, kWidth - 1, kWidth, size - 1}) {
        const std::int64_t bundle = static_cast<std::int64_t>(index / kWidth);
        const std::uint64_t width = std::min(kWidth, size - index / kWidth * kWidth);
        const std::vector<std::string> leaves = leaves_of(
            "/log/1/tile/entries/" + journal::tile_index_text(bundle) +
            (width < kWidth ? ".p/" + std::to_string(width) : "")
        );
        ASSERT_EQ(leaves.size(), width);
        crypto::InclusionClaim claim{
            .leaf = crypto::leaf_hash(leaves.at(index % kWidth)),
            .index = index,
            .size = size,
            .root = stranger.head().root
        };
        const auto path = crypto::inclusion_path(index, size, [&](crypto::NodePlace place) {
            return stranger.node(place);
        });
        EXPECT_TRUE(crypto::verify_inclusion(claim, path)) << index;
        claim.leaf = crypto::leaf_hash(leaves.at(index % kWidth) + " ");
        EXPECT_FALSE(crypto::verify_inclusion(claim, path)) << index;
    }
}

TEST_F(LogTest, WhatATilePathNamesIsKeptForEverAndWhatIsNotThereYetIsNotFound) {
    const std::string first = "/log/1/tile/0/000";
    const Reply whole = world().get({}, first);
    EXPECT_EQ(whole.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(whole.header("Content-Type"), "application/octet-stream");
    const Reply part = world().get({}, first + ".p/3");
    EXPECT_EQ(part.body.as_string(), whole.body.as_string().subview(0, 3 * kHashBytes));
    for (const char* path :
         {"/log/1/tile/0/x999/000",
          "/log/1/tile/2/000",
          "/log/1/tile/9/000",
          "/log/1/tile/0/0",
          "/log/1/tile/0/000.p/256",
          "/log/1/tile/",
          "/log/x/tile/0/000"}) {
        world().refuse({}, {.path = path}, 404, "request.not_found");
    }
}

TEST_F(LogTest, EntriesAreForTheAuditAdministratorOfTheirOrg) {
    const std::string bundle = "/log/1/tile/entries/000";
    world().refuse({}, {.path = bundle}, 401, "session.none");
    world().refuse(world().system_admin, {.path = bundle}, 403, "journal.not_yours");
    const Reply read = world().get(auditor(), bundle);
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(read.header("Cache-Control"), "private, no-store");
    for (const char* path :
         {"/log/1/tile/entries/x999/000",
          "/log/2/tile/entries/000",
          "/log/1/tile/entries/0",
          "/log/1/tile/entries/x999/x999/x999/x999/x999/999"}) {
        world().refuse(auditor(), {.path = path}, 404, "request.not_found");
    }
}

}  // namespace

}  // namespace duban::scenarios
