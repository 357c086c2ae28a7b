// Last days that were counted by rest days alone, because no official calendar reached so far
// (暂定), counted again when the profile's calendar does (E18). Each entry whose days move gets a
// record of its own, whose cause is the record of the profile: a provisional date becomes the first
// date there. No action waits for it.

#pragma once

#include <cstddef>
#include <optional>

#include "registers/registers.h"

namespace duban::registers {

struct Recounted {
    std::size_t entries = 0;        ///< whose days moved
    std::optional<core::Id> after;  ///< where the next portion begins; nullopt: none is left
};

/// One portion, in one transaction. `after` nil: from the first entry. Running it again moves
/// nothing, so whoever was interrupted begins anew. Does nothing while no record tells the profile.
Recounted recount(Registers& registers, core::OrgId org, const core::Id& after);

}  // namespace duban::registers
