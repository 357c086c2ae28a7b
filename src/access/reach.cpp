#include <algorithm>
#include <utility>

#include "access/access.h"
#include "core/check.h"
#include "core/problem.h"

namespace duban::access {

namespace {

using declarations::Role;
using declarations::RolePlace;

/// A standing together with the units its person holds in the division of work.
struct Seat {
    const Standing& standing;
    std::span<const core::Id> divided;
};

Standing standing_of(const Directory& directory, const Post& post) {
    const Unit* const unit = directory.find_unit(post.unit);
    return {
        .post = post.id,
        .unit = post.unit,
        .role = post.role,
        .outside = post.outside,
        .office = unit != nullptr && unit->kind == UnitKind::Office,
        .signed_for = {},
        .delegation = {}
    };
}

std::vector<core::Id> divided_units(
    const Directory& directory, const core::Id& leader, calendar::Date day
) {
    std::vector<core::Id> units;
    for (const Division& division : directory.divisions()) {
        if (division.leader == leader && division.span.covers(day)) {
            const std::vector<core::Id> held = directory.with_descendants(division.unit);
            units.insert(units.end(), held.begin(), held.end());
        }
    }
    std::ranges::sort(units);
    units.erase(std::unique(units.begin(), units.end()), units.end());
    return units;
}

/// Whether a seat fits the role wherever the entry is: the role's name, inside or outside, and
/// the kind of unit the place asks for.
bool fits(const Directory& directory, const Role& role, const Standing& standing) {
    if (standing.role != role.name || standing.outside != (role.place == RolePlace::Outside)) {
        return false;
    }
    if (role.place == RolePlace::District) {
        const Unit* const unit = directory.find_unit(standing.unit);
        return unit != nullptr && unit->kind == UnitKind::District;
    }
    return role.place != RolePlace::Office || standing.office;
}

bool reaches_all(const Role& role) {
    return role.place == RolePlace::Office || role.place == RolePlace::Outside;
}

/// The one decision: whether a fitting seat covers entries of `unit`. Lists ask it of every unit
/// that could be covered, entries of their own.
bool covers_unit(
    const Directory& directory, const Role& role, const Seat& seat, const core::Id& unit
) {
    if (reaches_all(role)) {
        return true;
    }
    const Unit* const found = directory.find_unit(unit);
    if (found == nullptr) {
        return false;
    }
    switch (role.place) {
        case RolePlace::Unit: return unit == seat.standing.unit;
        case RolePlace::Parent: return found->parent == seat.standing.unit;
        case RolePlace::District: return directory.district_of(unit) == seat.standing.unit;
        case RolePlace::Leader: return std::ranges::binary_search(seat.divided, unit);
        case RolePlace::Office:
        case RolePlace::Outside:
        case RolePlace::Self: return false;
    }
    return false;
}

/// The one unit in which the role must be held for an entry of `unit`; nullopt: there may be many.
std::optional<core::Id> only_unit(
    const Directory& directory, const Role& role, const core::Id& unit
) {
    switch (role.place) {
        case RolePlace::Unit: return unit;
        case RolePlace::District: return directory.district_of(unit);
        case RolePlace::Parent: {
            const Unit* const found = directory.find_unit(unit);
            return found == nullptr ? core::Id{} : found->parent;
        }
        case RolePlace::Office:
        case RolePlace::Leader:
        case RolePlace::Outside:
        case RolePlace::Self: return std::nullopt;
    }
    return std::nullopt;
}

/// Every unit that covers_unit() could say yes to; it is asked of each.
std::vector<core::Id> candidates(const Directory& directory, const Role& role, const Seat& seat) {
    if (role.place == RolePlace::Leader) {
        return {seat.divided.begin(), seat.divided.end()};
    }
    if (role.place == RolePlace::Unit) {
        return {seat.standing.unit};
    }
    return directory.with_descendants(seat.standing.unit);
}

Seat seat_of(const Actor& actor, const Standing& standing) {
    if (standing.signed_for.is_nil()) {
        return {standing, actor.divided_units};
    }
    const auto found = actor.divided_units_of.find(standing.signed_for);
    return {
        standing,
        found == actor.divided_units_of.end() ? std::span<const core::Id>{}
                                              : std::span<const core::Id>{found->second}
    };
}

void add_reach(Reach& to, const Directory& directory, const Role& role, const Seat& seat) {
    if (reaches_all(role)) {
        to.all = true;
        return;
    }
    for (const core::Id& unit : candidates(directory, role, seat)) {
        if (covers_unit(directory, role, seat, unit)) {
            to.units.push_back(unit);
        }
    }
}

std::optional<Standing> find_standing(
    const Actor& actor, std::span<const Role> roles, const EntryFacts& facts, bool delegated
) {
    for (const Role& role : roles) {
        if (role.place == RolePlace::Self) {
            if (!delegated && !actor.person.is_nil() && facts.opened_by == actor.person) {
                return Standing{};
            }
            continue;
        }
        for (const Standing& standing : actor.standings) {
            if (standing.signed_for.is_nil() != delegated &&
                fits(*actor.directory, role, standing) &&
                covers_unit(*actor.directory, role, seat_of(actor, standing), facts.unit)) {
                return standing;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

bool is_administrator(std::string_view role) {
    return role == kSystemAdmin || role == kSecurityAdmin || role == kAuditAdmin;
}

bool Actor::has_role(std::string_view role) const {
    return std::ranges::any_of(standings, [&](const Standing& standing) {
        return standing.signed_for.is_nil() && standing.role == role;
    });
}

bool Actor::is_administrator() const {
    return std::ranges::any_of(standings, [](const Standing& standing) {
        return standing.signed_for.is_nil() && access::is_administrator(standing.role);
    });
}

bool Reach::covers(const Actor& actor, const EntryFacts& facts) const {
    return all || (own && !actor.person.is_nil() && facts.opened_by == actor.person) ||
           std::ranges::binary_search(units, facts.unit);
}

Actor actor_of(
    std::shared_ptr<const Directory> directory,
    core::OrgId org,
    const core::Id& person,
    calendar::Date day
) {
    core::check(directory != nullptr, "an actor stands in a directory");
    Actor actor;
    actor.org = org;
    actor.person = person;
    if (const Person* const found = directory->find_person(person)) {
        actor.name = found->name;
    }
    for (const Post* const post : directory->posts_of(person, day)) {
        actor.standings.push_back(standing_of(*directory, *post));
    }
    actor.divided_units = divided_units(*directory, person, day);
    for (const Delegation& delegation : directory->delegations()) {
        if (delegation.delegate != person || !delegation.span.covers(day)) {
            continue;
        }
        const Post* const post = directory->find_post(delegation.post);
        if (post == nullptr || post->person == person || !post->span.covers(day)) {
            continue;
        }
        Standing standing = standing_of(*directory, *post);
        standing.signed_for = post->person;
        standing.delegation = delegation.id;
        actor.standings.push_back(std::move(standing));
        actor.divided_units_of.try_emplace(
            post->person, divided_units(*directory, post->person, day)
        );
    }
    actor.directory = std::move(directory);
    return actor;
}

Reach reach(const Actor& actor, std::span<const Role> roles) {
    core::check(actor.directory != nullptr, "an actor stands in a directory");
    Reach reached;
    for (const Role& role : roles) {
        if (role.place == RolePlace::Self) {
            reached.own = true;
            continue;
        }
        for (const Standing& standing : actor.standings) {
            if (fits(*actor.directory, role, standing)) {
                add_reach(reached, *actor.directory, role, seat_of(actor, standing));
            }
        }
    }
    std::ranges::sort(reached.units);
    reached.units.erase(
        std::unique(reached.units.begin(), reached.units.end()), reached.units.end()
    );
    if (reached.all) {
        reached.units.clear();
    }
    if (reached.units.size() > kReachUnitsMax) {
        throw core::Problem{
            core::ProblemKind::Rejected,
            "reach.too_many_units",
            {{"count", std::to_string(reached.units.size())},
             {"limit", std::to_string(kReachUnitsMax)}}
        };
    }
    return reached;
}

std::optional<Standing> may(
    const Actor& actor, std::span<const Role> roles, const EntryFacts& facts
) {
    core::check(actor.directory != nullptr, "an actor stands in a directory");
    std::optional<Standing> own = find_standing(actor, roles, facts, false);
    return own ? own : find_standing(actor, roles, facts, true);
}

std::vector<core::Id> holders(
    const Directory& directory, const Role& role, const core::Id& unit, calendar::Date day
) {
    std::vector<core::Id> people;
    const std::optional<core::Id> only = only_unit(directory, role, unit);
    for (const Post& post : directory.posts()) {
        // Of thousands of posts few fit: what costs more is asked of those alone.
        if (post.role != role.name || (only && post.unit != *only) || !post.span.covers(day)) {
            continue;
        }
        const Standing standing = standing_of(directory, post);
        if (!fits(directory, role, standing)) {
            continue;
        }
        const std::vector<core::Id> divided = role.place == RolePlace::Leader
                                                  ? divided_units(directory, post.person, day)
                                                  : std::vector<core::Id>{};
        if (!covers_unit(directory, role, {standing, divided}, unit)) {
            continue;
        }
        people.push_back(post.person);
        for (const Delegation& delegation : directory.delegations()) {
            if (delegation.post == post.id && delegation.span.covers(day)) {
                people.push_back(delegation.delegate);
            }
        }
    }
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
}

}  // namespace duban::access
