#include "store/internal/sqlite_values.h"

#include <string>
#include <variant>

#include "core/check.h"
#include "core/problem.h"
#include "store/internal/sql_text.h"

namespace duban::store {

namespace {

template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

const char* chars(const void* pointer) {
    // A blob of no bytes has no address.
    return pointer == nullptr ? "" : static_cast<const char*>(pointer);
}

std::string text_of(const unsigned char* text, int length) {
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
}

}  // namespace

void bind_values(sqlite3_stmt* statement, const std::vector<Value>& parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const int place = static_cast<int>(i) + 1;
        const int code = std::visit(
            Overloaded{
                [&](std::monostate) { return sqlite3_bind_null(statement, place); },
                [&](std::int64_t number) { return sqlite3_bind_int64(statement, place, number); },
                [&](double number) { return sqlite3_bind_double(statement, place, number); },
                [&](bool truth) { return sqlite3_bind_int64(statement, place, truth ? 1 : 0); },
                [&](const std::string& text) {
                    require_storable_text(text);
                    return sqlite3_bind_text64(
                        statement, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8
                    );
                },
                [&](const core::Bytes& bytes) {
                    return sqlite3_bind_blob64(
                        statement, place, bytes.data.data(), bytes.data.size(), SQLITE_STATIC
                    );
                }
            },
            parameters[i]
        );
        core::check(code == SQLITE_OK, "a value can be bound");
    }
}

Row row_of(sqlite3_stmt* statement) {
    Row row;
    const int count = sqlite3_data_count(statement);
    row.columns.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        switch (sqlite3_column_type(statement, i)) {
            case SQLITE_INTEGER:
                row.columns.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
                break;
            case SQLITE_FLOAT: row.columns.emplace_back(sqlite3_column_double(statement, i)); break;
            case SQLITE_TEXT: {
                const unsigned char* text = sqlite3_column_text(statement, i);
                row.columns.emplace_back(text_of(text, sqlite3_column_bytes(statement, i)));
                break;
            }
            case SQLITE_BLOB: {
                const char* bytes = chars(sqlite3_column_blob(statement, i));
                const auto length = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
                row.columns.emplace_back(core::Bytes{std::string{bytes, length}});
                break;
            }
            default: row.columns.emplace_back(); break;
        }
    }
    return row;
}

Value value_of(sqlite3_value* argument) {
    switch (sqlite3_value_type(argument)) {
        case SQLITE_INTEGER: return std::int64_t{sqlite3_value_int64(argument)};
        case SQLITE_FLOAT: return sqlite3_value_double(argument);
        case SQLITE_TEXT: {
            const unsigned char* text = sqlite3_value_text(argument);
            return text_of(text, sqlite3_value_bytes(argument));
        }
        case SQLITE_BLOB: {
            const char* bytes = chars(sqlite3_value_blob(argument));
            return core::Bytes{{bytes, static_cast<std::size_t>(sqlite3_value_bytes(argument))}};
        }
        default: return {};
    }
}

void set_result(sqlite3_context* context, const Value& value) {
    std::visit(
        Overloaded{
            [&](std::monostate) { sqlite3_result_null(context); },
            [&](std::int64_t number) { sqlite3_result_int64(context, number); },
            [&](double number) { sqlite3_result_double(context, number); },
            [&](bool truth) { sqlite3_result_int64(context, truth ? 1 : 0); },
            [&](const std::string& text) {
                sqlite3_result_text64(
                    context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8
                );
            },
            [&](const core::Bytes& bytes) {
                sqlite3_result_blob64(
                    context, bytes.data.data(), bytes.data.size(), SQLITE_TRANSIENT
                );
            }
        },
        value
    );
}

void throw_sqlite_error(int code, std::string_view name, std::string_view message) {
    using core::Problem;
    using core::ProblemKind;
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: throw Problem{ProblemKind::Conflict, "store.duplicate"};
        // The log's index, a file beside the database, cannot grow.
        case SQLITE_IOERR_SHMSIZE: throw Problem{ProblemKind::Unavailable, "store.full"};
        default: break;
    }
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT: throw Problem{ProblemKind::Rejected, "store.constraint"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL: throw Problem{ProblemKind::Unavailable, "store.busy"};
        case SQLITE_FULL: throw Problem{ProblemKind::Unavailable, "store.full"};
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN: throw Problem{ProblemKind::Unavailable, "store.unreachable"};
        case SQLITE_INTERRUPT: throw Problem{ProblemKind::Rejected, "query.too_expensive"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: throw Problem{ProblemKind::Corrupt, "store.corrupt"};
        default:
            throw core::Bug{
                "query " + std::string{name} + ": " + std::string{message} + " (SQLite " +
                std::to_string(code) + ")"
            };
    }
}

}  // namespace duban::store
