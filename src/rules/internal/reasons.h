// The codes in the column `reason` of a control: each has its words in the header, or nobody who
// reads another language knows what was found.

#pragma once

#include <vector>

#include "declarations/model.h"
#include "rules/internal/script.h"

namespace duban::rules {

/// Where a control declares `reasons:`, every code that its column may hold without words there,
/// and whatever is no plain code. Nothing where it declares none: the reason is its own words.
[[nodiscard]] std::vector<ScriptFault> reason_faults(
    const Script& script, const declarations::Control& control
);

}  // namespace duban::rules
