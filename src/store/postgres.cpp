#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

#include "core/check.h"
#include "core/problem.h"
#include "store/internal/durable_file.h"
#include "store/internal/lanes.h"
#include "store/internal/migration.h"
#include "store/internal/pg_dump.h"
#include "store/internal/postgres_connection.h"
#include "store/internal/reader_pool.h"
#include "store/internal/statement_guard.h"
#include "store/store.h"

namespace duban::store {

namespace {

// With the begin in one message; the number of an org is no text that could hold SQL.
constexpr const char* kBeginInLane =
    "begin; select cast(pg_current_xact_id() as text) from d_org_lane where org = ";
constexpr const char* kLockLane = " for update";
constexpr Query kOpenLane{
    "store.open_lane", "insert into d_org_lane (org) values ($1) on conflict do nothing"
};
constexpr Query kOutcome{"store.find_outcome", "select pg_xact_status(cast($1 as xid8))"};

constexpr std::chrono::seconds kOutcomeWait{10};
constexpr std::chrono::milliseconds kOutcomeEach{100};

class PostgresTransaction final : public Transaction {
public:
    explicit PostgresTransaction(PostgresConnection& connection) : connection_{connection} {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Postgres; }

    Rows query(const Query& query, const std::vector<Value>& parameters) override {
        return guard_.run([&] { return connection_.query(query, parameters); });
    }

    Rows query_bounded(const Query& query, const std::vector<Value>& parameters, const Bound& bound)
        override {
        guard_.require_sound();
        return connection_.query_bounded(query, parameters, bound);
    }

    void for_each(
        const Query& query,
        const std::vector<Value>& parameters,
        const std::function<bool(const Row&)>& each
    ) override {
        guard_.run([&] { connection_.for_each(query, parameters, each); });
    }

    std::int64_t execute(const Query& query, const std::vector<Value>& parameters) override {
        return guard_.run([&] { return connection_.execute(query, parameters); });
    }

    void execute_ddl(std::string_view sql) override {
        guard_.run([&] { connection_.run(std::string{sql}); });
        connection_.forget_statements();
        changed_tables_ = true;
    }

    StatementGuard& guard() { return guard_; }
    [[nodiscard]] bool take_changed_tables() { return std::exchange(changed_tables_, false); }

private:
    PostgresConnection& connection_;
    StatementGuard guard_;
    bool changed_tables_ = false;
};

class PostgresLane final : public LaneSession {
public:
    PostgresLane(const PostgresOptions& options, SchemaGeneration& generation)
        : connection_{options, PostgresRole::Lane, generation},
          transaction_{connection_},
          generation_{generation} {}

    void begin(core::OrgId org) override {
        usable_ = true;
        transaction_.guard().reset();
        kept_ = false;
        const std::string begin = kBeginInLane + std::to_string(org.value) + kLockLane;
        ResultHandle locked = connection_.begin(begin);
        if (PQntuples(locked.get()) == 0) {
            connection_.execute(kOpenLane, {value(org)});
            connection_.run("commit");
            locked = connection_.begin(begin);
        }
        transaction_id_ = row_of(*locked, 0).text(0);
    }
    void begin_job() override {
        transaction_.guard().reset();
        static_cast<void>(connection_.take_stale_plan());
        // The savepoint of the job before is let go here or by the commit: one message less a job.
        connection_.run(
            std::exchange(kept_, false) ? "release savepoint job; savepoint job" : "savepoint job"
        );
    }
    void keep_job() override {
        transaction_.guard().require_sound();
        kept_ = true;
    }
    void undo_job() override {
        connection_.run("rollback to savepoint job; release savepoint job");
    }

    void commit() override {
        const ResultHandle result = connection_.try_run("commit");
        if (!connection_.is_alive()) {
            require_committed();
        } else if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
            throw_postgres_error(result.get(), "store.commit");
        } else {
            // PostgreSQL answers the commit of a failed transaction by rolling it back.
            core::check(
                std::string_view{PQcmdStatus(result.get())} == "COMMIT",
                "a group commits only what succeeded"
            );
        }
        if (transaction_.take_changed_tables()) {
            ++generation_;
        }
    }

    void rollback() noexcept override {
        if (connection_.in_transaction()) {
            static_cast<void>(connection_.try_run("rollback"));
        }
    }

    [[nodiscard]] bool in_transaction() const override { return connection_.in_transaction(); }
    [[nodiscard]] bool usable() const override { return usable_; }
    [[nodiscard]] bool must_repeat() override {
        const bool stale = connection_.take_stale_plan();
        if (stale) {
            connection_.forget_statements();
        }
        return stale;
    }
    void after_group() override {}
    [[nodiscard]] Transaction& transaction() override { return transaction_; }

private:
    /// The connection broke while the commit was under way: asks the server what became of it.
    /// Running the group again without knowing could write it twice.
    void require_committed() {
        usable_ = false;
        const auto until = std::chrono::steady_clock::now() + kOutcomeWait;
        while (std::chrono::steady_clock::now() < until) {
            const std::string outcome = find_outcome();
            if (outcome == "committed") {
                usable_ = true;
                return;
            }
            if (outcome == "aborted") {
                usable_ = true;
                throw core::Problem{core::ProblemKind::Unavailable, "store.busy"};
            }
            std::this_thread::sleep_for(kOutcomeEach);
        }
        throw core::Problem{core::ProblemKind::Unavailable, "store.outcome_unknown"};
    }

    /// Empty when the server cannot be asked.
    std::string find_outcome() {
        try {
            connection_.connect();
            const Rows rows = connection_.query(kOutcome, {transaction_id_});
            return rows.at(0).find_text(0).value_or("");
        } catch (const core::Problem&) {
            return {};
        }
    }

    PostgresConnection connection_;
    PostgresTransaction transaction_;
    SchemaGeneration& generation_;
    std::string transaction_id_;
    bool kept_ = false;  // a savepoint of a job that succeeded is still there
    bool usable_ = true;
};

/// A pooled connection and what reads through it.
struct PostgresReader {
    PostgresReader(const PostgresOptions& options, const SchemaGeneration& generation)
        : connection{options, PostgresRole::Reader, generation}, reader{connection} {}
    PostgresConnection connection;
    PostgresTransaction reader;
};

class PostgresStore final : public Store {
public:
    explicit PostgresStore(const PostgresOptions& options)
        : options_{options},
          readers_{
              options.readers_max,
              [this] { return std::make_unique<PostgresReader>(options_, generation_); }
          },
          lanes_{options.lanes_max, Lanes::Sharing::OnePerOrg, [this] {
                     return std::make_unique<PostgresLane>(options_, generation_);
                 }} {
        prepare_schema();
    }

    [[nodiscard]] Dialect dialect() const override { return Dialect::Postgres; }

    void write(core::OrgId org, const Job& job) override { lanes_.write(org, job); }

    void read(const std::function<void(Reader&)>& work) override {
        auto lease = readers_.lease();
        try {
            lease->reader.guard().reset();
            lease->connection.begin("begin isolation level repeatable read read only");
            work(lease->reader);
            lease->connection.run("commit");
        } catch (...) {
            if (lease->connection.in_transaction()) {
                static_cast<void>(lease->connection.try_run("rollback"));
            }
            if (!lease->connection.is_alive()) {
                lease.drop();
            }
            throw;
        }
    }

    void migrate(std::string_view room, std::span<const Migration> steps) override {
        migrate_room(*this, room, steps);
    }

    void backup(const std::string& path, const std::function<void(Reader&)>& seen) override {
        static constexpr Query kExport{"store.export_snapshot", "select pg_export_snapshot()"};
        write_whole_file(path, [&](const std::string& partial) {
            PostgresReader source{options_, generation_};
            source.reader.guard().reset();
            source.connection.begin("begin isolation level repeatable read read only");
            const std::string snapshot = source.reader.query(kExport, {}).at(0).text(0);
            seen(source.reader);
            run_pg_dump(options_, partial, snapshot);
        });
    }

private:
    void prepare_schema() {
        PostgresConnection connection{options_, PostgresRole::Lane, generation_};
        // Servers that start together wait for each other here ("if not exists" alone races).
        connection.begin("begin");
        connection.run("select pg_advisory_xact_lock(hashtext('duban'))");
        connection.run("create schema if not exists \"" + options_.schema + "\"");
        connection.run("create table if not exists d_org_lane (org bigint primary key)");
        connection.run("commit");
    }

    PostgresOptions options_;
    SchemaGeneration generation_{0};
    ReaderPool<PostgresReader> readers_;
    Lanes lanes_;
};

}  // namespace

std::unique_ptr<Store> open_postgres(const PostgresOptions& options) {
    const bool plain = !options.schema.empty() && std::ranges::all_of(options.schema, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    core::check(plain, "a schema is named by a-z, 0-9 and _");
    return std::make_unique<PostgresStore>(options);
}

}  // namespace duban::store
