// Verification: that nothing was changed behind the program's back, and that every step was
// lawful when it was taken (law 5, E17).
//
//     store.read([&](store::Reader& reader) { report = verify(registers, reader, org); });
//
// Hashes, commitments and tree; the directory; each entry's records folded and compared with its
// row, lists, deadlines, steps and signatures; counters, numbers, parameters, decisions; and, in
// record order, each step against the posts, parameters and declarations folded so far. No guard
// and no `set` is evaluated again; computed fields are, of which no record tells.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/problem.h"
#include "core/texts.h"
#include "registers/registers.h"

namespace duban::registers {

/// `code` has a sentence in the locales; params name the position of a record, or table, row and
/// field.
struct Fault {
    std::string code;
    core::Params params;
    /// Of params whose text is a pack's: their words by language.
    std::map<std::string, core::Texts> words = {};
};

inline constexpr std::size_t kFaultsKept = 100;

struct Report {
    std::int64_t records = 0;
    std::int64_t entries = 0;
    std::int64_t own = 0;  ///< signatures of completed actions, by kind (P01)
    std::int64_t delegated = 0;
    std::int64_t paper = 0;
    std::int64_t backfilled = 0;  ///< records of backfill (P08)
    std::vector<Fault> faults;    ///< the first kFaultsKept
    std::int64_t faults_total = 0;

    void add(std::string code, core::Params params, std::map<std::string, core::Texts> words = {});
};

/// Verifies one org in the reader's snapshot. Throws nothing that stored data could cause: what
/// cannot be read is a fault.
[[nodiscard]] Report verify(const Registers& registers, store::Reader& reader, core::OrgId org);

}  // namespace duban::registers
