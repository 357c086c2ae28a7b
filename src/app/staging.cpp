#include "app/staging.h"

#include <filesystem>

#include "app/house.h"
#include "app/presented.h"
#include "core/problem.h"
#include "store/exchange.h"

namespace duban::app {

namespace {

namespace fs = std::filesystem;
using core::Problem;
using core::ProblemKind;

std::string script_of(const Settings& settings) {
    return settings.path("restoring.sql");
}

journal::SignedHead head_of(store::Reader& reader) {
    const journal::Head head = journal::Journal{}.head(reader, kFirstOrg);
    return {.size = head.size, .root = head.root};
}

/// A database of a newer program is read as it is.
void ensure_tables(store::Store& store) {
    try {
        journal::Journal::migrate(store);
    } catch (const Problem& problem) {
        if (problem.code != "store.newer_schema") {
            throw;
        }
    }
}

/// With what was written to it last and stands beside it.
void copy_sqlite(const std::string& from, const std::string& to) {
    std::error_code error;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    if (!error && fs::exists(from + "-wal")) {
        fs::copy_file(from + "-wal", to + "-wal", fs::copy_options::overwrite_existing, error);
    }
    if (error) {
        throw Problem{ProblemKind::Unavailable, "store.restore_failed"};
    }
}

void remove_sqlite(const std::string& path) noexcept {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", ".lock"}) {
        fs::remove(path + end, ignored);
    }
}

}  // namespace

Present present_heads(const Settings& settings) {
    Present present;
    if (settings.postgres.empty() && !fs::exists(settings.path(settings.database))) {
        return present;
    }
    try {
        const std::unique_ptr<store::Store> store = open_store(settings);
        ensure_tables(*store);
        store->read([&](store::Reader& reader) {
            present.heads.clear();
            present.heads.emplace_back("present", head_of(reader));
            for (const journal::SignedHead& head : newest_signed(settings, reader)) {
                present.heads.emplace_back("signed", head);
            }
        });
    } catch (const Problem& problem) {
        if (problem.code != "store.corrupt") {
            throw;
        }
        present.is_damaged = true;
    }
    return present;
}

Staging::Staging(const Settings& target, const Backup& backup) : target_{target}, staged_{target} {
    fs::create_directories(target.path("files"));
    fs::permissions(target.directory, fs::perms::owner_all);
    const std::string from = backup.directory + "/duban.db";
    if (!target.postgres.empty()) {
        static_cast<void>(open_store(target));  // where there is no schema yet, it is made
        staged_.schema = target.schema + "_restoring";
        store::unpack_postgres(postgres_options(target), from, staged_.schema, script_of(target));
        return;
    }
    staged_.database = target.database + ".restoring";
    remove_sqlite(staged_.path(staged_.database));
    copy_sqlite(from, staged_.path(staged_.database));
}

Staging::~Staging() {
    remove();
}

void Staging::remove() noexcept {
    if (target_.postgres.empty()) {
        remove_sqlite(staged_.path(staged_.database));
        return;
    }
    try {
        store::drop_postgres(postgres_options(target_), staged_.schema);
    } catch (const std::exception&) {
        // It goes when the next one is unpacked.
    }
}

std::string Staging::put_in_place(const Present& present) {
    // Settings without a database are refused by every command; a database without settings is
    // found by none.
    if (!has_settings(target_.directory)) {
        save_settings(target_);
    }
    const std::string stamp = std::to_string(core::to_ms(machine_clock().now()) / 1000);
    if (!target_.postgres.empty()) {
        const std::string kept = target_.schema + "_before_" + stamp;
        store::exchange_postgres(postgres_options(target_), staged_.schema, kept);
        return kept;
    }
    const std::string path = target_.path(target_.database);
    const std::string kept = path + ".before-" + stamp;
    store::exchange_sqlite(path, staged_.path(staged_.database), kept, [&](store::Reader& reader) {
        if (!present.heads.empty() && head_of(reader) != present.heads.front().second) {
            throw Problem{ProblemKind::Unavailable, "store.in_use"};
        }
    });
    return fs::exists(kept) ? kept : "";
}

void put_back_database(const Settings& settings, const std::string& from) {
    const std::string path = settings.path(settings.database);
    if (settings.postgres.empty()) {
        const std::string failed = path + ".failed";
        remove_sqlite(failed);
        copy_sqlite(from + "/duban.db", path + ".restoring");
        store::exchange_sqlite(path, path + ".restoring", failed, [](store::Reader&) {});
        remove_sqlite(failed);
        return;
    }
    const store::PostgresOptions options = postgres_options(settings);
    const std::string failed = settings.schema + "_failed";
    store::drop_postgres(options, failed);
    store::unpack_postgres(
        options, from + "/duban.db", settings.schema + "_restoring", script_of(settings)
    );
    store::exchange_postgres(options, settings.schema + "_restoring", failed);
    store::drop_postgres(options, failed);
}

}  // namespace duban::app
