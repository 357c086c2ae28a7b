#include "search/internal/rows.h"

#include "search/internal/terms.h"
#include "text/tokens.h"
#include "text/utf8.h"

namespace duban::search {

namespace {

/// Titles are short by declaration; a longer one must not crowd out the body's positions.
constexpr std::size_t kTitleCharactersMax = 1000;
/// Between title and body, so that no phrase spans both.
constexpr std::size_t kGap = 2;

std::string_view bounded_title(std::string_view title) {
    return text::first(title, kTitleCharactersMax);
}

std::string joined(const std::vector<std::string>& tokens) {
    std::string text;
    for (const std::string& token : tokens) {
        text += (text.empty() ? "" : " ") + bounded(token);
    }
    return text;
}

std::vector<std::string> marks_of(const IndexRow& row) {
    std::vector<std::string> marks = {
        org_mark(row.org), register_mark(row.register_name), entry_mark(row.id)
    };
    if (!row.unit.is_nil()) {
        marks.push_back(unit_mark(row.unit));
    }
    if (row.several) {
        marks.emplace_back(kSeveralMark);
    }
    return marks;
}

/// Distinct characters of the passage, and those of its title once more with a t before them.
std::vector<std::string> singles_of(
    const IndexRow& row, std::string_view plain, std::string_view titled
) {
    std::vector<std::string> marks;
    for (const std::string& character : text::distinct_characters(row.title + " " + row.body)) {
        marks.push_back(std::string{plain} + character);
    }
    for (const std::string& character : text::distinct_characters(row.title)) {
        marks.push_back(std::string{titled} + character);
    }
    return marks;
}

void add_positions(
    std::string& vector,
    const std::vector<std::string>& tokens,
    std::size_t first,
    std::string_view weight
) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        vector += "'" + bounded(tokens[i]) + "':" + std::to_string(first + i);
        vector += weight;
        vector += " ";
    }
}

}  // namespace

std::vector<IndexRow> rows_of(const Document& document) {
    const IndexRow row{
        .org = document.org,
        .register_name = document.register_name,
        .id = document.id,
        .unit = document.unit,
        .several = false,
        .title = std::string{bounded_title(document.title)},
        .body = {}
    };
    std::vector<IndexRow> rows;
    for (const std::string_view passage : text::passages(document.body)) {
        if (rows.size() == kPassagesMax) {
            break;
        }
        rows.push_back(row);
        rows.back().body = passage;
    }
    if (rows.empty()) {
        rows.push_back(row);
    }
    for (IndexRow& made : rows) {
        made.several = rows.size() > 1;
    }
    return rows;
}

SqliteColumns sqlite_columns(const IndexRow& row) {
    return {
        .scope = joined(marks_of(row)),
        .title = joined(text::tokens(row.title, text::TokenUse::Index)),
        .body = joined(text::tokens(row.body, text::TokenUse::Index)),
        .single = joined(singles_of(row, "", "t"))
    };
}

std::string postgres_vector(const IndexRow& row) {
    const std::vector<std::string> title = text::tokens(row.title, text::TokenUse::Index);
    std::string vector;
    add_positions(vector, title, 1, "A");
    add_positions(
        vector, text::tokens(row.body, text::TokenUse::Index), title.size() + 1 + kGap, ""
    );
    for (const std::string& mark : marks_of(row)) {
        vector += "'#" + mark + "' ";
    }
    for (const std::string& mark : singles_of(row, "#s", "#t")) {
        vector += "'" + mark + "' ";
    }
    return vector;
}

}  // namespace duban::search
