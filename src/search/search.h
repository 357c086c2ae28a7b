// The search index: what is found is what the words say, alike on both databases (E08, E20).
//
//     search.index(tx, {.org = org, .register_name = "item", .id = id, .unit = unit,
//                       .title = title, .body = body});               // again after each change
//     const SearchAnswer answer = search.find(reader, {.org = org, .words = "督查 整改",
//                                             .scopes = {{"item", {ReachKind::Units, units}}}});
//
// It is fed by a follower of the journal, which keeps its own position; indexing is idempotent.
// Sealed and embargoed text is not given to it. Words come from text/tokens.h at both ends, so a
// question finds the entries that hold it as a substring, also with one or two characters; Latin
// words are found whole. The words of a question are ANDed.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/id.h"
#include "store/store.h"

namespace duban::search {

/// Text past so many passages of an entry (about 78,000 characters) is not indexed.
inline constexpr std::size_t kPassagesMax = 16;
/// Hits are counted up to here; more are "10,000+".
inline constexpr std::size_t kTotalMax = 10'001;
inline constexpr std::size_t kHitsMax = 100;
inline constexpr std::size_t kQuestionCharactersMax = 200;
inline constexpr std::size_t kQuestionWordsMax = 10;

/// The words of one entry, as its register declares them with `search: true`.
struct Document {
    core::OrgId org;
    std::string register_name;
    core::Id id;
    core::Id unit;
    std::string title;
    std::string body;
};

enum class ReachKind { All, Units, Entries };

/// What one may read of a register: all of it, the entries of units, or single entries (E19).
struct SearchReach {
    ReachKind kind = ReachKind::All;
    std::vector<core::Id> ids = {};  ///< at most 1,000 units or entries
    bool operator==(const SearchReach&) const = default;
};

struct SearchScope {
    std::string register_name;
    SearchReach reach;
};

struct SearchQuestion {
    core::OrgId org;
    std::string words;
    std::vector<SearchScope> scopes;  ///< registers one may read; none: nothing is found
    std::size_t limit = 20;           ///< at most kHitsMax
};

struct SearchHit {
    std::string register_name;
    core::Id id;
    std::string title;
    bool operator==(const SearchHit&) const = default;
};

struct SearchAnswer {
    std::vector<SearchHit> hits;  ///< entries whose title holds all words first, then newest id
    std::size_t total = 0;        ///< at most kTotalMax
};

/// Creates or upgrades the tables of this room.
void migrate(store::Store& store);

/// Stateless: the index lives in the store. Safe to use from several threads.
class Search {
public:
    /// Puts `document` in the place of what was known of its entry; does nothing when it is equal.
    void index(store::Transaction& tx, const Document& document) const;

    /// Forgets an entry; does nothing when it is not known.
    void remove(
        store::Transaction& tx, core::OrgId org, const std::string& register_name, core::Id id
    ) const;

    /// Rewrites the index without the remains of what was removed: erasing is done only then (E26).
    void optimize(store::Transaction& tx) const;

    /// The first hits and how many there are. A question without a word finds nothing. Throws
    /// Problem{Invalid, "search.too_long"} with {characters, words}.
    [[nodiscard]] SearchAnswer find(store::Reader& reader, const SearchQuestion& question) const;
};

}  // namespace duban::search
