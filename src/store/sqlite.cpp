#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#include "core/check.h"
#include "core/problem.h"
#include "store/internal/durable_file.h"
#include "store/internal/lanes.h"
#include "store/internal/migration.h"
#include "store/internal/process_lock.h"
#include "store/internal/reader_pool.h"
#include "store/internal/sqlite_connection.h"
#include "store/internal/sqlite_values.h"
#include "store/internal/statement_guard.h"
#include "store/store.h"

namespace duban::store {

namespace {

/// After this many pages the log is copied into the database file.
constexpr int kCheckpointPages = 1'000;

class SqliteTransaction final : public Transaction {
public:
    explicit SqliteTransaction(SqliteConnection& connection) : connection_{connection} {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }

    Rows query(const Query& query, const std::vector<Value>& parameters) override {
        return guard_.run([&] { return rows_of(query, parameters, {}); });
    }

    Rows query_bounded(const Query& query, const std::vector<Value>& parameters, const Bound& bound)
        override {
        guard_.require_sound();
        return rows_of(query, parameters, bound);
    }

    void for_each(
        const Query& query,
        const std::vector<Value>& parameters,
        const std::function<bool(const Row&)>& each
    ) override {
        guard_.run([&] { connection_.for_each(query, parameters, {}, each); });
    }

    std::int64_t execute(const Query& query, const std::vector<Value>& parameters) override {
        return guard_.run([&] { return connection_.execute(query, parameters); });
    }

    void execute_ddl(std::string_view sql) override {
        guard_.run([&] { connection_.run(std::string{sql}.c_str()); });
    }

    StatementGuard& guard() { return guard_; }

private:
    Rows rows_of(const Query& query, const std::vector<Value>& parameters, const Bound& bound) {
        Rows rows;
        connection_.for_each(query, parameters, bound, [&](Row&& row) {
            rows.push_back(std::move(row));
            return true;
        });
        return rows;
    }

    SqliteConnection& connection_;
    StatementGuard guard_;
};

class SqliteLane final : public LaneSession {
public:
    SqliteLane(
        std::unique_ptr<SqliteConnection> connection,
        std::function<void(const std::string&)> on_fatal
    )
        : connection_{std::move(connection)},
          transaction_{*connection_},
          on_fatal_{std::move(on_fatal)} {
        sqlite3_wal_hook(connection_->raw(), &SqliteLane::note_pages, &pages_);
    }

    void begin(core::OrgId /*org*/) override {
        require_usable();
        connection_->run("begin immediate");
    }
    void begin_job() override {
        transaction_.guard().reset();
        connection_->run("savepoint job");
    }
    void keep_job() override {
        transaction_.guard().require_sound();
        connection_->run("release job");
    }
    void undo_job() override { connection_->run("rollback to job; release job"); }

    void commit() override {
        const int code = connection_->try_run("commit");
        if (code == SQLITE_OK) {
            return;
        }
        if (is_write_lost(code)) {
            stop(code);
        }
        throw_sqlite_error(code, "store.commit", sqlite3_errmsg(connection_->raw()));
    }

    void rollback() noexcept override {
        if (connection_->in_transaction()) {
            static_cast<void>(connection_->try_run("rollback"));
        }
    }

    [[nodiscard]] bool in_transaction() const override { return connection_->in_transaction(); }
    [[nodiscard]] bool usable() const override { return usable_; }
    [[nodiscard]] bool must_repeat() override { return false; }
    [[nodiscard]] Transaction& transaction() override { return transaction_; }

    /// SQLite's own checkpoint after a commit ignores a failed fsync; the log would then be
    /// overwritten though the pages never reached the disk. So the lane does it and looks.
    void after_group() override {
        if (pages_ < kCheckpointPages) {
            return;
        }
        const int code = sqlite3_wal_checkpoint_v2(
            connection_->raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr
        );
        if (is_write_lost(code)) {
            stop(code);
        }
    }

private:
    static int note_pages(void* pages, sqlite3* /*database*/, const char* /*name*/, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
    }

    void require_usable() const {
        if (!usable_) {
            throw core::Problem{core::ProblemKind::Unavailable, "store.stopped"};
        }
    }

    void stop(int code) {
        usable_ = false;
        on_fatal_(std::string{"the database could not be written: "} + sqlite3_errstr(code));
    }

    std::unique_ptr<SqliteConnection> connection_;
    SqliteTransaction transaction_;
    std::function<void(const std::string&)> on_fatal_;
    int pages_ = 0;
    bool usable_ = true;
};

/// A connection and what reads through it.
struct SqliteReader {
    explicit SqliteReader(const SqliteOptions& options, SqliteRole role = SqliteRole::Reader)
        : connection{options, role}, reader{connection} {}

    void read(const std::function<void(Reader&)>& work) {
        reader.guard().reset();
        connection.run("begin");
        try {
            work(reader);
        } catch (...) {
            static_cast<void>(connection.try_run("rollback"));
            throw;
        }
        connection.run("commit");
    }

    SqliteConnection connection;
    SqliteTransaction reader;
};

/// Copies what `role` may read of the database and shows the copy to `seen`.
void copy_database(
    const SqliteOptions& options,
    SqliteRole role,
    const std::string& path,
    const std::function<void(Reader&)>& seen
) {
    write_whole_file(path, [&](const std::string& partial) {
        constexpr Query kCopy{"store.backup", "vacuum into $1"};
        SqliteConnection source{options, role};
        source.execute(kCopy, {partial});
        SqliteOptions copied = options;
        copied.path = partial;
        SqliteReader{copied, SqliteRole::Backup}.read(seen);
    });
}

void stop_process(const std::string& what) {
    std::fputs((what + "\n").c_str(), stderr);
    std::abort();
}

class SqliteStore final : public Store {
public:
    explicit SqliteStore(const SqliteOptions& options)
        : options_{options},
          lock_{options.path + ".lock"},
          lane_{std::make_unique<SqliteLane>(
              std::make_unique<SqliteConnection>(options, SqliteRole::Lane),
              options.on_fatal ? options.on_fatal : stop_process
          )},
          readers_{
              options.readers_max, [this] { return std::make_unique<SqliteReader>(options_); }
          },
          lanes_{1, Lanes::Sharing::OneForAllOrgs, [this] { return std::move(lane_); }} {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }

    void write(core::OrgId org, const Job& job) override { lanes_.write(org, job); }

    void read(const std::function<void(Reader&)>& work) override { readers_.lease()->read(work); }

    void migrate(std::string_view room, std::span<const Migration> steps) override {
        migrate_room(*this, room, steps);
    }

    void backup(const std::string& path, const std::function<void(Reader&)>& seen) override {
        copy_database(options_, SqliteRole::Backup, path, seen);
    }

private:
    SqliteOptions options_;
    ProcessLock lock_;
    std::unique_ptr<SqliteLane> lane_;  // until the lane's thread takes it
    ReaderPool<SqliteReader> readers_;
    Lanes lanes_;
};

class SqliteBeside final : public ReadableStore {
public:
    explicit SqliteBeside(const SqliteOptions& options)
        : options_{options}, connection_{options, SqliteRole::Beside} {
        connection_.connection.run("pragma query_only = on");
    }

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }

    void read(const std::function<void(Reader&)>& work) override { connection_.read(work); }

    void backup(const std::string& path, const std::function<void(Reader&)>& seen) override {
        copy_database(options_, SqliteRole::Beside, path, seen);
    }

private:
    SqliteOptions options_;
    SqliteReader connection_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const SqliteOptions& options) {
    return std::make_unique<SqliteStore>(options);
}

std::unique_ptr<ReadableStore> open_sqlite_beside(const SqliteOptions& options) {
    return std::make_unique<SqliteBeside>(options);
}

}  // namespace duban::store
