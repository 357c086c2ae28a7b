// Replay: the tables of an org built again from its journal (law 5, E17).
//
//     restore_from_journal(registers, adoption, org);
//
// It writes recorded values and evaluates nothing: no guard, no `set`, no default, no clock. What
// no record tells is kept as it lies or made again: adopted declarations are kept, computed fields
// are computed from their rows, ids of signatures and of loosenings are drawn anew.

#pragma once

#include <cstdint>

#include "registers/adoption.h"
#include "registers/registers.h"

namespace duban::registers {

struct Restored {
    std::int64_t records = 0;
    std::int64_t entries = 0;
};

/// Empties and fills again: units, people, posts, delegations, division; every register with its
/// lists; steps, signatures, deadlines, backfills; counters, numbers, parameters, decisions,
/// loosenings. Tables that are not there are created. Nothing else may write meanwhile. It runs in
/// portions: one that was interrupted is started again from the beginning. Refuses a journal that
/// is not sound, before it touches anything: Problem{Corrupt, "restore.journal_faulty"} names its
/// first fault.
Restored restore_from_journal(Registers& registers, const Adoption& adoption, core::OrgId org);

}  // namespace duban::registers
