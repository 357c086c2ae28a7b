// What a document that was entered became: its items and measures, or its problems, each with the
// place in the text it was read from (E39). For who reads both side by side.
//
//     for (const Statement& one : statements(registers, listing, reader, actor, notice)) { … }

#pragma once

#include <string>
#include <vector>

#include "registers/listing.h"

namespace duban::rectification {

struct Statement {
    std::string register_name;  ///< item, measure, source_finding
    registers::Entry entry;     ///< without its lists
};

/// No more than this is shown of one document.
inline constexpr std::size_t kStatementsMax = 2'000;

/// Of a notice its items and their measures, of an inspection its source findings, as far as the
/// actor may read them, in the order of the text. Problem{NotFound, "entry.not_found"} where the
/// actor may read neither a notice nor an inspection of this id.
[[nodiscard]] std::vector<Statement> statements(
    const registers::Registers& registers,
    const registers::Listing& listing,
    store::Reader& reader,
    const access::Actor& actor,
    const core::Id& document
);

}  // namespace duban::rectification
