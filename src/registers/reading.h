// Who may read an entry: by a role that its register names, or through an entry that names it in a
// field which the register reads through (docs/formats/declaration.md). One right for lists,
// single entries and everything that tells of them (E19).
//
//     if (!may_read(reader, adopted, actor, declared, row.facts())) …   // entry.not_found

#pragma once

#include "access/access.h"
#include "registers/adopted.h"
#include "store/store.h"

namespace duban::registers {

[[nodiscard]] bool may_read(
    store::Reader& reader,
    const Adopted& adopted,
    const access::Actor& actor,
    const declarations::Register& declared,
    const access::EntryFacts& facts
);

/// Whether there could be an entry that he may read: who reads none is not told of the register.
[[nodiscard]] bool reads_any(
    const Adopted& adopted, const access::Actor& actor, const declarations::Register& declared
);

}  // namespace duban::registers
