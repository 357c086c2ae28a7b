#include "store/internal/sqlite_connection.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/check.h"
#include "core/problem.h"
#include "store/internal/sql_text.h"
#include "store/internal/sqlite_values.h"

namespace duban::store {

namespace {

constexpr int kBusyMs = 5'000;
constexpr std::int64_t kProgressSteps = 1'000;

/// Counts what a bounded statement spends and stops it past its bound.
class Meter {
public:
    Meter(sqlite3* database, sqlite3_stmt* statement, const Bound& bound)
        : database_{bound.steps_max > 0 || bound.ms_max > 0 ? database : nullptr}, bound_{bound} {
        if (database_ == nullptr) {
            return;
        }
        each_ = bound.steps_max > 0 ? std::min(kProgressSteps, bound.steps_max) : kProgressSteps;
        until_ = std::chrono::steady_clock::now() + std::chrono::milliseconds{bound.ms_max};
        // SQLite calls back by the statement's own counter, which outlives a reset.
        sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
        sqlite3_progress_handler(database_, static_cast<int>(each_), &Meter::is_spent, this);
    }
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;
    ~Meter() {
        if (database_ != nullptr) {
            sqlite3_progress_handler(database_, 0, nullptr, nullptr);
        }
    }

private:
    static int is_spent(void* self) {
        auto& meter = *static_cast<Meter*>(self);
        if (meter.bound_.steps_max > 0) {
            meter.steps_ += meter.each_;
            return meter.steps_ >= meter.bound_.steps_max ? 1 : 0;
        }
        return std::chrono::steady_clock::now() >= meter.until_ ? 1 : 0;
    }

    sqlite3* database_;
    Bound bound_;
    std::int64_t each_ = 0;
    std::int64_t steps_ = 0;
    std::chrono::steady_clock::time_point until_;
};

bool is_bounded(const Bound& bound) {
    return bound.steps_max > 0 || bound.ms_max > 0 || bound.rows_max > 0;
}

int flags_of(SqliteRole role) {
    switch (role) {
        case SqliteRole::Reader: return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
        // To read a log, its index has to be written.
        case SqliteRole::Beside: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        case SqliteRole::Lane:
        case SqliteRole::Backup: break;
    }
    return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
}

void set_option(sqlite3* database, int option, int value) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): SQLite offers no other way
    const int code = sqlite3_db_config(database, option, value, nullptr);
    core::check(code == SQLITE_OK, "SQLite knows its own settings");
}

}  // namespace

bool is_write_lost(int code) {
    return (code & 0xFF) == SQLITE_IOERR;
}

SqliteConnection::SqliteConnection(const SqliteOptions& options, SqliteRole role) {
    sqlite3* database = nullptr;
    const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
    const int code = sqlite3_open_v2(options.path.c_str(), &database, flags_of(role), vfs);
    database_.reset(database);
    if (code != SQLITE_OK) {
        throw_sqlite_error(code, "store.open", sqlite3_errstr(code));
    }
    configure(options, role);
    for (const ScalarFunction& function : options.functions) {
        add_function(function);
    }
}

void SqliteConnection::configure(const SqliteOptions& options, SqliteRole role) {
    sqlite3* const database = database_.get();
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, kBusyMs);
    for (const auto& [option, value] :
         {std::pair{SQLITE_DBCONFIG_DQS_DML, 0},
          std::pair{SQLITE_DBCONFIG_DQS_DDL, 0},
          std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
          std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}}) {
        set_option(database, option, value);
    }
    run("pragma foreign_keys = on; pragma case_sensitive_like = on; pragma temp_store = memory");
    switch (role) {
        case SqliteRole::Lane:
            run("pragma journal_mode = wal; pragma wal_autocheckpoint = 0;"
                "pragma journal_size_limit = 67108864; pragma cache_size = -16000");
            run(options.synchronous_off ? "pragma synchronous = off" : "pragma synchronous = full");
            sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
            break;
        case SqliteRole::Reader:
            run("pragma query_only = on; pragma mmap_size = 1073741824");
            sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
            break;
        case SqliteRole::Backup: break;
        case SqliteRole::Beside:
            // Whoever closes a database last copies its log into it; this one only reads.
            set_option(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
            break;
    }
}

void SqliteConnection::add_function(const ScalarFunction& function) {
    functions_.push_back(std::make_unique<FunctionBinding>(FunctionBinding{function, this}));
    // Innocuous: indexes, checks and views of the schema may call it too.
    const int flags =
        SQLITE_UTF8 | SQLITE_INNOCUOUS | (function.deterministic ? SQLITE_DETERMINISTIC : 0);
    const int code = sqlite3_create_function_v2(
        database_.get(),
        function.name.c_str(),
        function.arguments,
        flags,
        functions_.back().get(),
        &SqliteConnection::call_function,
        nullptr,
        nullptr,
        nullptr
    );
    core::check(code == SQLITE_OK, "a function has a name and a number of arguments");
}

void SqliteConnection::call_function(
    sqlite3_context* context, int count, sqlite3_value** arguments
) {
    const auto& binding = *static_cast<FunctionBinding*>(sqlite3_user_data(context));
    try {
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            values.push_back(value_of(arguments[i]));
        }
        set_result(context, binding.function.body(values));
    } catch (...) {
        // No exception may pass through SQLite's frames; it goes on in fail().
        binding.connection->thrown_by_function_ = std::current_exception();
        sqlite3_result_error(context, "a function of ours failed", -1);
    }
}

StatementHandle SqliteConnection::prepare(const Query& query) {
    if (StatementHandle kept = statements_.take(query.sql)) {
        return kept;
    }
    const std::string sql = number_placeholders(query.sql);
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(
        database_.get(),
        sql.c_str(),
        static_cast<int>(sql.size()) + 1,
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        &tail
    );
    StatementHandle handle{statement};
    if (code != SQLITE_OK) {
        fail(code, query.name);
    }
    if (statement == nullptr ||
        std::string_view{tail}.find_first_not_of(" \t\n\r;") != std::string_view::npos) {
        throw core::Bug{"query " + std::string{query.name} + ": it is one statement"};
    }
    return handle;
}

StatementHandle SqliteConnection::bind(const Query& query, const std::vector<Value>& parameters) {
    StatementHandle statement = prepare(query);
    const int places = sqlite3_bind_parameter_count(statement.get());
    if (static_cast<std::size_t>(places) != parameters.size()) {
        throw core::Bug{
            "query " + std::string{query.name} + ": it has " + std::to_string(places) + " places"
        };
    }
    bind_values(statement.get(), parameters);
    return statement;
}

void SqliteConnection::give_back(const Query& query, StatementHandle statement) {
    sqlite3_reset(statement.get());
    sqlite3_clear_bindings(statement.get());
    statements_.put(query.sql, std::move(statement));
}

void SqliteConnection::for_each(
    const Query& query,
    const std::vector<Value>& parameters,
    const Bound& bound,
    const std::function<bool(Row&&)>& each
) {
    StatementHandle statement = bind(query, parameters);
    // Interrupting a write would end the whole transaction (E15).
    if (is_bounded(bound) && sqlite3_stmt_readonly(statement.get()) == 0) {
        throw core::Bug{"query " + std::string{query.name} + ": a bounded statement only reads"};
    }
    int code = SQLITE_ROW;
    {
        const Meter meter{database_.get(), statement.get(), bound};
        std::size_t rows = 0;
        bool more = true;
        while (more && (code = sqlite3_step(statement.get())) == SQLITE_ROW) {
            more = each(row_of(statement.get()));
            more = more && (bound.rows_max == 0 || ++rows < bound.rows_max);
        }
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        fail_running(code, query.name);
    }
    give_back(query, std::move(statement));
}

std::int64_t SqliteConnection::execute(const Query& query, const std::vector<Value>& parameters) {
    StatementHandle statement = bind(query, parameters);
    int code = sqlite3_step(statement.get());
    while (code == SQLITE_ROW) {  // a RETURNING that nobody reads
        code = sqlite3_step(statement.get());
    }
    if (code != SQLITE_DONE) {
        fail_running(code, query.name);
    }
    const std::int64_t touched = sqlite3_changes64(database_.get());
    give_back(query, std::move(statement));
    return touched;
}

void SqliteConnection::run(const char* sql) {
    const int code = try_run(sql);
    if (code != SQLITE_OK) {
        fail(code, sql);
    }
}

int SqliteConnection::try_run(const char* sql) noexcept {
    return sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
}

void SqliteConnection::fail_running(int code, std::string_view name) {
    const bool by_values = code == SQLITE_ERROR || code == SQLITE_TOOBIG;
    if (by_values && !thrown_by_function_) {
        // The statement is sound, or it could not have been prepared: its values are not.
        throw core::Problem{core::ProblemKind::Rejected, "query.failed"};
    }
    fail(code, name);
}

void SqliteConnection::fail(int code, std::string_view name) {
    if (const std::exception_ptr thrown = std::exchange(thrown_by_function_, nullptr)) {
        std::rethrow_exception(thrown);
    }
    throw_sqlite_error(code, name, sqlite3_errmsg(database_.get()));
}

}  // namespace duban::store
