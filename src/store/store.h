// The store: named queries, one write lane per org, read snapshots and migrations, with SQLite
// and PostgreSQL behind one face (E02, E07, E15).
//
//     constexpr store::Query kFindTip{"journal.find_tip",
//         "select size, peaks from d_journal where org = $1"};
//
//     store.write(org, [&](store::Transaction& tx) {
//         const store::Rows rows = tx.query(kFindTip, {store::value(org)});
//         …
//     });   // returns when it is durable, or throws what the job threw
//
// SQL is the common subset of both databases with $1…$n, each parameter used by its digit. Types
// in DDL are the PostgreSQL words bigint, text, boolean, date, uuid, bytea, double precision:
// SQLite keeps blobs, text and integers under these names unchanged. Rows are never updated by SQL
// that computes; writes bind values (E15).

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.h"
#include "store/value.h"

namespace duban::store {

enum class Dialect { Sqlite, Postgres };

/// An SQL text and the name it has in logs and metrics. `sql` must outlive its use: a constant,
/// or a text kept by the declaration it was made for.
struct Query {
    std::string_view name;
    std::string_view sql;
};

/// What one bounded statement may cost. SQLite counts virtual-machine steps (deterministic);
/// PostgreSQL uses milliseconds.
struct Bound {
    std::int64_t steps_max = 0;  ///< 0: no bound
    std::int64_t ms_max = 0;     ///< 0: no bound
    std::size_t rows_max = 0;    ///< 0: no bound; further rows are cut off, not an error
};

/// Reads, inside a transaction or a snapshot.
class Reader {
public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;

    /// All rows of a SELECT.
    virtual Rows query(const Query& query, const std::vector<Value>& parameters) = 0;

    /// A SELECT within `bound` (a Bug otherwise); throws Problem{Rejected, "query.too_expensive"}
    /// past it. Leaves the surrounding transaction usable on both databases.
    virtual Rows query_bounded(
        const Query& query, const std::vector<Value>& parameters, const Bound& bound
    ) = 0;

    /// Hands each row to `each` without keeping them; stops when it returns false.
    virtual void for_each(
        const Query& query,
        const std::vector<Value>& parameters,
        const std::function<bool(const Row&)>& each
    ) = 0;
};

/// Reads and writes of one job in the lane of its org.
class Transaction : public Reader {
public:
    /// INSERT, UPDATE or DELETE; the number of rows it touched. Errors of the database come as
    /// Problem: a unique key {Conflict, "store.duplicate"}, a foreign key or a check
    /// {Rejected, "store.constraint"}, a lock or a lost connection {Unavailable, "store.busy"},
    /// a full disk {Unavailable, "store.full"}; anything else is a core::Bug.
    virtual std::int64_t execute(const Query& query, const std::vector<Value>& parameters) = 0;

    /// CREATE and ALTER statements, for adoption and migration.
    virtual void execute_ddl(std::string_view sql) = 0;
};

/// Work of one job. It may run more than once and does nothing outside its transaction: ids,
/// time and randomness are drawn before (E15).
using Job = std::function<void(Transaction&)>;

/// One version step of a room's own tables.
struct Migration {
    std::int64_t version;                 ///< 1, 2, 3 …
    std::vector<std::string> statements;  ///< DDL in the common subset
    std::vector<std::string> sqlite_only = {};
    std::vector<std::string> postgres_only = {};
};

/// A scalar function of ours that rules may call on SQLite; on PostgreSQL it is created by DDL.
struct ScalarFunction {
    std::string name;
    int arguments;  ///< -1: any number
    bool deterministic;
    std::function<Value(std::span<const Value>)> body;
};

/// What may be read and copied.
class ReadableStore {
public:
    ReadableStore() = default;
    ReadableStore(const ReadableStore&) = delete;
    ReadableStore& operator=(const ReadableStore&) = delete;
    virtual ~ReadableStore() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;

    /// Runs `work` in one read snapshot on a pooled connection.
    virtual void read(const std::function<void(Reader&)>& work) = 0;

    /// A consistent copy of the database at `path`, taken while it is written to
    /// (SQLite: VACUUM INTO; PostgreSQL: pg_dump in custom format). `seen` is given what the copy
    /// holds, no more and no less, before it has its name.
    virtual void backup(const std::string& path, const std::function<void(Reader&)>& seen) = 0;
};

class Store : public ReadableStore {
public:
    /// Queues `job` in the lane of `org` and returns when the group that holds it is durable.
    /// Rethrows what the job threw; then nothing of it is written, and the rest of its group is.
    virtual void write(core::OrgId org, const Job& job) = 0;

    /// Brings the tables of `room` to the last of `steps`, in order, each once.
    /// Throws Problem{Corrupt, "store.newer_schema"} when the database is ahead of the program.
    virtual void migrate(std::string_view room, std::span<const Migration> steps) = 0;
};

struct SqliteOptions {
    std::string path;  ///< the database file; created when absent
    std::size_t readers_max = 8;
    bool synchronous_off = false;  ///< only for the crash test that must lose something (E14)
    std::string vfs;               ///< a named VFS, for crash tests; empty: the default one
    std::vector<ScalarFunction> functions = {};
    /// Called with a sentence for the log when a commit met an input/output error:
    /// what is on disk is then unknown, and the process has to stop (E14). Empty: writes it to
    /// stderr and aborts. When it returns, every further write is {Unavailable, "store.stopped"}.
    std::function<void(const std::string& what)> on_fatal = {};
};

/// Opens SQLite in WAL mode with synchronous=FULL and one lane for all orgs. Holds an exclusive
/// lock on `<path>.lock`; throws Problem{Unavailable, "store.in_use"} when another process does.
[[nodiscard]] std::unique_ptr<Store> open_sqlite(const SqliteOptions& options);

/// Reads beside whoever writes: takes no lock, changes nothing and creates nothing.
/// Problem{Unavailable, "store.unreachable"} when there is no such database.
[[nodiscard]] std::unique_ptr<ReadableStore> open_sqlite_beside(const SqliteOptions& options);

struct PostgresOptions {
    std::string connection;  ///< a libpq connection string or URI
    std::string schema = "duban";
    std::size_t readers_max = 8;
    std::size_t lanes_max = 4;
};

/// Opens PostgreSQL 15: a lane per org, `select … from org_lane … for update` first (E02).
[[nodiscard]] std::unique_ptr<Store> open_postgres(const PostgresOptions& options);

}  // namespace duban::store
