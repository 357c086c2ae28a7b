// Sheets that were signed with a pen (P01): whoever reads an entry may hand one in, and another
// compares it; neither need be a signer.
//
//     for (const PaperOffer& offer : paper_offers(registers, reader, actor, "measure", entry)) { …
//     }

#pragma once

#include <string_view>
#include <vector>

#include "registers/registers.h"

namespace duban::registers {

/// One thing that apply() would take from the actor now, as far as it concerns him and the round.
struct PaperOffer {
    const declarations::Action* action = nullptr;
    core::Id compares;  ///< the recorded signature that he may compare; nil: he may record a sheet
    core::Id post;      ///< the standing by which he reads the entry; nil: he opened it
    std::string role;
};

/// In the declared order of actions; first recording, then what waits to be compared. E22: the
/// comparer is neither who recorded the sheet nor who signed it; whoever else signed the round may
/// be. Of a blind round that is open, what Registers::round() shows.
[[nodiscard]] std::vector<PaperOffer> paper_offers(
    const Registers& registers,
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const Entry& entry
);

}  // namespace duban::registers
