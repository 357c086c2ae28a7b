// Where a house has too few people for what a pack asks (P35): two reviewers who are not the
// applicant cannot be found in a school with one clerk and a principal. Told before it stands
// still; nothing is refused for it.
//
//     for (const Shortage& one : shortages(pack, profile, directory, today)) { … }

#pragma once

#include <cstdint>
#include <vector>

#include "access/directory.h"
#include "calendar/date.h"
#include "declarations/model.h"
#include "registers/org_profile.h"

namespace duban::registers {

struct Shortage {
    const declarations::Register* declared = nullptr;  ///< of the pack, which must outlive this
    const declarations::Action* action = nullptr;
    std::int64_t wanted = 0;  ///< different people: who signs, and who is kept apart from that
    std::int64_t there = 0;   ///< of them at most, in the unit that has fewest
    std::vector<core::Id> units = {};  ///< in the directory's order; empty: in the whole org

    bool operator==(const Shortage&) const = default;
};

/// The actions of `pack` that cannot come to their end in some unit, for each: nobody, or too few
/// different people, hold on `day` the posts that must sign it apart from those that did the steps
/// before. Looked at are the units in which somebody holds a post that the register asks for in
/// the entry's own unit. Parameters that the org has not set yet count as the pack begins with.
/// People who sign for another add nobody. What is reported is certain; that all else can be done
/// is not said.
[[nodiscard]] std::vector<Shortage> shortages(
    const declarations::Pack& pack,
    const OrgProfile& profile,
    const access::Directory& directory,
    calendar::Date day
);

/// Those of `after` that are not, or are less, in `before`.
[[nodiscard]] std::vector<Shortage> worsened(
    const std::vector<Shortage>& before, const std::vector<Shortage>& after
);

}  // namespace duban::registers
