// `duban pack check`: everything that speaks against a pack, and what its samples prove.

#pragma once

#include <string>

namespace duban::app {

/// Prints every fault of the pack in `folder` with file, line and column; 0 when none refuses it.
/// The packs it
/// needs are those beside it, else those the program offers. Problem{NotFound, "pack.not_found"}.
[[nodiscard]] int check_pack(const std::string& folder);

}  // namespace duban::app
