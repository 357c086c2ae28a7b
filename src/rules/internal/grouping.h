// Columns beside aggregates: SQLite answers with any row's value, PostgreSQL refuses.

#pragma once

#include <vector>

#include "rules/internal/script.h"

namespace duban::rules {

/// Every column of a select list that stands beside an aggregate or a GROUP BY without being
/// grouped by its name.
[[nodiscard]] std::vector<ScriptFault> grouping_faults(const Script& script);

}  // namespace duban::rules
