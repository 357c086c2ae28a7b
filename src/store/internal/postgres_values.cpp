#include "store/internal/postgres_values.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include "core/check.h"
#include "core/problem.h"
#include "store/internal/sql_text.h"

namespace duban::store {

namespace {

// Fixed numbers of built-in types (pg_type.dat).
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kOid = 26;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kNumeric = 1700;
constexpr Oid kUuid = 2950;

constexpr int kText = 0;
constexpr int kBinary = 1;

template <typename Number>
std::string print(Number number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

template <typename Number>
Value parse(std::string_view text) {
    Number number{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) {
        throw core::Problem{core::ProblemKind::Corrupt, "store.wrong_type"};
    }
    return number;
}

double parse_real(std::string_view text) {
    if (text == "Infinity") {
        return std::numeric_limits<double>::infinity();
    }
    if (text == "-Infinity") {
        return -std::numeric_limits<double>::infinity();
    }
    if (text == "NaN") {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return std::get<double>(parse<double>(text));
}

unsigned nibble(char digit) {
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

/// Hexadecimal digits, hyphens aside: a uuid, or a bytea after its "\x".
core::Bytes parse_hex(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i + 1 < text.size();) {
        if (text[i] == '-') {
            ++i;
            continue;
        }
        bytes += static_cast<char>(nibble(text[i]) << 4U | nibble(text[i + 1]));
        i += 2;
    }
    return core::Bytes{std::move(bytes)};
}

Value decode(std::string_view text, Oid type) {
    switch (type) {
        case kBool: return text == "t";
        case kBytea: return parse_hex(text.substr(2));
        case kUuid: return parse_hex(text);
        case kInt2:
        case kInt4:
        case kInt8:
        case kOid: return parse<std::int64_t>(text);
        case kFloat4:
        case kFloat8: return parse_real(text);
        case kNumeric:
            // A sum of integers is a numeric here and an integer on SQLite.
            return text.find_first_of(".NI") == std::string_view::npos ? parse<std::int64_t>(text)
                                                                       : Value{parse_real(text)};
        default: return std::string{text};
    }
}

}  // namespace

PostgresParameters::PostgresParameters(const std::vector<Value>& values) {
    printed_.reserve(values.size());
    const auto add = [this](const char* value, std::size_t length, int format) {
        values_.push_back(value);
        lengths_.push_back(static_cast<int>(length));
        formats_.push_back(format);
    };
    const auto add_printed = [&](std::string text) {
        printed_.push_back(std::move(text));
        add(printed_.back().c_str(), printed_.back().size(), kText);
    };
    for (const Value& value : values) {
        if (const auto* text = std::get_if<std::string>(&value)) {
            require_storable_text(*text);
            add(text->c_str(), text->size(), kText);
        } else if (const auto* bytes = std::get_if<core::Bytes>(&value)) {
            add(bytes->data.data(), bytes->data.size(), kBinary);
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            add_printed(print(*number));
        } else if (const auto* real = std::get_if<double>(&value)) {
            add_printed(print(*real));
        } else if (const auto* truth = std::get_if<bool>(&value)) {
            add(*truth ? "t" : "f", 1, kText);
        } else {
            add(nullptr, 0, kText);
        }
    }
}

Row row_of(const PGresult& result, int row) {
    Row decoded;
    const int columns = PQnfields(&result);
    decoded.columns.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) {
        if (PQgetisnull(&result, row, i) != 0) {
            decoded.columns.emplace_back();
            continue;
        }
        const auto length = static_cast<std::size_t>(PQgetlength(&result, row, i));
        const std::string_view text{PQgetvalue(&result, row, i), length};
        decoded.columns.push_back(decode(text, PQftype(&result, i)));
    }
    return decoded;
}

std::string_view sqlstate_of(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state == nullptr ? std::string_view{} : std::string_view{state};
}

bool is_stale_plan(const PGresult* result) {
    // "cached plan must not change result type" has no SQLSTATE of its own.
    const char* place = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    return sqlstate_of(result) == "0A000" && place != nullptr &&
           std::string_view{place} == "RevalidateCachedQuery";
}

void throw_postgres_error(const PGresult* result, std::string_view name) {
    using core::Problem;
    using core::ProblemKind;
    const std::string_view state = sqlstate_of(result);
    const std::string_view group = state.substr(0, 2);
    if (state == "23505") {
        throw Problem{ProblemKind::Conflict, "store.duplicate"};
    }
    if (group == "23") {
        throw Problem{ProblemKind::Rejected, "store.constraint"};
    }
    if (state == "57014") {
        throw Problem{ProblemKind::Rejected, "query.too_expensive"};
    }
    if (state == "53100") {
        throw Problem{ProblemKind::Unavailable, "store.full"};
    }
    if (group == "22") {
        throw Problem{ProblemKind::Rejected, "query.failed"};
    }
    // 08 connection, 40 serialization and deadlock, 53 resources, 55P03 a lock not had in time,
    // 57P administrator, 25P03 idle in transaction; no state: the connection broke.
    const bool connection = group == "08" && state != "08P01";  // 08P01: not as many values
    if (state.empty() || connection || group == "40" || group == "53" || state == "55P03" ||
        state == "25P03" || state.starts_with("57P")) {
        throw Problem{ProblemKind::Unavailable, "store.busy"};
    }
    if (state == "XX001" || state == "XX002") {
        throw Problem{ProblemKind::Corrupt, "store.corrupt"};
    }
    throw core::Bug{"query " + std::string{name} + ": " + PQresultErrorMessage(result)};
}

}  // namespace duban::store
