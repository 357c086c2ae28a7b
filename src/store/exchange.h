// Another database in the place of the one that is there: whole, or not at all. What stood there
// before is kept under another name.
//
//     store::exchange_sqlite(path, path + ".restoring", path + ".before", [](store::Reader&) {});
//
//     store::unpack_postgres(options, "duban.db", "duban_restoring", script);
//     store::exchange_postgres(options, "duban_restoring", "duban_before");

#pragma once

#include <functional>
#include <string>

#include "store/store.h"

namespace duban::store {

/// `staged`, a closed database in the directory of `path`, becomes `path`, and what stood there
/// `kept`. `last_look` is given the latter, when it is there and legible, under the lock that
/// lets nobody write any more; what it throws stops everything. Throws Problem{Unavailable,
/// "store.in_use"} when a process has the database, and {Unavailable, "store.restore_failed"} when
/// the disk refuses.
void exchange_sqlite(
    const std::string& path,
    const std::string& staged,
    const std::string& kept,
    const std::function<void(Reader&)>& last_look
);

/// What backup() made of the schema at `archive` becomes the schema `staged`; what had this name
/// goes. `script` is the name of a file that it needs meanwhile. Throws Problem{Unavailable,
/// "store.restore_failed"} when pg_restore or psql is not installed or does not succeed; then
/// nothing has changed.
void unpack_postgres(
    const PostgresOptions& options,
    const std::string& archive,
    const std::string& staged,
    const std::string& script
);

/// The schema `staged` becomes the one of `options`, and that one `kept`.
void exchange_postgres(
    const PostgresOptions& options, const std::string& staged, const std::string& kept
);
void drop_postgres(const PostgresOptions& options, const std::string& schema);

}  // namespace duban::store
