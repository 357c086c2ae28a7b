// A copy of one schema by pg_dump, PostgreSQL's own program.

#pragma once

#include <string>

#include "store/store.h"

namespace duban::store {

/// Writes it to `path` in custom format. Throws Problem{Unavailable, "store.backup_failed"} when
/// pg_dump is not installed or does not succeed.
void run_pg_dump(const PostgresOptions& options, const std::string& path);

}  // namespace duban::store
