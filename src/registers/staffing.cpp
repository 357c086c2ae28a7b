#include "registers/staffing.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "access/access.h"
#include "registers/internal/signing.h"

namespace duban::registers {

namespace {

using declarations::Action;
using declarations::Pack;
using declarations::Register;
using declarations::Role;
using declarations::RolePlace;

/// Someone who is needed: whoever holds one of the roles.
using Slot = std::vector<Role>;
using Slots = std::vector<Slot>;

bool is_anywhere(const Role& role) {
    return role.place == RolePlace::Office || role.place == RolePlace::Outside;
}

/// `profile` with what the org has not set yet as the pack begins with.
OrgProfile completed(OrgProfile profile, const Pack& pack) {
    for (const declarations::Parameter& parameter : pack.parameters) {
        profile.parameters.try_emplace(pack.name + "." + parameter.name, parameter.initial);
    }
    return profile;
}

/// Who does the action: who signs it, else one of those who may. Somebody who did an earlier step
/// of the entry, whatever his post, is no slot.
Slots slots_of(const OrgProfile& profile, const Pack& pack, const Action& action) {
    Slots slots;
    for (const declarations::SignatureRule& rule : action.signatures) {
        const auto count = std::max<std::int64_t>(0, wanted(profile, pack.name, rule));
        slots.insert(slots.end(), static_cast<std::size_t>(count), Slot{rule.by});
    }
    if (action.signatures.empty() && !action.by.empty()) {
        slots.push_back(action.by);
    }
    std::erase_if(slots, [](const Slot& slot) {
        return std::ranges::any_of(slot, [](const Role& r) { return r.place == RolePlace::Self; });
    });
    return slots;
}

/// What must be filled by different people for the action to be done: its own slots, and with
/// them those of each step that it is apart from.
std::vector<Slots> rounds_of(
    const OrgProfile& profile, const Pack& pack, const Register& declared, const Action& action
) {
    const Slots own = slots_of(profile, pack, action);
    if (own.empty() || action.reached_by_acts) {
        return {};
    }
    std::vector<Slots> rounds;
    if (!action.signatures.empty()) {
        rounds.push_back(own);
    }
    for (const std::string& name : action.apart_from) {
        const Action* before = declared.procedure.find_action(name);
        if (before == nullptr || before == &action || before->reached_by_acts) {
            continue;
        }
        Slots with = own;
        std::ranges::move(slots_of(profile, pack, *before), std::back_inserter(with));
        rounds.push_back(std::move(with));
    }
    return rounds;
}

class Staffing {
public:
    Staffing(const access::Directory& directory, calendar::Date day)
        // A delegate signs in the place of another: he makes nobody more.
        : directory_{directory.units(), directory.people(), directory.posts(), {}, directory.divisions()},
          day_{day} {
        for (const access::Post& post : directory_.posts()) {
            if (post.span.covers(day)) {
                units_by_role_[post.role].insert(post.unit);
            }
        }
    }

    /// Units in which somebody works with the register by a post in the entry's own unit.
    std::vector<core::Id> working_units(const Register& declared) const {
        std::set<core::Id> working;
        for (const Action& action : declared.procedure.actions) {
            for (const Role& role : action.roles()) {
                const auto held = units_by_role_.find(role.name);
                if (role.place == RolePlace::Unit && held != units_by_role_.end()) {
                    working.insert(held->second.begin(), held->second.end());
                }
            }
        }
        std::vector<core::Id> out;
        for (const access::Unit& unit : directory_.units()) {
            if (unit.span.covers(day_) && working.contains(unit.id)) {
                out.push_back(unit.id);
            }
        }
        return out;
    }

    /// The most slots that different people can fill for an entry of `unit`.
    std::size_t filled(const Slots& slots, const core::Id& unit) {
        const auto known = filled_.find({slots, unit});
        if (known != filled_.end()) {
            return known->second;
        }
        std::vector<std::vector<core::Id>> people;
        for (const Slot& slot : slots) {
            people.push_back(people_of(slot, unit));
        }
        std::map<core::Id, std::size_t> seats;
        std::size_t count = 0;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            std::set<core::Id> asked;
            count += static_cast<std::size_t>(seat(people, i, seats, asked));
        }
        filled_.emplace(std::pair{slots, unit}, count);
        return count;
    }

private:
    const std::vector<core::Id>& holders_of(const Role& role, const core::Id& unit) {
        const std::pair key{role, is_anywhere(role) ? core::Id{} : unit};
        const auto known = holders_.find(key);
        return known != holders_.end()
                   ? known->second
                   : holders_.emplace(key, access::holders(directory_, role, unit, day_))
                         .first->second;
    }

    std::vector<core::Id> people_of(const Slot& slot, const core::Id& unit) {
        std::vector<core::Id> people;
        for (const Role& role : slot) {
            const std::vector<core::Id>& found = holders_of(role, unit);
            people.insert(people.end(), found.begin(), found.end());
        }
        return people;
    }

    /// Gives slot `i` a person, moving who sits already to another slot where that helps.
    static bool seat(
        const std::vector<std::vector<core::Id>>& people,
        std::size_t i,
        std::map<core::Id, std::size_t>& seats,
        std::set<core::Id>& asked
    ) {
        for (const core::Id& person : people[i]) {
            if (!asked.insert(person).second) {
                continue;
            }
            const auto held = seats.find(person);
            if (held == seats.end() || seat(people, held->second, seats, asked)) {
                seats[person] = i;
                return true;
            }
        }
        return false;
    }

    access::Directory directory_;
    calendar::Date day_;
    std::map<std::string, std::set<core::Id>> units_by_role_;
    std::map<std::pair<Role, core::Id>, std::vector<core::Id>> holders_;
    std::map<std::pair<Slots, core::Id>, std::size_t> filled_;
};

bool is_same_everywhere(const Slots& slots) {
    return std::ranges::all_of(slots, [](const Slot& slot) {
        return std::ranges::all_of(slot, is_anywhere);
    });
}

/// Puts down that `unit` fills `there` of `slots`, where no more is missing there already.
void note_shortage(Shortage& shortage, const Slots& slots, std::size_t there) {
    const auto wanted = static_cast<std::int64_t>(slots.size());
    const auto found = static_cast<std::int64_t>(there);
    if (shortage.wanted == 0 || wanted - found > shortage.wanted - shortage.there) {
        shortage.wanted = wanted;
        shortage.there = found;
    }
}

Shortage shortage_of(
    Staffing& staffing,
    const std::vector<Slots>& rounds,
    const std::vector<core::Id>& units,
    Shortage shortage
) {
    for (const Slots& slots : rounds) {
        if (!is_same_everywhere(slots)) {
            continue;
        }
        const std::size_t there = staffing.filled(slots, {});
        if (there < slots.size()) {
            note_shortage(shortage, slots, there);
            return shortage;
        }
    }
    for (const core::Id& unit : units) {
        bool is_short = false;
        for (const Slots& slots : rounds) {
            const std::size_t there = staffing.filled(slots, unit);
            if (there < slots.size()) {
                note_shortage(shortage, slots, there);
                is_short = true;
            }
        }
        if (is_short) {
            shortage.units.push_back(unit);
        }
    }
    return shortage;
}

bool is_among(const std::vector<core::Id>& some, const std::vector<core::Id>& all) {
    return std::ranges::all_of(some, [&](const core::Id& one) {
        return std::ranges::find(all, one) != all.end();
    });
}

}  // namespace

std::vector<Shortage> shortages(
    const Pack& pack,
    const OrgProfile& profile,
    const access::Directory& directory,
    calendar::Date day
) {
    const OrgProfile complete = completed(profile, pack);
    Staffing staffing{directory, day};
    std::vector<Shortage> out;
    for (const Register& declared : pack.registers) {
        if (!declared.home.here) {
            continue;
        }
        const std::vector<core::Id> units = staffing.working_units(declared);
        for (const Action& action : declared.procedure.actions) {
            const std::vector<Slots> rounds = rounds_of(complete, pack, declared, action);
            Shortage found =
                shortage_of(staffing, rounds, units, {.declared = &declared, .action = &action});
            if (found.wanted > 0) {
                out.push_back(std::move(found));
            }
        }
    }
    return out;
}

std::vector<Shortage> worsened(
    const std::vector<Shortage>& before, const std::vector<Shortage>& after
) {
    std::vector<Shortage> out;
    for (const Shortage& one : after) {
        const bool was_so = std::ranges::any_of(before, [&](const Shortage& old) {
            return old.declared->name == one.declared->name &&
                   old.action->name == one.action->name &&
                   old.wanted - old.there >= one.wanted - one.there &&
                   (old.units.empty() || (!one.units.empty() && is_among(one.units, old.units)));
        });
        if (!was_so) {
            out.push_back(one);
        }
    }
    return out;
}

}  // namespace duban::registers
