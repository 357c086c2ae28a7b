#include "rules/internal/words.h"

#include <algorithm>
#include <array>

#include <sqlite3.h>

namespace duban::rules {

namespace {

using namespace std::string_view_literals;

constexpr std::array kKeywords = {
    "all"sv,    "and"sv,   "as"sv,        "asc"sv,      "between"sv, "by"sv,    "case"sv,
    "cast"sv,   "cross"sv, "desc"sv,      "distinct"sv, "else"sv,    "end"sv,   "except"sv,
    "exists"sv, "false"sv, "filter"sv,    "first"sv,    "from"sv,    "group"sv, "having"sv,
    "in"sv,     "inner"sv, "is"sv,        "join"sv,     "last"sv,    "left"sv,  "limit"sv,
    "not"sv,    "null"sv,  "nulls"sv,     "offset"sv,   "on"sv,      "or"sv,    "order"sv,
    "outer"sv,  "over"sv,  "partition"sv, "select"sv,   "then"sv,    "true"sv,  "union"sv,
    "when"sv,   "where"sv, "with"sv,      "bigint"sv,
};

/// PostgreSQL 15, pg_get_keywords(): reserved, type or function names, and column names that
/// read as calls. `position` is a column of child tables and stays a name: calls have their list.
constexpr std::array kPostgresWords = {
    "analyse"sv,
    "analyze"sv,
    "any"sv,
    "array"sv,
    "asymmetric"sv,
    "both"sv,
    "check"sv,
    "collate"sv,
    "column"sv,
    "constraint"sv,
    "create"sv,
    "current_catalog"sv,
    "current_date"sv,
    "current_role"sv,
    "current_time"sv,
    "current_timestamp"sv,
    "current_user"sv,
    "default"sv,
    "deferrable"sv,
    "do"sv,
    "fetch"sv,
    "for"sv,
    "foreign"sv,
    "grant"sv,
    "initially"sv,
    "intersect"sv,
    "into"sv,
    "lateral"sv,
    "leading"sv,
    "localtime"sv,
    "localtimestamp"sv,
    "only"sv,
    "placing"sv,
    "primary"sv,
    "references"sv,
    "returning"sv,
    "session_user"sv,
    "some"sv,
    "symmetric"sv,
    "table"sv,
    "to"sv,
    "trailing"sv,
    "unique"sv,
    "user"sv,
    "using"sv,
    "variadic"sv,
    "window"sv,
    "authorization"sv,
    "binary"sv,
    "collation"sv,
    "concurrently"sv,
    "current_schema"sv,
    "freeze"sv,
    "full"sv,
    "ilike"sv,
    "isnull"sv,
    "like"sv,
    "natural"sv,
    "notnull"sv,
    "overlaps"sv,
    "right"sv,
    "similar"sv,
    "tablesample"sv,
    "verbose"sv,
    "bit"sv,
    "boolean"sv,
    "char"sv,
    "character"sv,
    "dec"sv,
    "decimal"sv,
    "extract"sv,
    "float"sv,
    "greatest"sv,
    "grouping"sv,
    "inout"sv,
    "int"sv,
    "integer"sv,
    "interval"sv,
    "least"sv,
    "national"sv,
    "nchar"sv,
    "none"sv,
    "normalize"sv,
    "numeric"sv,
    "out"sv,
    "overlay"sv,
    "precision"sv,
    "real"sv,
    "row"sv,
    "setof"sv,
    "smallint"sv,
    "substring"sv,
    "time"sv,
    "timestamp"sv,
    "treat"sv,
    "trim"sv,
    "values"sv,
    "varchar"sv,
    "xmlattributes"sv,
    "xmlconcat"sv,
    "xmlelement"sv,
    "xmlexists"sv,
    "xmlforest"sv,
    "xmlnamespaces"sv,
    "xmlparse"sv,
    "xmlpi"sv,
    "xmlroot"sv,
    "xmlserialize"sv,
    "xmltable"sv,
};

/// Names of schemas and of rows' hidden columns: a rule that could say them would leave its scope.
constexpr std::array kHiddenNames = {
    "main"sv,
    "temp"sv,
    "public"sv,
    "pg_catalog"sv,
    "information_schema"sv,
    "rowid"sv,
    "oid"sv,
    "_rowid_"sv,
    "ctid"sv,
    "tableoid"sv,
    "xmin"sv,
    "xmax"sv,
    "cmin"sv,
    "cmax"sv,
};

constexpr std::array kAggregates = {"count"sv, "max"sv, "min"sv, "sum"sv};
constexpr std::array kWindowFunctions = {
    "dense_rank"sv, "lag"sv, "lead"sv, "rank"sv, "row_number"sv
};
constexpr std::array kFunctions = {
    "abs"sv,         "add_days"sv,  "add_months"sv,   "add_workdays"sv,     "cents_to_text"sv,
    "coalesce"sv,    "concat_of"sv, "days_between"sv, "greatest_of"sv,      "input"sv,
    "least_of"sv,    "length"sv,    "month_of"sv,     "nullif"sv,           "param"sv,
    "starts_with"sv, "strpos"sv,    "today"sv,        "workdays_between"sv, "year_of"sv,
};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

}  // namespace

bool is_rule_keyword(std::string_view word) {
    return holds(kKeywords, word);
}

bool is_refused_word(std::string_view word) {
    if (is_rule_keyword(word)) {
        return false;
    }
    return holds(kPostgresWords, word) || holds(kHiddenNames, word) || word.starts_with("pg_") ||
           word.starts_with("sqlite_") || word.starts_with("d_") ||
           sqlite3_keyword_check(word.data(), static_cast<int>(word.size())) != 0;
}

bool is_rule_function(std::string_view word) {
    return holds(kFunctions, word) || is_aggregate(word) || is_window_function(word);
}

bool is_aggregate(std::string_view word) {
    return holds(kAggregates, word);
}

bool is_window_function(std::string_view word) {
    return holds(kWindowFunctions, word);
}

}  // namespace duban::rules
