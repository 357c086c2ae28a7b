#include "search/search.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "search/internal/rows.h"
#include "search/internal/terms.h"

namespace duban::search {

namespace {

using store::Dialect;
using store::Query;
using store::Value;

/// An entry has kPassagesMax numbers of its own, so that newer entries have greater ones and the
/// entry follows from the number. FTS5 wants them dense and small.
constexpr std::int64_t kSpacing = static_cast<std::int64_t>(kPassagesMax);

constexpr Query kEntryRows{
    "search.entry_rows",
    "select doc, unit, several, title, body from d_search "
    "where org = $1 and register = $2 and id = $3 order by doc"
};
// FTS5 knows one numbering for all orgs; SQLite has one lane, so the next number is safe.
constexpr Query kSqliteLast{"search.last_doc", "select max(doc) from d_search"};
constexpr Query kPostgresLast{"search.last_doc", "select max(doc) from d_search where org = $1"};
constexpr Query kInsertRow{
    "search.insert_row",
    "insert into d_search (org, doc, register, id, unit, several, title, body) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8)"
};
constexpr Query kRemoveRows{
    "search.remove_rows", "delete from d_search where org = $1 and register = $2 and id = $3"
};
constexpr Query kSqliteInsert{
    "search.insert_words",
    "insert into d_search_text (rowid, scope, title, body, single) values ($1, $2, $3, $4, $5)"
};
// SQLite 3.40 has no contentless_delete: a row is taken out by the tokens that it was put in with.
constexpr Query kSqliteRemove{
    "search.remove_words",
    "insert into d_search_text (d_search_text, rowid, scope, title, body, single) "
    "values ('delete', $1, $2, $3, $4, $5)"
};
constexpr Query kPostgresInsert{
    "search.insert_words",
    "insert into d_search_text (org, doc, words) values ($1, $2, cast($3 as tsvector))"
};
constexpr Query kPostgresRemove{
    "search.remove_words", "delete from d_search_text where org = $1 and doc = $2"
};
constexpr Query kSqliteOptimize{
    "search.optimize", "insert into d_search_text (d_search_text) values ('optimize')"
};

constexpr Query kSqlitePage{
    "search.page",
    "select rowid from d_search_text where d_search_text match $1 and rowid < $2 "
    "order by rowid desc limit $3"
};
// Fenced by offset 0: else PostgreSQL walks the primary key backward and tests each row.
constexpr Query kPostgresPage{
    "search.page",
    "select doc from (select doc from d_search_text where org = $4 and "
    "words @@ cast($1 as tsquery) offset 0) found where doc < $2 order by doc desc limit $3"
};
constexpr Query kSqliteCount{
    "search.count",
    "select count(*) from (select 1 from d_search_text where d_search_text match $1 limit $2)"
};
constexpr Query kPostgresCount{
    "search.count",
    "select count(*) from (select 1 from d_search_text where org = $3 and "
    "words @@ cast($1 as tsquery) limit $2) found"
};
constexpr Query kSqliteCountEntries{
    "search.count_entries",
    "select count(*) from (select distinct rowid / 16 from d_search_text "
    "where d_search_text match $1 limit $2)"
};
constexpr Query kPostgresCountEntries{
    "search.count_entries",
    "select count(*) from (select distinct doc / 16 from d_search_text where org = $3 and "
    "words @@ cast($1 as tsquery) limit $2) found"
};
static_assert(kPassagesMax == 16, "the queries divide by it");

constexpr Query kHit{
    "search.hit", "select register, id, title from d_search where org = $1 and doc = $2"
};

struct KeptRow {
    std::int64_t doc = 0;
    IndexRow row = {};
};

std::vector<KeptRow> kept_rows(
    store::Transaction& tx, core::OrgId org, const std::string& register_name, const core::Id& id
) {
    std::vector<KeptRow> kept;
    for (const store::Row& row :
         tx.query(kEntryRows, {store::value(org), register_name, store::value(id)})) {
        kept.push_back(
            {.doc = row.integer(0),
             .row =
                 {.org = org,
                  .register_name = register_name,
                  .id = id,
                  .unit = row.id(1),
                  .several = row.truth(2),
                  .title = row.text(3),
                  .body = row.text(4)}}
        );
    }
    return kept;
}

void remove_kept(
    store::Transaction& tx,
    core::OrgId org,
    const std::string& register_name,
    const core::Id& id,
    const std::vector<KeptRow>& kept
) {
    for (const KeptRow& old : kept) {
        if (tx.dialect() == Dialect::Sqlite) {
            const SqliteColumns columns = sqlite_columns(old.row);
            tx.execute(
                kSqliteRemove, {old.doc, columns.scope, columns.title, columns.body, columns.single}
            );
        } else {
            tx.execute(kPostgresRemove, {store::value(org), old.doc});
        }
    }
    if (!kept.empty()) {
        tx.execute(kRemoveRows, {store::value(org), register_name, store::value(id)});
    }
}

void insert_row(store::Transaction& tx, std::int64_t doc, const IndexRow& row) {
    tx.execute(
        kInsertRow,
        {store::value(row.org),
         doc,
         row.register_name,
         store::value(row.id),
         store::value_or_null(row.unit),
         row.several,
         row.title,
         row.body}
    );
    if (tx.dialect() == Dialect::Sqlite) {
        const SqliteColumns columns = sqlite_columns(row);
        tx.execute(
            kSqliteInsert, {doc, columns.scope, columns.title, columns.body, columns.single}
        );
    } else {
        tx.execute(kPostgresInsert, {store::value(row.org), doc, postgres_vector(row)});
    }
}

/// The first number of an entry that is new to the index.
std::int64_t next_doc(store::Transaction& tx, core::OrgId org) {
    const store::Rows rows = tx.dialect() == Dialect::Sqlite
                                 ? tx.query(kSqliteLast, {})
                                 : tx.query(kPostgresLast, {store::value(org)});
    const std::optional<std::int64_t> last = rows.at(0).find_integer(0);
    return last ? (*last / kSpacing + 1) * kSpacing : 0;
}

/// One question on one database.
class Finder {
public:
    Finder(store::Reader& reader, const SearchQuestion& question)
        : reader_{reader}, question_{question}, phrases_{phrases_of(question.words)} {}

    SearchAnswer run() {
        SearchAnswer answer;
        if (query(Within::Anywhere, RowKind::Any).empty()) {
            return answer;
        }
        take(query(Within::Title, RowKind::Any));
        take(query(Within::Anywhere, RowKind::Any));
        for (const std::int64_t doc : docs_) {
            const store::Rows rows = reader_.query(kHit, {store::value(question_.org), doc});
            if (!rows.empty()) {
                answer.hits.push_back(
                    {.register_name = rows[0].text(0), .id = rows[0].id(1), .title = rows[0].text(2)
                    }
                );
            }
        }
        answer.total = total();
        return answer;
    }

private:
    [[nodiscard]] bool sqlite() const { return reader_.dialect() == Dialect::Sqlite; }

    std::string query(Within within, RowKind rows) const {
        return sqlite() ? sqlite_query(question_, phrases_, within, rows)
                        : postgres_query(question_, phrases_, within, rows);
    }

    /// Adds the newest entries of `query` that are not yet taken, up to the limit.
    void take(const std::string& query) {
        const std::size_t limit = std::min(question_.limit, kHitsMax);
        // Entries already taken come again, and long ones several times.
        const auto page = static_cast<std::int64_t>(limit * 2 + kPassagesMax);
        std::int64_t before = std::numeric_limits<std::int64_t>::max();
        while (docs_.size() < limit) {
            std::vector<Value> values = {query, before, page};
            if (!sqlite()) {
                values.push_back(store::value(question_.org));
            }
            const store::Rows rows = reader_.query(sqlite() ? kSqlitePage : kPostgresPage, values);
            for (const store::Row& row : rows) {
                before = row.integer(0);
                if (docs_.size() < limit && entries_.insert(before / kSpacing).second) {
                    docs_.push_back(before);
                }
            }
            if (static_cast<std::int64_t>(rows.size()) < page) {
                return;
            }
        }
    }

    /// Rows of entries with one passage are counted as they come, the few others by entry.
    std::size_t total() const {
        const std::size_t single = count(
            sqlite() ? kSqliteCount : kPostgresCount, query(Within::Anywhere, RowKind::Single)
        );
        if (single == kTotalMax) {
            return single;
        }
        const std::size_t several = count(
            sqlite() ? kSqliteCountEntries : kPostgresCountEntries,
            query(Within::Anywhere, RowKind::Several)
        );
        return std::min(single + several, kTotalMax);
    }

    std::size_t count(const Query& query, const std::string& words) const {
        std::vector<Value> values = {words, static_cast<std::int64_t>(kTotalMax)};
        if (!sqlite()) {
            values.push_back(store::value(question_.org));
        }
        return static_cast<std::size_t>(reader_.query(query, values).at(0).integer(0));
    }

    store::Reader& reader_;
    const SearchQuestion& question_;
    std::vector<Phrase> phrases_;
    std::vector<std::int64_t> docs_;
    std::set<std::int64_t> entries_;
};

}  // namespace

void migrate(store::Store& store) {
    // The words' index has no org in front: the org is one of the words (E20).
    const std::array<store::Migration, 1> steps = {{{
        .version = 1,
        .statements =
            {"create table d_search (org bigint not null, doc bigint not null, "
             "register text not null, id uuid not null, unit uuid, several boolean not null, "
             "title text not null, body text not null, primary key (org, doc))",
             "create index d_search_by_entry on d_search (org, register, id, doc)"},
        .sqlite_only =
            {"create unique index d_search_by_doc on d_search (doc)",
             // The ascii tokenizer takes every character past U+007F as part of a word: what is a
             // word was decided by text/tokens.h, for both databases.
             "create virtual table d_search_text using fts5 (scope, title, body, single, "
             "content = '', columnsize = 0, tokenize = \"ascii tokenchars '_'\")"},
        .postgres_only =
            {"create table d_search_text (org bigint not null, doc bigint not null, "
             "words tsvector not null, primary key (org, doc))",
             "create index d_search_text_by_words on d_search_text using gin (words)"},
    }}};
    store.migrate("search", steps);
}

void Search::index(store::Transaction& tx, const Document& document) const {
    const std::vector<IndexRow> rows = rows_of(document);
    const std::vector<KeptRow> kept =
        kept_rows(tx, document.org, document.register_name, document.id);
    if (std::ranges::equal(kept, rows, {}, &KeptRow::row)) {
        return;
    }
    remove_kept(tx, document.org, document.register_name, document.id, kept);
    std::int64_t doc = kept.empty() ? next_doc(tx, document.org) : kept.front().doc;
    for (const IndexRow& row : rows) {
        insert_row(tx, doc++, row);
    }
}

void Search::remove(
    store::Transaction& tx, core::OrgId org, const std::string& register_name, core::Id id
) const {
    remove_kept(tx, org, register_name, id, kept_rows(tx, org, register_name, id));
}

void Search::optimize(store::Transaction& tx) const {
    if (tx.dialect() == Dialect::Sqlite) {
        tx.execute(kSqliteOptimize, {});
    }
}

SearchAnswer Search::find(store::Reader& reader, const SearchQuestion& question) const {
    return Finder{reader, question}.run();
}

}  // namespace duban::search
