// One SQLite connection: opened with our settings, its prepared statements, its own functions,
// values in and out, result codes as Problems. Used by one thread at a time.

#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "store/internal/lru.h"
#include "store/store.h"

namespace duban::store {

struct CloseSqlite {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseSqlite>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// Beside: of a process that does not hold the lock.
enum class SqliteRole { Lane, Reader, Backup, Beside };

class SqliteConnection {
public:
    SqliteConnection(const SqliteOptions& options, SqliteRole role);
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;
    ~SqliteConnection() = default;

    /// Hands each row to `each` until it returns false.
    void for_each(
        const Query& query,
        const std::vector<Value>& parameters,
        const Bound& bound,
        const std::function<bool(Row&&)>& each
    );
    /// The number of rows it touched.
    std::int64_t execute(const Query& query, const std::vector<Value>& parameters);
    /// Plain statements without parameters, one after another.
    void run(const char* sql);
    /// The same, answering the extended result code instead of throwing.
    [[nodiscard]] int try_run(const char* sql) noexcept;

    [[nodiscard]] bool in_transaction() const {
        return sqlite3_get_autocommit(database_.get()) == 0;
    }
    [[nodiscard]] sqlite3* raw() const { return database_.get(); }

private:
    struct FunctionBinding {
        ScalarFunction function;
        SqliteConnection* connection = nullptr;
    };

    static void call_function(sqlite3_context* context, int count, sqlite3_value** arguments);
    void add_function(const ScalarFunction& function);
    void configure(const SqliteOptions& options, SqliteRole role);
    StatementHandle prepare(const Query& query);
    StatementHandle bind(const Query& query, const std::vector<Value>& parameters);
    void give_back(const Query& query, StatementHandle statement);
    [[noreturn]] void fail(int code, std::string_view name);
    [[noreturn]] void fail_running(int code, std::string_view name);

    SqliteHandle database_;
    std::vector<std::unique_ptr<FunctionBinding>> functions_;
    std::exception_ptr thrown_by_function_;
    LruCache<StatementHandle> statements_{kStatementsMax};  // ends before database_
};

/// True for what means that a write may have been lost: an input/output error. A full disk loses
/// nothing: its commit frame was never whole, so the log ends before it.
[[nodiscard]] bool is_write_lost(int code);

}  // namespace duban::store
