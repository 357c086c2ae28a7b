// Where too few people hold what a pack asks (registers/staffing.h), in the words of the answers.

#pragma once

#include "api/asking.h"
#include "registers/staffing.h"

namespace duban::api {

/// The shortages of the packs in force in the asker's org today, each with `words`, a sentence in
/// every language.
[[nodiscard]] core::JsonArray shortages_json(const Services& services, const Asker& asker);

/// Lines for a proposal's differences: what `pack` with `profile` would be short of and what is in
/// force is not.
[[nodiscard]] core::JsonArray shortage_differences(
    const Services& services,
    const Asker& asker,
    const declarations::Pack& pack,
    const registers::OrgProfile& profile
);

}  // namespace duban::api
