#include "tables.h"

#include <algorithm>

#include "crypto/digest.h"
#include "crypto/encoding.h"

namespace duban::history {

namespace {

constexpr std::size_t kShownMax = 160;  // characters of a value; the rest stands as its digest

constexpr store::Query kSqliteTables{
    "history.tables",
    "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name"
};
constexpr store::Query kPostgresTables{
    "history.tables",
    "select cast(tablename as text) from pg_tables where schemaname = current_schema()"
    " order by tablename"
};
constexpr store::Query kSqliteColumns{
    "history.columns", "select name, lower(type) from pragma_table_info($1) order by cid"
};
constexpr store::Query kPostgresColumns{
    "history.columns",
    "select cast(column_name as text), cast(data_type as text) from information_schema.columns"
    " where table_schema = current_schema() and table_name = $1 order by ordinal_position"
};

struct Column {
    std::string name;
    std::string type;
};

bool is_left_out(
    const std::vector<LeftOut>& left_out, const std::string& table, const std::string& column
) {
    return std::ranges::any_of(left_out, [&](const LeftOut& one) {
        const bool same = one.table.ends_with('*')
                              ? table.starts_with(one.table.substr(0, one.table.size() - 1))
                              : table == one.table;
        return same && one.column == column;
    });
}

std::vector<Column> columns_of(store::Reader& reader, const std::string& table) {
    std::vector<Column> out;
    const auto& query =
        reader.dialect() == store::Dialect::Sqlite ? kSqliteColumns : kPostgresColumns;
    for (const store::Row& row : reader.query(query, {table})) {
        out.push_back({row.text(0), row.text(1)});
    }
    return out;
}

std::vector<std::string> lines_of(
    store::Reader& reader, const std::string& table, const std::vector<LeftOut>& left_out
) {
    std::vector<Column> columns = columns_of(reader, table);
    std::erase_if(columns, [&](const Column& one) {
        return is_left_out(left_out, table, one.name);
    });
    std::string shape = "(shape)";
    std::string list;
    for (const Column& column : columns) {
        shape += " " + column.name + ":" + column.type;
        list += (list.empty() ? "" : ", ") + column.name;
    }
    std::vector<std::string> lines;
    const std::string sql = "select " + list + " from " + table;
    reader.for_each({"history.rows", sql}, {}, [&](const store::Row& row) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            line += (i == 0 ? "" : " | ") + columns[i].name + "=" +
                    shown(row.columns[i], columns[i].type);
        }
        lines.push_back(std::move(line));
        return true;
    });
    std::ranges::sort(lines);
    lines.insert(lines.begin(), shape);
    return lines;
}

std::string digest(const std::vector<const std::string*>& lines) {
    crypto::Sha256 hash;
    for (const std::string* line : lines) {
        hash.add(*line);
        hash.add("\n");
    }
    return hash.finish().hex();
}

}  // namespace

const std::vector<LeftOut>& of_each_database() {
    static const std::vector<LeftOut> kLeftOut = {
        {"d_search_text*", "", "words: FTS5 here, tsvector there; the answers are compared"},
        {"d_org_lane", "", "PostgreSQL's lock of the lane"},
    };
    return kLeftOut;
}

const std::vector<LeftOut>& not_in_the_journal() {
    static const std::vector<LeftOut> kLeftOut = [] {
        std::vector<LeftOut> out = of_each_database();
        out.push_back({"d_signature", "id", "drawn anew"});
        out.push_back({"d_loosening", "id", "drawn anew"});
        return out;
    }();
    return kLeftOut;
}

std::string shown(const store::Value& value, std::string_view type) {
    const store::Row row{{value}};
    if (row.is_null(0)) {
        return "null";
    }
    if (type == "boolean") {
        return row.truth(0) ? "true" : "false";
    }
    std::string text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        text = std::to_string(*number);
    } else if (const auto* truth = std::get_if<bool>(&value)) {
        text = *truth ? "true" : "false";
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        text = "'" + *words + "'";
    } else if (const auto* real = std::get_if<double>(&value)) {
        text = std::to_string(*real);
    } else {
        text = "x" + crypto::hex_encode(row.bytes(0));
    }
    if (text.size() > kShownMax) {
        text = text.substr(0, kShownMax) + "… " + std::to_string(text.size()) + " bytes " +
               crypto::sha256(text).hex();
    }
    return text;
}

Tables dump_tables(store::Store& store, const std::vector<LeftOut>& left_out) {
    Tables out;
    store.read([&](store::Reader& reader) {
        out.clear();
        const auto& query =
            reader.dialect() == store::Dialect::Sqlite ? kSqliteTables : kPostgresTables;
        for (const store::Row& row : reader.query(query, {})) {
            const std::string& table = row.text(0);
            if (!is_left_out(left_out, table, "")) {
                out[table] = lines_of(reader, table, left_out);
            }
        }
    });
    return out;
}

std::string first_difference(
    const std::vector<std::string>& one, const std::vector<std::string>& other
) {
    const auto [here, there] = std::ranges::mismatch(one, other);
    if (here == one.end() && there == other.end()) {
        return {};
    }
    const auto line = [](const auto& at, const auto& lines) {
        return at == lines.end() ? std::string{"(nothing)"} : *at;
    };
    return "line " + std::to_string(here - one.begin()) + "\n  " + line(here, one) + "\n  " +
           line(there, other);
}

std::string first_difference(const Tables& one, const Tables& other) {
    for (const auto& [table, lines] : one) {
        const auto found = other.find(table);
        if (found == other.end()) {
            return "table " + table + " is on one side alone";
        }
        const std::string difference = first_difference(lines, found->second);
        if (!difference.empty()) {
            return "table " + table + " " + difference;
        }
    }
    for (const auto& [table, lines] : other) {
        if (!one.contains(table)) {
            return "table " + table + " is on the other side alone";
        }
    }
    return {};
}

std::size_t rows_of(const Tables& tables) {
    std::size_t rows = 0;
    for (const auto& [table, lines] : tables) {
        rows += lines.size() - 1;
    }
    return rows;
}

std::string digest_of(const Tables& tables) {
    std::vector<const std::string*> lines;
    for (const auto& [table, rows] : tables) {
        lines.push_back(&table);
        for (const std::string& row : rows) {
            lines.push_back(&row);
        }
    }
    return digest(lines);
}

std::string digest_of(const std::vector<std::string>& lines) {
    std::vector<const std::string*> all;
    for (const std::string& line : lines) {
        all.push_back(&line);
    }
    return digest(all);
}

}  // namespace duban::history
