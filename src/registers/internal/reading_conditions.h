// The right to read as SQL: what lists, counts and links are filtered by.

#pragma once

#include <string>

#include "registers/internal/list_query.h"
#include "registers/reading.h"

namespace duban::registers {

/// Only what the actor may read. False: nothing.
[[nodiscard]] bool add_readable(
    Conditions& conditions,
    const Adopted& adopted,
    const access::Actor& actor,
    const declarations::Register& declared
);

/// What he may read beside the units that his roles cover: what he opened, where opening lets one
/// read, and what he reads through others. Empty: nothing.
[[nodiscard]] std::string beside_units(
    Conditions& conditions,
    const Adopted& adopted,
    const access::Actor& actor,
    const declarations::Register& declared
);

}  // namespace duban::registers
