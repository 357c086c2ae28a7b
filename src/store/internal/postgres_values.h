// Values to and from PostgreSQL by libpq, and SQLSTATEs as Problems.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "store/value.h"

namespace duban::store {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// Parameters as libpq takes them: bytes in binary, which suits uuid and bytea alike, all else
/// as text, whose type the server infers. Refers to the values it was made from.
class PostgresParameters {
public:
    explicit PostgresParameters(const std::vector<Value>& values);

    [[nodiscard]] int count() const { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

private:
    std::vector<std::string> printed_;  // what stands nowhere else; never grows past its capacity
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// Row `row` of a result in text format, decoded by the types of its columns.
[[nodiscard]] Row row_of(const PGresult& result, int row);

/// The SQLSTATE of a failed result; empty when the connection broke.
[[nodiscard]] std::string_view sqlstate_of(const PGresult* result);

/// True when a prepared statement no longer fits its tables.
[[nodiscard]] bool is_stale_plan(const PGresult* result);

/// Throws what a failed result means: a Problem, or a Bug that names the query.
[[noreturn]] void throw_postgres_error(const PGresult* result, std::string_view name);

}  // namespace duban::store
