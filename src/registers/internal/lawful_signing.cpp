#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "registers/internal/lawfulness.h"

namespace duban::registers {

namespace {

using declarations::Action;
using declarations::Role;
using declarations::RolePlace;
using journal::Signature;

/// What of a recorded sheet the comparison may not change.
bool same_sheet(const Signature& recorded, const Signature& compared) {
    Signature expected = recorded;
    expected.compared_by = compared.compared_by;
    return expected == compared;
}

}  // namespace

const access::Actor& Lawfulness::actor(const core::Id& person, calendar::Date day) {
    const auto directory = directory_.directory();
    if (directory != actors_of_) {
        actors_.clear();
        actors_of_ = directory;
    }
    const auto known = actors_.find({person, day});
    if (known != actors_.end()) {
        return known->second;
    }
    return actors_.emplace(std::pair{person, day}, access::actor_of(directory, org_, person, day))
        .first->second;
}

/// `post`: the one he must act for, nil for `self`; nullptr: whichever.
bool Lawfulness::may(
    const Case& step, const std::vector<Role>& roles, const core::Id& person, const core::Id* post
) {
    if (!step.on) {
        return false;
    }
    access::Actor chosen = actor(person, *step.on);
    std::vector<Role> asked = roles;
    if (post != nullptr) {
        std::erase_if(chosen.standings, [&](const auto& s) { return s.post != *post; });
        std::erase_if(asked, [&](const Role& role) {
            return (role.place == RolePlace::Self) != post->is_nil();
        });
    }
    const access::EntryFacts facts{step.draft.entry, step.past.unit, step.past.opened_by};
    return access::may(chosen, asked, facts).has_value();
}

/// Whoever did a step that the action is apart from, or whose signature led to it.
bool Lawfulness::is_apart(const EntryPast& past, const Action& action, const core::Id& person) {
    const std::uint32_t who = people_.number(person);
    for (const std::string& name : action.apart_from) {
        const std::uint32_t other = words_.number(name);
        const bool did =
            std::ranges::any_of(
                past.steps,
                [&](const Step& step) { return step.action == other && step.actor == who; }
            ) ||
            std::ranges::find(past.took, std::pair{other, who}) != past.took.end() ||
            std::ranges::any_of(past.round, [&](const GivenSignature& given) {
                return given.action == name && given.signature.person == person;
            });
        if (did) {
            return false;
        }
    }
    return true;
}

void Lawfulness::judge_actor(const Case& step, const Action& action) {
    if (!step.draft.signatures.empty()) {
        fault("step.signature_invented");
    }
    if (!may(step, action.by, step.draft.actor, &step.draft.post)) {
        fault("step.without_right");
    }
    if (!is_apart(step.past, action, step.draft.actor)) {
        fault("step.signer_not_apart");
    }
}

void Lawfulness::judge_signatures(const Case& step, const Action& action) {
    std::set<core::Id> persons;
    std::size_t given = 0;
    for (const Signature& signature : step.draft.signatures) {
        if (!persons.insert(signature.person).second) {
            fault("step.signer_not_apart");
        }
        const auto known = std::ranges::find_if(step.past.round, [&](const auto& one) {
            return one.action == action.name && one.signature.person == signature.person;
        });
        const bool is_new = known == step.past.round.end();
        if (!is_new && known->signature == signature) {
            if (signature.kind == "paper" && signature.compared_by.is_nil()) {
                fault("step.signer_not_apart");  // counted before anybody compared it
            }
            continue;
        }
        ++given;
        if (signature.kind == "paper") {
            judge_paper(step, signature, is_new ? nullptr : &*known);
        } else if (!is_new || signature.person != step.draft.actor) {
            fault("step.signature_invented");
        }
        judge_given(step, action, signature);
    }
    if (given != 1 && !step.draft.signatures.empty()) {
        fault("step.signature_invented");  // a record is one person's part in the round
    }
    if (step.draft.kind == "action") {
        judge_number_of_signatures(step, action);
    }
}

void Lawfulness::judge_given(const Case& step, const Action& action, const Signature& signature) {
    const auto kind = declarations::find_signature_kind(signature.kind);
    if (!kind || !action.kinds.contains(*kind)) {
        fault("step.kind_not_allowed");
    }
    if (!signer_stands(step, action, signature)) {
        fault("step.signer_without_right");
    }
    const bool twice = std::ranges::any_of(step.past.round, [&](const GivenSignature& other) {
        return other.action == action.name && !signature.signed_for.is_nil() &&
               other.signature.person == signature.signed_for;
    });
    const bool apart =
        is_apart(step.past, action, signature.person) &&
        (signature.signed_for.is_nil() || is_apart(step.past, action, signature.signed_for));
    if (twice || !apart) {
        fault("step.signer_not_apart");
    }
}

/// P01: signer, recorder and comparer are three persons, and each of the latter did his part.
void Lawfulness::judge_paper(
    const Case& step, const Signature& signature, const GivenSignature* recorded
) {
    const core::Id& actor = step.draft.actor;
    if (recorded == nullptr) {
        if (signature.recorded_by != actor || !signature.compared_by.is_nil()) {
            fault("step.signature_invented");
        }
    } else if (signature.compared_by != actor || !same_sheet(recorded->signature, signature)) {
        fault("step.signature_invented");
    }
    if (signature.recorded_by == signature.person || signature.compared_by == signature.person ||
        signature.compared_by == signature.recorded_by) {
        fault("step.signer_not_apart");
    }
    if (!may(step, step.declared.readers(), actor, nullptr)) {
        fault("step.without_right");
    }
}

/// The post he signs under was his, or delegated to him, on the day of the signature, and fulfils
/// the role that the signature names.
bool Lawfulness::signer_stands(const Case& step, const Action& action, const Signature& signature) {
    const bool paper = signature.kind == "paper";
    const auto day = paper ? calendar::Date::parse(signature.signed_on) : step.on;
    if (!day || (paper && step.on && *day > *step.on) ||
        (signature.kind == "delegated") == signature.signed_for.is_nil()) {
        return false;
    }
    access::Actor chosen = actor(signature.person, *day);
    std::erase_if(chosen.standings, [&](const access::Standing& standing) {
        return standing.post != signature.post || standing.signed_for != signature.signed_for ||
               standing.delegation != signature.delegation;
    });
    const access::EntryFacts facts{step.draft.entry, step.past.unit, step.past.opened_by};
    return std::ranges::any_of(action.signatures, [&](const auto& rule) {
        return rule.by.text() == signature.role &&
               access::may(chosen, std::span{&rule.by, 1}, facts).has_value();
    });
}

void Lawfulness::judge_number_of_signatures(const Case& step, const Action& action) {
    std::map<std::string, std::int64_t> wanted;
    for (const declarations::SignatureRule& rule : action.signatures) {
        wanted[rule.by.text()] += law_.wanted(step.pack.name, rule, position_);
    }
    const auto& given = step.draft.signatures;
    const bool enough = std::ranges::all_of(wanted, [&](const auto& role) {
        return std::ranges::count(given, role.first, &Signature::role) >= role.second;
    });
    if (!enough) {
        fault("step.signatures_missing");
    }
}

}  // namespace duban::registers
