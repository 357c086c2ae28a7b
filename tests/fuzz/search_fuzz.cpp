// Questions of strangers: whatever the words, the query made of them is one that SQLite's index
// understands, and an entry is found by its own text.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "core/check.h"
#include "core/problem.h"
#include "search/internal/terms.h"
#include "text/tokens.h"
#include "text/utf8.h"

namespace {

using namespace duban;

/// An index with the columns of ours and nothing in it: a malformed query fails all the same.
class Index {
public:
    Index() {
        sqlite3* database = nullptr;
        core::check(sqlite3_open(":memory:", &database) == SQLITE_OK, "memory opens");
        database_.reset(database);
        const int made = sqlite3_exec(
            database,
            "create virtual table search using fts5(scope, title, body, single)",
            nullptr,
            nullptr,
            nullptr
        );
        core::check(made == SQLITE_OK, "SQLite has FTS5");
    }

    [[nodiscard]] bool understands(const std::string& query) const {
        sqlite3_stmt* made = nullptr;
        sqlite3_prepare_v2(
            database_.get(), "select rowid from search where search match ?1", -1, &made, nullptr
        );
        const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement{
            made, sqlite3_finalize
        };
        sqlite3_bind_text(made, 1, query.data(), static_cast<int>(query.size()), SQLITE_TRANSIENT);
        return sqlite3_step(made) == SQLITE_DONE;
    }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
};

void check_passages(const std::string& text) {
    std::size_t end = 0;
    for (const std::string_view passage : text::passages(text)) {
        const auto begin = static_cast<std::size_t>(passage.data() - text.data());
        core::check(begin <= end, "no text is left out between passages");
        end = begin + passage.size();
        core::check(!text::find_invalid(passage), "a passage is not cut within a character");
    }
    core::check(end == text.size(), "passages hold the whole text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Index kIndex;
    const std::string words{reinterpret_cast<const char*>(data), size};
    if (text::find_invalid(words)) {
        return 0;  // refused before it is searched for
    }
    check_passages(words);
    const search::SearchQuestion question{
        .org = {1}, .words = words, .scopes = {{.register_name = "item", .reach = {}}}
    };
    try {
        const auto phrases = search::phrases_of(words);
        for (const auto within : {search::Within::Anywhere, search::Within::Title}) {
            for (const auto rows :
                 {search::RowKind::Any, search::RowKind::Single, search::RowKind::Several}) {
                core::check(
                    phrases.empty() ||
                        kIndex.understands(search::sqlite_query(question, phrases, within, rows)),
                    "the index understands its queries"
                );
                static_cast<void>(search::postgres_query(question, phrases, within, rows));
            }
        }
    } catch (const core::Problem& problem) {
        core::check(problem.code == "search.too_long", "a question is only ever too long");
    }
    return 0;
}
