// The SQL of one page: conditions with their bound values, the order, and the place to go on from.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registers/listing.h"

namespace duban::registers {

/// Conditions joined by "and"; `$n` count on from the values bound so far.
class Conditions {
public:
    explicit Conditions(core::OrgId org);

    void add(const std::string& sql) { text_ += " and " + sql; }
    void equal(const std::string& column, store::Value value);
    void one_of(const std::string& column, const std::vector<store::Value>& values);
    void compare(const std::string& column, const char* sign, store::Value value);
    /// The next placeholder, after binding `value`.
    [[nodiscard]] std::string bind(store::Value value);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<store::Value>& values() const { return values_; }

private:
    std::string text_;
    std::vector<store::Value> values_;
};

/// What to sort by: a column of the table, up or down.
struct Order {
    std::string column;
    bool descends = false;
    const declarations::Field* field = nullptr;  ///< nullptr: a fixed column
};

/// Where the page before ended.
struct Place {
    bool in_nulls = false;  ///< among the entries without a value, which come last
    store::Value value;
    core::Id id;
};

/// The order of a view's sort. Problem{Invalid, "query.sort_not_declared"}.
[[nodiscard]] Order order_of(
    const declarations::Register& declared, const declarations::View* view, const std::string& sort
);

/// Adds the request's filters; refuses those the view does not declare and malformed values.
void add_filters(
    Conditions& conditions,
    const declarations::Register& declared,
    const declarations::View* view,
    const ListRequest& request,
    const access::Directory& directory
);

/// A list's query with its conditions, within the bounds of one: Problem{Rejected,
/// "query.too_expensive"}.
[[nodiscard]] store::Rows run_bounded(
    store::Reader& reader,
    const std::string& sql,
    const Conditions& conditions,
    std::size_t rows_max
);

/// A value of a column as a query binds it: ids as bytes, numbers as integers, else text.
[[nodiscard]] store::Value column_value(
    const declarations::Field* field, const std::string& column, const std::string& text
);

[[nodiscard]] std::string write_cursor(const Place& place, const ListRequest& request);
/// Problem{Invalid, "cursor.malformed"} or {Invalid, "cursor.other_query"}.
[[nodiscard]] Place read_cursor(const ListRequest& request, const Order& order);

}  // namespace duban::registers
