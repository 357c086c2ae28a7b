#include "store/value.h"

#include <utility>

#include "core/problem.h"

namespace duban::store {

namespace {

template <typename T>
const T& as(const std::vector<Value>& columns, std::size_t column) {
    if (column < columns.size()) {
        if (const T* found = std::get_if<T>(&columns[column])) {
            return *found;
        }
    }
    throw core::Problem{
        core::ProblemKind::Corrupt, "store.wrong_type", {{"column", std::to_string(column)}}
    };
}

}  // namespace

Value value(core::OrgId org) {
    return org.value;
}

Value value(const core::Id& id) {
    return id.bytes();
}

Value value_or_null(const core::Id& id) {
    return id.is_nil() ? Value{} : Value{id.bytes()};
}

Value value(const std::optional<std::string>& text) {
    return text ? Value{*text} : Value{};
}

Value value(const std::optional<std::int64_t>& number) {
    return number ? Value{*number} : Value{};
}

bool Row::is_null(std::size_t column) const {
    return column < columns.size() && std::holds_alternative<std::monostate>(columns[column]);
}

std::int64_t Row::integer(std::size_t column) const {
    return as<std::int64_t>(columns, column);
}

double Row::real(std::size_t column) const {
    // SQLite gives a whole number of an expression as an integer.
    if (column < columns.size()) {
        if (const auto* whole = std::get_if<std::int64_t>(&columns[column])) {
            return static_cast<double>(*whole);
        }
    }
    return as<double>(columns, column);
}

const std::string& Row::text(std::size_t column) const {
    return as<std::string>(columns, column);
}

const std::string& Row::bytes(std::size_t column) const {
    return as<core::Bytes>(columns, column).data;
}

bool Row::truth(std::size_t column) const {
    if (column < columns.size()) {
        const auto* number = std::get_if<std::int64_t>(&columns[column]);
        if (number != nullptr && (*number == 0 || *number == 1)) {
            return *number == 1;
        }
    }
    return as<bool>(columns, column);
}

core::Id Row::id(std::size_t column) const {
    if (is_null(column)) {
        return {};
    }
    const std::string& sixteen = bytes(column);
    if (sixteen.size() != sizeof(core::Id::octets)) {
        throw core::Problem{
            core::ProblemKind::Corrupt, "store.wrong_type", {{"column", std::to_string(column)}}
        };
    }
    return core::Id::from_bytes(sixteen);
}

std::optional<std::int64_t> Row::find_integer(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
}

std::optional<std::string> Row::find_text(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional{text(column)};
}

}  // namespace duban::store
