// Values that go into and come out of a query, alike on both databases.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/id.h"

namespace duban::store {

/// null · integer · real · text · bytes · truth. Dates are ISO text, instants UTC milliseconds,
/// money integer minor units; an id is 16 bytes (uuid on PostgreSQL, BLOB on SQLite: E21).
using Value = std::variant<std::monostate, std::int64_t, double, std::string, core::Bytes, bool>;

[[nodiscard]] Value value(core::OrgId org);
[[nodiscard]] Value value(const core::Id& id);
/// nil is bound as null.
[[nodiscard]] Value value_or_null(const core::Id& id);
[[nodiscard]] Value value(const std::optional<std::string>& text);
[[nodiscard]] Value value(const std::optional<std::int64_t>& number);

/// One row of an answer, columns in the order of the SELECT. An accessor of the wrong type is a
/// Problem{Corrupt, "store.wrong_type"}; a find_ accessor gives nullopt for null.
struct Row {
    std::vector<Value> columns;

    [[nodiscard]] bool is_null(std::size_t column) const;
    [[nodiscard]] std::int64_t integer(std::size_t column) const;
    [[nodiscard]] double real(std::size_t column) const;
    [[nodiscard]] const std::string& text(std::size_t column) const;
    [[nodiscard]] const std::string& bytes(std::size_t column) const;
    /// A truth, also where SQLite keeps it as 0 or 1.
    [[nodiscard]] bool truth(std::size_t column) const;
    /// The nil id for null.
    [[nodiscard]] core::Id id(std::size_t column) const;
    [[nodiscard]] std::optional<std::int64_t> find_integer(std::size_t column) const;
    [[nodiscard]] std::optional<std::string> find_text(std::size_t column) const;
};

using Rows = std::vector<Row>;

}  // namespace duban::store
