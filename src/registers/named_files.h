// The files that entries name as they stand: in a field of their own, in a row of a list, and as
// the sheet of a signature. What keeps each of them is a claim (files.h), which the caller
// compares.
//
//     for (const NamedFile& named : named_files(registers, reader, org)) { … }

#pragma once

#include <string>
#include <vector>

#include "registers/registers.h"

namespace duban::registers {

struct NamedFile {
    std::string register_name;
    core::Id entry;
    std::string row;    ///< the entry's number; its id where it has none
    std::string field;  ///< as ClaimFile was told it
    std::string hash;
};

/// By register, field and entry; empty before the first adoption.
[[nodiscard]] std::vector<NamedFile> named_files(
    const Registers& registers, store::Reader& reader, core::OrgId org
);

}  // namespace duban::registers
