// One PostgreSQL connection: opened with our settings, its prepared statements, bounded and
// streamed queries. Used by one thread at a time.

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include "store/internal/lru.h"
#include "store/internal/postgres_values.h"
#include "store/store.h"

namespace duban::store {

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

/// Grows with every change of the tables by this process: statements prepared before are stale.
using SchemaGeneration = std::atomic<std::uint64_t>;

enum class PostgresRole { Lane, Reader };

class PostgresConnection {
public:
    PostgresConnection(
        PostgresOptions options, PostgresRole role, const SchemaGeneration& generation
    );
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;
    ~PostgresConnection() = default;

    /// Runs `statements`, which begin a transaction, and answers the result of the last; connects
    /// again when the server was restarted.
    ResultHandle begin(const std::string& statements);
    /// False when the connection broke or the server ended the transaction.
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] bool is_alive() const;
    /// Closes and opens it.
    void connect();

    Rows query(const Query& query, const std::vector<Value>& parameters);
    Rows query_bounded(
        const Query& query, const std::vector<Value>& parameters, const Bound& bound
    );
    void for_each(
        const Query& query,
        const std::vector<Value>& parameters,
        const std::function<bool(const Row&)>& each
    );
    std::int64_t execute(const Query& query, const std::vector<Value>& parameters);
    /// Plain statements without parameters.
    void run(const std::string& sql);
    /// The same, answering the result instead of throwing.
    [[nodiscard]] ResultHandle try_run(const std::string& sql);
    void forget_statements();

    /// True once after a statement failed because its tables had changed.
    [[nodiscard]] bool take_stale_plan() { return std::exchange(stale_plan_, false); }

private:
    using Deadline = std::optional<std::chrono::steady_clock::time_point>;

    std::string prepare(const Query& query);
    ResultHandle run_prepared(const Query& query, const std::vector<Value>& parameters);
    [[noreturn]] void fail(const PGresult* result, std::string_view name);
    bool restart_snapshot();
    Rows collect(const Query& query, const std::vector<Value>& parameters, const Bound& bound);
    ResultHandle next_result(Deadline& deadline);
    void cancel();

    PostgresOptions options_;
    PostgresRole role_;
    const SchemaGeneration& generation_;
    std::uint64_t known_generation_ = 0;
    std::unique_ptr<PGconn, CloseConnection> connection_;
    LruCache<std::string> statements_{kStatementsMax};  // SQL text → name
    std::uint64_t names_ = 0;
    std::uint64_t cursors_ = 0;
    std::string begin_;           // how the open transaction began
    std::uint64_t answered_ = 0;  // statements since then
    bool stale_plan_ = false;
    bool cancelled_ = false;
};

}  // namespace duban::store
