// A copy of one schema by pg_dump, and back by pg_restore and psql, PostgreSQL's own programs.

#pragma once

#include <string>

#include "store/store.h"

namespace duban::store {

/// Writes it to `path` in custom format, as `snapshot` sees it, which a transaction exported that
/// is still open. Throws Problem{Unavailable, "store.backup_failed"} when pg_dump is not installed
/// or does not succeed.
void run_pg_dump(
    const PostgresOptions& options, const std::string& path, const std::string& snapshot
);

/// Runs what `archive` holds between two texts of statements, all in one transaction; `script` is
/// where the archive is written out meanwhile. Throws Problem{Unavailable, "store.restore_failed"}.
void run_pg_restore(
    const PostgresOptions& options,
    const std::string& archive,
    const std::string& script,
    const std::string& before,
    const std::string& after
);

}  // namespace duban::store
