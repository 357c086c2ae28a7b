// The rows of the index that an entry has: one per passage, each with its title.

#pragma once

#include <string>
#include <vector>

#include "search/search.h"

namespace duban::search {

/// What d_search keeps of one passage; from it the tokens can be made again.
struct IndexRow {
    core::OrgId org = {};
    std::string register_name = {};
    core::Id id = {};
    core::Id unit = {};
    bool several = false;  ///< the entry has more passages than this
    std::string title = {};
    std::string body = {};
    bool operator==(const IndexRow&) const = default;
};

/// The passages of a document, at least one, at most kPassagesMax.
[[nodiscard]] std::vector<IndexRow> rows_of(const Document& document);

/// The columns of the FTS5 table, tokens with blanks between them.
struct SqliteColumns {
    std::string scope;
    std::string title;
    std::string body;
    std::string single;
};
[[nodiscard]] SqliteColumns sqlite_columns(const IndexRow& row);

/// The same tokens as the text of a tsvector: title at weight A, then the body; marks begin with #.
[[nodiscard]] std::string postgres_vector(const IndexRow& row);

}  // namespace duban::search
