#include "store/internal/migration.h"

#include <string>

#include "core/check.h"
#include "core/problem.h"
#include "store/versions.h"

namespace duban::store {

namespace {

// Of the installation, not of an org: a reference table where orgs are distributed.
constexpr const char* kCreateTable =
    "create table if not exists d_migration "
    "(room text not null primary key, version bigint not null)";
constexpr Query kFindVersion{
    "store.find_migration", "select version from d_migration where room = $1"
};
constexpr Query kReadVersions{
    "store.read_migrations", "select room, version from d_migration order by room"
};
constexpr Query kInsertVersion{
    "store.insert_migration", "insert into d_migration (room, version) values ($1, $2)"
};
constexpr Query kUpdateVersion{
    "store.update_migration", "update d_migration set version = $2 where room = $1"
};

// Jobs of the installation run in the lane of no org.
constexpr core::OrgId kInstallation{0};

std::int64_t version_of(Reader& reader, const std::string& room) {
    const Rows rows = reader.query(kFindVersion, {room});
    return rows.empty() ? 0 : rows.front().integer(0);
}

void run_step(Transaction& tx, const std::string& room, const Migration& step) {
    // Another server may have done it while this one waited for the lane.
    const std::int64_t before = version_of(tx, room);
    if (before >= step.version) {
        return;
    }
    for (const std::string& statement : step.statements) {
        tx.execute_ddl(statement);
    }
    const auto& peculiar = tx.dialect() == Dialect::Sqlite ? step.sqlite_only : step.postgres_only;
    for (const std::string& statement : peculiar) {
        tx.execute_ddl(statement);
    }
    tx.execute(before == 0 ? kInsertVersion : kUpdateVersion, {room, step.version});
}

}  // namespace

std::map<std::string, std::int64_t> versions(Store& store) {
    std::map<std::string, std::int64_t> out;
    store.write(kInstallation, [&](Transaction& tx) {
        out.clear();
        tx.execute_ddl(kCreateTable);
        for (const Row& row : tx.query(kReadVersions, {})) {
            out[row.text(0)] = row.integer(1);
        }
    });
    return out;
}

void migrate_room(Store& store, std::string_view room_name, std::span<const Migration> steps) {
    const std::string room{room_name};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        core::check(
            steps[i].version == static_cast<std::int64_t>(i) + 1,
            "the steps of a room are numbered 1, 2, 3"
        );
    }
    std::int64_t found = 0;
    store.write(kInstallation, [&](Transaction& tx) {
        tx.execute_ddl(kCreateTable);
        found = version_of(tx, room);
    });
    const auto known = static_cast<std::int64_t>(steps.size());
    if (found > known) {
        throw core::Problem{
            core::ProblemKind::Corrupt,
            "store.newer_schema",
            {{"room", room}, {"found", std::to_string(found)}, {"known", std::to_string(known)}}
        };
    }
    for (const Migration& step : steps.subspan(static_cast<std::size_t>(found))) {
        store.write(kInstallation, [&](Transaction& tx) { run_step(tx, room, step); });
    }
}

}  // namespace duban::store
