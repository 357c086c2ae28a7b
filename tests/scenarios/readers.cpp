#include "readers.h"

#include <algorithm>

namespace duban::scenarios {

namespace {

using declarations::Role;
using declarations::RolePlace;

bool holds(const access::Span& span, calendar::Date day) {
    return span.from <= day && (!span.to || day <= *span.to);
}

}  // namespace

std::vector<Role> Readers::of(const declarations::Register& declared) {
    if (!declared.read.empty()) {
        return declared.read;
    }
    std::vector<Role> out;
    for (const auto& action : declared.procedure.actions) {
        out.insert(out.end(), action.by.begin(), action.by.end());
        for (const auto& rule : action.signatures) {
            out.push_back(rule.by);
        }
    }
    for (const auto& deadline : declared.procedure.deadlines) {
        out.push_back(deadline.holder);
    }
    return out;
}

core::Id Readers::parent_of(const core::Id& unit) const {
    for (const access::Unit& one : directory_.units()) {
        if (one.id == unit) {
            return one.parent;
        }
    }
    return {};
}

core::Id Readers::district_above(const core::Id& unit) const {
    for (core::Id at = unit; !at.is_nil(); at = parent_of(at)) {
        for (const access::Unit& one : directory_.units()) {
            if (one.id == at && one.kind == access::UnitKind::District) {
                return at;
            }
        }
    }
    return {};
}

bool Readers::leads(const core::Id& person, const core::Id& unit) const {
    for (core::Id at = unit; !at.is_nil(); at = parent_of(at)) {
        for (const access::Division& one : directory_.divisions()) {
            if (one.leader == person && one.unit == at && holds(one.span, today_)) {
                return true;
            }
        }
    }
    return false;
}

std::vector<Readers::Held> Readers::held(const core::Id& person) const {
    std::vector<Held> out;
    for (const access::Post& post : directory_.posts()) {
        if (!holds(post.span, today_)) {
            continue;
        }
        if (post.person == person) {
            out.push_back({&post, person});
        }
        for (const access::Delegation& one : directory_.delegations()) {
            if (one.post == post.id && one.delegate == person && holds(one.span, today_)) {
                out.push_back({&post, post.person});
            }
        }
    }
    return out;
}

bool Readers::fits(const Held& held, const Role& role, const core::Id& unit) const {
    const access::Post& post = *held.post;
    if (post.role != role.name || post.outside != (role.place == RolePlace::Outside)) {
        return false;
    }
    switch (role.place) {
        case RolePlace::Unit: return post.unit == unit;
        case RolePlace::Parent: return !unit.is_nil() && post.unit == parent_of(unit);
        case RolePlace::District: return post.unit == district_above(unit);
        case RolePlace::Leader: return leads(held.owner, unit);
        case RolePlace::Outside: return true;
        case RolePlace::Office:
            return std::ranges::any_of(directory_.units(), [&](const access::Unit& one) {
                return one.id == post.unit && one.kind == access::UnitKind::Office;
            });
        case RolePlace::Self: break;
    }
    return false;
}

bool Readers::stand_by_post(
    const core::Id& person, const std::vector<Role>& roles, const core::Id& unit
) const {
    const auto all = held(person);
    return std::ranges::any_of(roles, [&](const Role& role) {
        return std::ranges::any_of(all, [&](const Held& one) { return fits(one, role, unit); });
    });
}

bool Readers::stand(const core::Id& person, const std::vector<Role>& roles, const Lying& lying)
    const {
    const bool by_self =
        std::ranges::any_of(roles, [](const Role& role) { return role.place == RolePlace::Self; });
    return (by_self && lying.opened_by == person) || stand_by_post(person, roles, lying.unit);
}

bool Readers::stand_anywhere(const core::Id& person, const std::vector<Role>& roles) const {
    const bool by_self =
        std::ranges::any_of(roles, [](const Role& role) { return role.place == RolePlace::Self; });
    return by_self || std::ranges::any_of(directory_.units(), [&](const access::Unit& unit) {
               return stand_by_post(person, roles, unit.id);
           });
}

}  // namespace duban::scenarios
