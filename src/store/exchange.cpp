#include "store/exchange.h"

#include <filesystem>

#include "core/problem.h"
#include "store/internal/durable_file.h"
#include "store/internal/pg_dump.h"
#include "store/internal/postgres_connection.h"
#include "store/internal/process_lock.h"
#include "store/internal/sqlite_connection.h"

namespace duban::store {

namespace {

namespace fs = std::filesystem;

constexpr Query kLook{"store.look", "select count(*) from sqlite_schema"};

[[noreturn]] void refuse() {
    throw core::Problem{core::ProblemKind::Unavailable, "store.restore_failed"};
}

/// False: it is damaged. Its log is copied into it and goes: beside another database it would be
/// taken for that one's.
bool is_settled(const std::string& path, const std::function<void(Reader&)>& last_look) {
    SqliteOptions options;
    options.path = path;
    try {
        open_sqlite_beside(options)->read([&](Reader& reader) {
            reader.query(kLook, {});
            last_look(reader);
        });
        SqliteConnection{options, SqliteRole::Lane}.run("pragma wal_checkpoint(truncate)");
        return true;
    } catch (const core::Problem& problem) {
        if (problem.code == "store.corrupt") {
            return false;
        }
        throw;
    }
}

/// What was written last stands beside it.
bool has_log(const std::string& path) {
    std::error_code none;
    const auto size = fs::file_size(path + "-wal", none);
    return !none && size > 0;
}

void run_in_one(const PostgresOptions& options, const std::vector<std::string>& statements) {
    const SchemaGeneration generation{0};
    PostgresConnection connection{options, PostgresRole::Lane, generation};
    connection.begin("begin");
    for (const std::string& statement : statements) {
        connection.run(statement);
    }
    connection.run("commit");
}

std::string rename_schema(const std::string& from, const std::string& to) {
    return "alter schema \"" + from + "\" rename to \"" + to + "\"";
}

std::string drop_schema(const std::string& name) {
    return "drop schema if exists \"" + name + "\" cascade";
}

}  // namespace

void exchange_sqlite(
    const std::string& path,
    const std::string& staged,
    const std::string& kept,
    const std::function<void(Reader&)>& last_look
) {
    const ProcessLock lock{path + ".lock"};
    if (!fs::exists(staged)) {
        refuse();
    }
    const bool settled = !fs::exists(path) || is_settled(path, last_look);
    if (!is_settled(staged, [](Reader&) {})) {
        refuse();
    }
    if (has_log(staged) || (settled && has_log(path))) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.in_use"};  // somebody reads
    }
    try {
        if (fs::exists(path)) {
            fs::create_hard_link(path, kept);
        }
        if (!settled && has_log(path)) {
            fs::rename(path + "-wal", kept + "-wal");
        }
        fs::remove(path + "-wal");
        fs::remove(path + "-shm");
        fs::rename(staged, path);
    } catch (const fs::filesystem_error&) {
        refuse();
    }
    sync_folder(path);
}

void unpack_postgres(
    const PostgresOptions& options,
    const std::string& archive,
    const std::string& staged,
    const std::string& script
) {
    // The archive names the schema that it was made of, so the present one steps aside for it.
    const std::string aside = staged + "_aside";
    run_pg_restore(
        options,
        archive,
        script,
        drop_schema(staged) + "; " + rename_schema(options.schema, aside),
        rename_schema(options.schema, staged) + "; " + rename_schema(aside, options.schema)
    );
}

void exchange_postgres(
    const PostgresOptions& options, const std::string& staged, const std::string& kept
) {
    run_in_one(
        options, {rename_schema(options.schema, kept), rename_schema(staged, options.schema)}
    );
}

void drop_postgres(const PostgresOptions& options, const std::string& schema) {
    run_in_one(options, {drop_schema(schema)});
}

}  // namespace duban::store
