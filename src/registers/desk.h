// What waits for a person across all registers: entries that a step of his takes on.
//
//     for (const DeskEntry& one : desk_of(registers, listing, reader, actor).entries) { … }

#pragma once

#include <memory>
#include <vector>

#include "registers/listing.h"

namespace duban::registers {

struct DeskEntry {
    const declarations::Register* declared = nullptr;
    const declarations::View* view = nullptr;  ///< the view it was found by
    Entry entry;                               ///< without its lists
    /// What the actor may do and somebody waits for: it leads on, or nothing does from here. An
    /// ending of another kind or a return waits on nobody's desk.
    std::vector<const declarations::Action*> actions;
    bool has_clock = false;  ///< a clock runs that the actor holds (P11)
};

struct Desk {
    std::vector<DeskEntry>
        entries;           ///< register after register, in each the nearest deadline first
    bool complete = true;  ///< false: there are more than are shown
    std::shared_ptr<const Adopted> adopted;  ///< keeps the declarations alive
};

/// At most 30 of a register and kind of step, signatures apart from others, and 200 in all.
[[nodiscard]] Desk desk_of(
    const Registers& registers,
    const Listing& listing,
    store::Reader& reader,
    const access::Actor& actor
);

}  // namespace duban::registers
