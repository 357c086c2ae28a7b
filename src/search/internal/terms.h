// From a question to the query language of each database.
//
// A piece between blanks is one phrase: the tokens that indexing would make of it, without the
// last character of a run that ends it, since the indexed run may go on. One character alone is
// looked up among an entry's distinct characters; at the end of a longer piece it is a prefix.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/search.h"

namespace duban::search {

struct Phrase {
    std::vector<std::string> tokens = {};
    bool prefix = false;  ///< the last token is the beginning of one
    bool single = false;  ///< one CJK character alone
};

/// The phrases of `words`; throws Problem{Invalid, "search.too_long"}.
[[nodiscard]] std::vector<Phrase> phrases_of(const std::string& words);

/// Where a phrase is looked for.
enum class Within { Anywhere, Title };
/// Which rows of the index: those of entries with one passage, with several, or both.
enum class RowKind { Any, Single, Several };

/// An FTS5 query.
[[nodiscard]] std::string sqlite_query(
    const SearchQuestion& question, const std::vector<Phrase>& phrases, Within within, RowKind rows
);
/// A tsquery.
[[nodiscard]] std::string postgres_query(
    const SearchQuestion& question, const std::vector<Phrase>& phrases, Within within, RowKind rows
);

// The marks of a row: its org, register, unit and entry, and whether the entry has several rows.
[[nodiscard]] std::string org_mark(core::OrgId org);
[[nodiscard]] std::string register_mark(std::string_view register_name);
[[nodiscard]] std::string unit_mark(const core::Id& unit);
[[nodiscard]] std::string entry_mark(const core::Id& id);
inline constexpr std::string_view kSeveralMark = "m";

/// A token no longer than PostgreSQL's lexemes may be, cut between characters.
[[nodiscard]] std::string bounded(std::string token);

}  // namespace duban::search
