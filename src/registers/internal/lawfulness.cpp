#include "registers/internal/lawfulness.h"

#include <algorithm>
#include <sstream>

#include "core/problem.h"
#include "crypto/digest.h"
#include "registers/adoption.h"

namespace duban::registers {

namespace {

using declarations::Action;
using declarations::Pack;
using declarations::Register;
using journal::Draft;
using journal::Signature;

std::string change_text(const Draft& draft, std::string_view field) {
    for (const journal::Change& change : draft.changes) {
        if (change.field == field && change.value.is_string()) {
            return std::string{change.value.get_string()};
        }
    }
    return {};
}

const Register* find_register(const Pack& pack, const std::string& name) {
    const auto found =
        std::find_if(pack.registers.begin(), pack.registers.end(), [&](const Register& r) {
            return r.name == name;
        });
    return found == pack.registers.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool covers(const std::string& words, const std::string& name) {
    std::istringstream in{words};
    for (std::string word; in >> word;) {
        if (word == name) {
            return true;
        }
    }
    return false;
}

}  // namespace

void Lawfulness::fault(const char* code) {
    report_.add(code, {{"position", std::to_string(position_)}});
}

const Pack* Lawfulness::pack_of(const std::string& digest) {
    const auto known = packs_.find(digest);
    if (known != packs_.end()) {
        return known->second.get();
    }
    std::unique_ptr<Pack>& pack = packs_[digest];
    try {
        const std::string bundle = Adoption::bundle(reader_, digest);
        if (crypto::sha256(bundle).hex() == digest) {
            pack = std::make_unique<Pack>(Adoption::pack_of(bundle));
        }
    } catch (const core::Problem&) {
        // No such bundle, or none that can be read: named just below.
    }
    if (pack == nullptr) {
        report_.add(
            "declaration.altered", {{"position", std::to_string(position_)}, {"digest", digest}}
        );
    }
    return pack.get();
}

void Lawfulness::take_in(const Draft& draft) {
    if (draft.register_name == "parameter") {
        parameters_[change_text(draft, "name")] =
            core::find_json(change_text(draft, "after")).value_or(core::Json(nullptr));
    } else if (draft.register_name == "backfill_decision") {
        decisions_[draft.entry.text()] = {
            .recorder = change_text(draft, "recorder"),
            .checker = change_text(draft, "checker"),
            .registers = change_text(draft, "registers")
        };
        if (change_text(draft, "recorder") == change_text(draft, "checker")) {
            fault("step.backfill_unlawful");
        }
    } else if (draft.register_name == "pack") {
        static_cast<void>(pack_of(draft.declaration));
    }
}

void Lawfulness::judge(const Draft& draft, std::int64_t position) {
    position_ = position;
    if (directory_.add(draft, position)) {
        return;
    }
    take_in(draft);
    if (draft.kind == "adoption" || draft.declaration.empty()) {
        return;
    }
    EntryPast& past = entries_[{draft.register_name, draft.entry}];
    if (draft.revision != past.revision + 1) {
        fault("record.revision_gap");
    }
    if (draft.state_before != past.state) {
        fault("record.state_skipped");
    }
    if (past.revision == 0) {
        past.opened_by = draft.actor;
    }
    judge_entry(draft, past);
    past.revision = draft.revision;
    past.state = draft.state_after;
    past.states.insert(draft.state_after);
    past.steps.emplace_back(draft.action, draft.actor);
    for (const Signature& signature : draft.signatures) {
        past.steps.emplace_back(draft.action, signature.person);
    }
}

void Lawfulness::judge_entry(const Draft& draft, EntryPast& past) {
    const Pack* pack = pack_of(draft.declaration);
    if (pack == nullptr) {
        return;
    }
    const Register* declared = find_register(*pack, draft.register_name);
    if (draft.kind == "backfill") {
        judge_backfill(draft);
        return;
    }
    const Action* action =
        declared == nullptr ? nullptr : declared->procedure.find_action(draft.action);
    if (action == nullptr) {
        fault("step.unknown_action");
        return;
    }
    judge_action(draft, *declared, *action, past);
}

void Lawfulness::judge_backfill(const Draft& draft) {
    const auto decision = decisions_.find(draft.decision);
    const std::string actor = draft.actor.text();
    const bool lawful = decision != decisions_.end() &&
                        covers(decision->second.registers, draft.register_name) &&
                        actor == (draft.action == "confirm_backfill" ? decision->second.checker
                                                                     : decision->second.recorder);
    if (!lawful) {
        fault("step.backfill_unlawful");
    }
}

void Lawfulness::judge_action(
    const Draft& draft, const Register& declared, const Action& action, const EntryPast& past
) {
    judge_transition(draft, declared, action, past);
    if (draft.caused_by) {
        const auto cause = entries_.find({draft.caused_by->register_name, draft.caused_by->entry});
        if (cause == entries_.end() || cause->second.revision < draft.caused_by->revision) {
            fault("step.without_right");
        }
        return;
    }
    if (action.reached_by_acts) {
        fault("step.without_right");
    }
    if (!action.signatures.empty()) {
        judge_signatures(draft, action, past);
        return;
    }
    const bool right = std::any_of(action.by.begin(), action.by.end(), [&](const auto& role) {
        return stands(draft.actor, role, draft, past, draft.on);
    });
    if (!right) {
        fault("step.without_right");
    }
    for (const auto& [name, person] : past.steps) {
        if (person == draft.actor && contains(action.apart_from, name)) {
            fault("step.signer_not_apart");
            break;
        }
    }
}

void Lawfulness::judge_transition(
    const Draft& draft, const Register& declared, const Action& action, const EntryPast& past
) {
    const bool opens = action.name == "open";
    if (!opens && !contains(action.from, draft.state_before)) {
        fault("step.wrong_state");
    }
    if (draft.kind == "signature") {
        if (draft.state_after != draft.state_before) {
            fault("step.wrong_target");
        }
        return;
    }
    bool right = true;
    if (opens) {
        right = draft.state_after == action.to.value_or(declared.procedure.initial);
    } else if (action.returns) {
        right = past.states.contains(draft.state_after);
    } else {
        right = draft.state_after == action.to.value_or(draft.state_before);
    }
    if (!right) {
        fault("step.wrong_target");
    }
}

bool Lawfulness::stands(
    const core::Id& person,
    const declarations::Role& role,
    const Draft& draft,
    const EntryPast& past,
    const std::string& day
) const {
    const auto date = calendar::Date::parse(day);
    if (!date) {
        return false;
    }
    const access::Actor actor = access::actor_of(directory_.directory(), org_, person, *date);
    return access::may(actor, std::span{&role, 1}, {draft.entry, draft.unit, past.opened_by})
        .has_value();
}

std::int64_t Lawfulness::wanted(const Pack& pack, const Action& action) const {
    std::int64_t sum = 0;
    for (const auto& rule : action.signatures) {
        if (rule.count.parameter.empty()) {
            sum += rule.count.value;
            continue;
        }
        const auto set = parameters_.find(pack.name + "." + rule.count.parameter);
        const auto declared = std::find_if(
            pack.parameters.begin(),
            pack.parameters.end(),
            [&](const auto& parameter) { return parameter.name == rule.count.parameter; }
        );
        const core::Json value = set != parameters_.end()            ? set->second
                                 : declared != pack.parameters.end() ? declared->initial
                                                                     : core::Json(nullptr);
        sum += value.is_int64() ? value.get_int64() : 1;
    }
    return sum;
}

void Lawfulness::judge_signatures(const Draft& draft, const Action& action, const EntryPast& past) {
    std::set<core::Id> persons;
    for (const Signature& signature : draft.signatures) {
        const bool paper = signature.kind == "paper";
        const std::string& day = paper ? signature.signed_on : draft.on;
        const bool right =
            std::any_of(action.signatures.begin(), action.signatures.end(), [&](const auto& rule) {
                return stands(signature.person, rule.by, draft, past, day);
            });
        if (!right) {
            fault("step.signer_without_right");
        }
        const auto kind = declarations::find_signature_kind(signature.kind);
        if (!kind || !action.kinds.contains(*kind)) {
            fault("step.kind_not_allowed");
        }
        const bool counted = draft.kind == "action";
        const bool compared = signature.compared_by != signature.recorded_by &&
                              signature.compared_by != signature.person &&
                              signature.recorded_by != signature.person &&
                              !signature.compared_by.is_nil();
        if (!persons.insert(signature.person).second || (paper && counted && !compared)) {
            fault("step.signer_not_apart");
        }
        for (const auto& [name, person] : past.steps) {
            if (contains(action.apart_from, name) &&
                (person == signature.person || person == signature.signed_for)) {
                fault("step.signer_not_apart");
                break;
            }
        }
    }
    const Pack* pack = pack_of(draft.declaration);
    if (draft.kind == "action" && pack != nullptr &&
        static_cast<std::int64_t>(persons.size()) < wanted(*pack, action)) {
        fault("step.signatures_missing");
    }
}

}  // namespace duban::registers
