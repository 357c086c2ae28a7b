#include "store/internal/postgres_connection.h"

#include <algorithm>
#include <array>
#include <utility>

#include <poll.h>

#include "core/check.h"
#include "core/problem.h"

namespace duban::store {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// The server's own timeout comes first; ours is for a statement that switched it off.
constexpr std::chrono::milliseconds kCancelGrace{200};
constexpr std::chrono::seconds kCancelWait{5};
constexpr int kFetchRows = 500;

core::Problem lost_connection() {
    return {core::ProblemKind::Unavailable, "store.busy"};
}

bool succeeded(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

void ignore_notice(void* /*none*/, const PGresult* /*notice*/) {}

void append_rows(const PGresult& result, Rows& rows) {
    const int count = PQntuples(&result);
    rows.reserve(rows.size() + static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        rows.push_back(row_of(result, i));
    }
}

std::string settings_of(PostgresRole role) {
    // A server of ours that died or hangs frees its lane within ten seconds (E02).
    const std::string idle = role == PostgresRole::Lane ? "10s" : "300s";
    return "set datestyle = 'ISO, YMD'; set bytea_output = 'hex'; set timezone = 'UTC';"
           "set standard_conforming_strings = on; set client_min_messages = warning;"
           "set cursor_tuple_fraction = 1; set lock_timeout = '15s';"
           "set tcp_user_timeout = '10s'; set idle_in_transaction_session_timeout = '" +
           idle +
           "'; select set_config('synchronous_commit', 'on', false) "
           "where current_setting('synchronous_commit') = 'off'";
}

}  // namespace

PostgresConnection::PostgresConnection(
    PostgresOptions options, PostgresRole role, const SchemaGeneration& generation
)
    : options_{std::move(options)}, role_{role}, generation_{generation} {
    connect();
}

void PostgresConnection::connect() {
    // What the operator's connection string says goes over what stands before it.
    const std::array<const char*, 6> keywords{
        "connect_timeout",
        "tcp_user_timeout",
        "fallback_application_name",
        "dbname",
        "client_encoding",
        nullptr
    };
    const std::array<const char*, 6> values{
        "5", "10000", "duban", options_.connection.c_str(), "UTF8", nullptr
    };
    statements_.clear();
    known_generation_ = generation_.load();
    connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.unreachable"};
    }
    PQsetNoticeReceiver(connection_.get(), ignore_notice, nullptr);
    run(settings_of(role_));
    run("set search_path = \"" + options_.schema + "\"");
}

ResultHandle PostgresConnection::begin(const std::string& statements) {
    begin_ = statements;
    answered_ = 0;
    if (!is_alive()) {
        connect();
    }
    if (known_generation_ != generation_.load()) {
        known_generation_ = generation_.load();
        forget_statements();
    }
    ResultHandle result = try_run(statements);
    if (!succeeded(result.get()) && !is_alive()) {
        connect();
        result = try_run(statements);
    }
    if (!succeeded(result.get())) {
        fail(result.get(), statements);
    }
    return result;
}

bool PostgresConnection::in_transaction() const {
    const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool PostgresConnection::is_alive() const {
    return connection_ != nullptr && PQstatus(connection_.get()) == CONNECTION_OK;
}

void PostgresConnection::forget_statements() {
    statements_.clear();
    static_cast<void>(try_run("deallocate all"));
}

std::string PostgresConnection::prepare(const Query& query) {
    std::string name = statements_.take(query.sql);
    if (name.empty()) {
        name = "s" + std::to_string(++names_);
        const std::string sql{query.sql};
        const ResultHandle result{
            PQprepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr)
        };
        if (!succeeded(result.get())) {
            fail(result.get(), query.name);
        }
    }
    // Unlike SQLite's, one statement serves a query inside a query.
    const std::string evicted = statements_.put(query.sql, name);
    if (!evicted.empty()) {
        static_cast<void>(try_run("deallocate " + evicted));
    }
    return name;
}

ResultHandle PostgresConnection::run_prepared(
    const Query& query, const std::vector<Value>& parameters
) {
    const PostgresParameters bound{parameters};
    for (;;) {
        const std::string name = prepare(query);
        ResultHandle result{PQexecPrepared(
            connection_.get(),
            name.c_str(),
            bound.count(),
            bound.values(),
            bound.lengths(),
            bound.formats(),
            0
        )};
        if (succeeded(result.get())) {
            ++answered_;
            return result;
        }
        if (!is_stale_plan(result.get()) || !restart_snapshot()) {
            fail(result.get(), query.name);
        }
    }
}

/// A snapshot that has answered nothing yet may as well begin again.
bool PostgresConnection::restart_snapshot() {
    if (role_ != PostgresRole::Reader || answered_ > 0) {
        return false;
    }
    run("rollback");
    forget_statements();
    run(begin_);
    ++answered_;  // once
    return true;
}

void PostgresConnection::fail(const PGresult* result, std::string_view name) {
    stale_plan_ = is_stale_plan(result);
    if (stale_plan_) {
        statements_.clear();
        throw lost_connection();  // retry unchanged
    }
    throw_postgres_error(result, name);
}

Rows PostgresConnection::query(const Query& query, const std::vector<Value>& parameters) {
    const ResultHandle result = run_prepared(query, parameters);
    Rows rows;
    append_rows(*result, rows);
    return rows;
}

std::int64_t PostgresConnection::execute(const Query& query, const std::vector<Value>& parameters) {
    const ResultHandle result = run_prepared(query, parameters);
    const std::string_view touched{PQcmdTuples(result.get())};
    return touched.empty() ? 0 : std::stoll(std::string{touched});
}

void PostgresConnection::run(const std::string& sql) {
    const ResultHandle result = try_run(sql);
    if (!succeeded(result.get())) {
        fail(result.get(), sql);
    }
}

ResultHandle PostgresConnection::try_run(const std::string& sql) {
    return ResultHandle{PQexec(connection_.get(), sql.c_str())};
}

Rows PostgresConnection::query_bounded(
    const Query& query, const std::vector<Value>& parameters, const Bound& bound
) {
    // Going back to the savepoint undoes the settings too, and whatever the query did to them.
    run("savepoint bounded; set local transaction_read_only = on; set local statement_timeout = " +
        std::to_string(bound.ms_max));
    Rows rows;
    std::exception_ptr error;
    try {
        rows = collect(query, parameters, bound);
    } catch (...) {
        error = std::current_exception();
    }
    if (is_alive()) {
        constexpr const char* kLeave = "rollback to savepoint bounded; release savepoint bounded";
        ResultHandle left = try_run(kLeave);
        if (!succeeded(left.get()) && std::exchange(cancelled_, false)) {
            left = try_run(kLeave);  // the cancellation came late and met this statement
        }
        if (!succeeded(left.get())) {
            fail(left.get(), query.name);
        }
    }
    if (error) {
        std::rethrow_exception(error);
    }
    ++answered_;
    return rows;
}

Rows PostgresConnection::collect(
    const Query& query, const std::vector<Value>& parameters, const Bound& bound
) {
    const PostgresParameters values{parameters};
    const std::string name = prepare(query);
    cancelled_ = false;
    const int sent = PQsendQueryPrepared(
        connection_.get(),
        name.c_str(),
        values.count(),
        values.values(),
        values.lengths(),
        values.formats(),
        0
    );
    if (sent == 0) {
        throw lost_connection();
    }
    if (bound.rows_max > 0) {
        PQsetSingleRowMode(connection_.get());
    }
    Deadline deadline;
    if (bound.ms_max > 0) {
        deadline = SteadyClock::now() + std::chrono::milliseconds{bound.ms_max} + kCancelGrace;
    }
    Rows rows;
    ResultHandle failed;
    bool cut_off = false;
    while (ResultHandle result = next_result(deadline)) {
        if (!succeeded(result.get())) {
            failed = std::move(result);
        } else if (!cut_off) {
            append_rows(*result, rows);
            cut_off = bound.rows_max > 0 && rows.size() > bound.rows_max;
            if (cut_off) {
                rows.pop_back();
                cancel();
            }
        }
    }
    if (failed && !cut_off) {
        fail(failed.get(), query.name);
    }
    return rows;
}

/// Null after the last one. Past the deadline the statement is cancelled, and when even that does
/// not help, the connection is given up.
ResultHandle PostgresConnection::next_result(Deadline& deadline) {
    while (PQisBusy(connection_.get()) != 0) {
        int wait_ms = -1;
        if (deadline) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(*deadline - SteadyClock::now());
            wait_ms = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
        }
        pollfd socket{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
        const int ready = ::poll(&socket, 1, wait_ms);
        if (ready == 0 && cancelled_) {
            connection_.reset();
            throw lost_connection();
        }
        if (ready == 0) {
            cancel();
            deadline = SteadyClock::now() + kCancelWait;
        } else if (PQconsumeInput(connection_.get()) == 0) {
            throw lost_connection();
        }
    }
    return ResultHandle{PQgetResult(connection_.get())};
}

void PostgresConnection::cancel() {
    struct FreeCancel {
        void operator()(PGcancel* ticket) const { PQfreeCancel(ticket); }
    };
    const std::unique_ptr<PGcancel, FreeCancel> ticket{PQgetCancel(connection_.get())};
    std::array<char, 256> message{};
    PQcancel(ticket.get(), message.data(), static_cast<int>(message.size()));
    cancelled_ = true;
}

void PostgresConnection::for_each(
    const Query& query,
    const std::vector<Value>& parameters,
    const std::function<bool(const Row&)>& each
) {
    const PostgresParameters bound{parameters};
    const std::string cursor = "c" + std::to_string(++cursors_);
    const std::string sql = "declare " + cursor + " no scroll cursor for " + std::string{query.sql};
    const ResultHandle opened{PQexecParams(
        connection_.get(),
        sql.c_str(),
        bound.count(),
        nullptr,
        bound.values(),
        bound.lengths(),
        bound.formats(),
        0
    )};
    if (!succeeded(opened.get())) {
        fail(opened.get(), query.name);
    }
    ++answered_;
    const std::string fetch = "fetch " + std::to_string(kFetchRows) + " from " + cursor;
    bool more = true;
    while (more) {
        const ResultHandle page = try_run(fetch);
        if (!succeeded(page.get())) {
            fail(page.get(), query.name);
        }
        const int count = PQntuples(page.get());
        for (int i = 0; i < count && more; ++i) {
            more = each(row_of(*page, i));
        }
        more = more && count == kFetchRows;
    }
    run("close " + cursor);
}

}  // namespace duban::store
