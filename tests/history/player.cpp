#include "player.h"

#include <algorithm>
#include <iterator>

#include "core/check.h"
#include "core/problem.h"
#include "trial_pack.h"

namespace duban::history {

namespace {

using declarations::Action;
using declarations::Field;
using declarations::Register;
using registers::Request;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::size_t kRecent = 25;      // entries that people work on
constexpr std::size_t kDaysAll = 1100;   // three years, whatever the number of actions
constexpr std::size_t kTriesOfAKey = 6;  // percent

constexpr store::Query kRecorded{
    "history.recorded_signature",
    "select id from d_signature where org = $1 and entry = $2 and standing = 'recorded'"
    " order by at_ms, id"
};

std::vector<declarations::Role> roles_of(const Action& action) {
    std::vector<declarations::Role> roles = action.by;
    for (const auto& rule : action.signatures) {
        roles.push_back(rule.by);
    }
    return roles;
}

bool names(const std::vector<std::string>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// Whether some action wants it filled.
bool is_needed(const Register& declared, std::string_view field) {
    return std::ranges::any_of(declared.procedure.actions, [&](const Action& action) {
        return names(action.need, field);
    });
}

}  // namespace

void Player::play(std::size_t actions) {
    static_cast<void>(follow_records());
    for (std::size_t place = 0; tally_.done < actions && place < 4 * actions; ++place) {
        pass_time(actions);
        adopt_in_the_middle(actions);
        if (place % 97 == 96) {
            town_.follow();
        }
        if (place % 1000 == 999) {
            note(
                "clean up",
                std::to_string(town_.files().remove_unclaimed(Town::kOrg)) + " files removed"
            );
        }
        try {
            one_step();
        } catch (const core::Bug& bug) {
            ++tally_.bugs;
            note("A BUG", bug.what());
        }
    }
    town_.follow();
}

/// Minutes between most, hours between some, days often enough to see three years.
void Player::pass_time(std::size_t actions) {
    const std::size_t per_mille = std::min<std::size_t>(900, kDaysAll * 1000 / (actions * 6));
    std::int64_t ms = chance_.between(0, 3 * kMinute);
    if (chance_.percent(10)) {
        ms += chance_.between(1, 5) * kHour;
    }
    if (chance_.below(1000) < per_mille) {
        ms += chance_.between(1, 5) * 24 * kHour;
    }
    town_.house.clock.advance(std::chrono::milliseconds{ms});
    if (chance_.below(400) == 0) {
        town_.house.clock.advance(-std::chrono::hours{1});  // E18: the machine's clock is set back
    }
}

void Player::adopt_in_the_middle(std::size_t actions) {
    const auto once = [&](int step, std::size_t done) {
        return adoptions_ == step && tally_.done >= done && ++adoptions_ > step;
    };
    if (once(0, actions / 2)) {
        note("adopt the second version", town_.adopt(second_trial_pack()));
    } else if (once(1, actions * 3 / 5)) {
        note("adopt what loses data", town_.adopt(losing_trial_pack()));
    } else if (once(2, actions * 4 / 5)) {
        note("adopt the first version again", town_.adopt(trial_pack()));
    }
}

void Player::one_step() {
    const std::size_t way = chance_.below(1000);
    if (way < 40) {
        try {
            const std::string what = changes_.one();
            note(what, "done " + follow_records());
        } catch (const core::Problem& problem) {
            note("change", text_of(problem));
        }
        return;
    }
    if (way < 80) {
        backfill();
        return;
    }
    if (last_keyed_ && way < 90) {
        send(last_keyed_->first, last_keyed_->second);  // the same key once more
        return;
    }
    if (values_.made().size() < 10 || way < 220) {
        open_one();
    } else {
        act_once();
    }
}

void Player::note(const std::string& what, const std::string& outcome) {
    lines_.push_back(
        std::to_string(lines_.size()) + " " + town_.today().text() + " " + what + " -> " + outcome
    );
}

std::string Player::follow_records() {
    std::string last;
    const auto adopted = town_.house.registers->adopted();
    town_.house.store->read([&](store::Reader& reader) {
        town_.house.journal
            .for_each(reader, Town::kOrg, followed_, [&](const journal::Record& record) {
                const journal::Draft draft = record.draft();
                if (draft.revision == 1 && adopted->find_table(draft.register_name) != nullptr) {
                    values_.made().push_back({draft.register_name, draft.entry});
                }
                last = "#" + std::to_string(record.position) + " " + record.leaf_hash().hex();
                followed_ = record.position + 1;
                return true;
            });
    });
    return last;
}

std::string Player::told(const registers::Applied& applied) {
    return "done " + applied.entry.text() + " r" + std::to_string(applied.revision) + " " +
           applied.state + " " + applied.number + " open " +
           std::to_string(applied.signatures_open) + (applied.repeated ? " repeated " : " ") +
           follow_records();
}

void Player::send(const core::Id& person, const Request& request) {
    const std::string what = person.text() + " " + request.register_name + " " + request.action +
                             " " + (request.entry.is_nil() ? "" : request.entry.text());
    try {
        access::Actor actor = town_.house.actor(person);
        if (chance_.percent(80)) {
            actor.second_factor_at_ms = core::to_ms(town_.house.clock.now());
        }
        const auto applied = town_.house.registers->apply(actor, request);
        ++tally_.done;
        ++tally_.actions[request.register_name + "." + request.action];
        note(what, told(applied));
    } catch (const core::Problem& problem) {
        ++tally_.refused;
        ++tally_.refusals[problem.code];
        for (const core::FieldError& error : problem.errors) {
            ++tally_.refusals[error.code];
        }
        note(what, text_of(problem));
    }
}

std::optional<Player::Found> Player::find(const Made& made) {
    const std::string sql = "select state, revision, unit, opened_by from " + made.register_name +
                            " where org = $1 and id = $2";
    std::optional<Found> found;
    town_.house.store->read([&](store::Reader& reader) {
        const store::Rows rows = reader.query(
            {"history.find_entry", sql}, {store::value(Town::kOrg), store::value(made.entry)}
        );
        if (!rows.empty()) {
            found = Found{
                .state = rows.front().text(0),
                .revision = rows.front().integer(1),
                .unit = rows.front().id(2),
                .opened_by = rows.front().id(3)
            };
        }
    });
    return found;
}

const Made& Player::some_entry() {
    const auto& made = values_.made();
    const std::size_t recent = std::min(kRecent, made.size());
    return chance_.percent(75) ? made[made.size() - 1 - chance_.below(recent)]
                               : chance_.one_of(made);
}

bool Player::is_over(const Made& made, const Found& found) const {
    const auto adopted = town_.house.registers->adopted();
    const auto* state =
        adopted->table(made.register_name).declared->procedure.find_state(found.state);
    return state != nullptr && state->final;
}

/// Mostly somebody who holds a role of the action there, at times anybody.
core::Id Player::actor_for(const Action& action, const core::Id& unit, const core::Id& opened_by) {
    const auto roles = roles_of(action);
    const bool lawful = chance_.percent(95);
    for (std::size_t tries = 0; lawful && !roles.empty() && tries < 4; ++tries) {
        const declarations::Role& role = chance_.one_of(roles);
        if (role.place == declarations::RolePlace::Self && !opened_by.is_nil()) {
            return opened_by;
        }
        const auto holders = access::holders(*town_.directory(), role, unit, town_.today());
        if (!holders.empty()) {
            return chance_.one_of(holders);
        }
    }
    return chance_.one_of(town_.people());
}

core::JsonObject Player::fields_for(
    const Register& declared, const Action& action, const core::Id& person
) {
    core::JsonObject out;
    const bool opens = action.name == "open" && action.fields.empty();
    for (const Field& field : declared.fields) {
        const bool may = opens ? field.set_by == declarations::SetBy::Person &&
                                     field.type != declarations::FieldType::Computed
                               : names(action.fields, field.name);
        const bool must = field.required || is_needed(declared, field.name);
        if (may ? chance_.percent(must ? 97 : opens ? 65 : 45) : chance_.below(1500) == 0) {
            out[field.name] = values_.of(field, person);
        }
    }
    if (chance_.below(400) == 0) {
        out["unheard_of"] = 1;
    }
    return out;
}

core::JsonObject Player::inputs_for(
    const Register& declared, const Action& action, const core::Id& person
) {
    core::JsonObject out;
    for (const Field& input : action.inputs) {
        const bool must = input.required || names(action.need, input.name);
        if (chance_.percent(must ? 99 : 40)) {
            out[input.name] = values_.of(input, person);
        }
    }
    if (action.returns) {
        out["to"] = chance_.percent(60) ? declared.procedure.initial
                                        : chance_.one_of(declared.procedure.states).name;
    }
    for (const auto& deadline : declared.procedure.deadlines) {
        if (names(deadline.pauses, action.name) && chance_.percent(90)) {
            out["pause_reason"] = chance_.one_of(deadline.pause_reasons).code;
        }
    }
    if (chance_.below(400) == 0) {
        out["unheard_of"] = 1;
    }
    return out;
}

std::optional<core::Id> Player::recorded_signature(const core::Id& entry) {
    std::optional<core::Id> found;
    town_.house.store->read([&](store::Reader& reader) {
        const auto rows = reader.query(kRecorded, {store::value(Town::kOrg), store::value(entry)});
        if (!rows.empty()) {
            found = rows.front().id(0);
        }
    });
    return found;
}

void Player::add_paper(
    Request& request, const Action& action, const core::Id& unit, const core::Id& person
) {
    if (action.signatures.empty()) {
        return;
    }
    if (const auto recorded = recorded_signature(request.entry); recorded && chance_.percent(60)) {
        request.paper = registers::PaperSignature{
            .signer = {}, .signed_on = {}, .words = {}, .scan = {}, .compares = *recorded
        };
        return;
    }
    const bool offered = action.kinds.contains(declarations::SignatureKind::Paper);
    if (!chance_.percent(offered ? 25 : 2)) {
        return;
    }
    const auto& rule = chance_.one_of(action.signatures);
    const auto holders = access::holders(*town_.directory(), rule.by, unit, town_.today());
    request.paper = registers::PaperSignature{
        .signer = holders.empty() ? chance_.one_of(town_.people()) : chance_.one_of(holders),
        .signed_on = chance_.percent(95) ? values_.day(4, 0) : values_.day(0, 3),
        .words = values_.words(20),
        .scan = values_.file(person),
        .compares = {}
    };
}

void Player::open_one() {
    const auto adopted = town_.house.registers->adopted();
    const auto registers = adopted->model().registers();
    const Register& declared =
        chance_.percent(50) ? *adopted->table("matter").declared : *chance_.one_of(registers);
    const Action* action = declared.procedure.find_action("open");
    core::Id unit = chance_.one_of(town_.directory()->units()).id;
    core::Id person = actor_for(*action, unit, {});
    if (chance_.percent(85)) {
        for (const access::Post& post : town_.directory()->posts()) {
            const bool opens = std::ranges::any_of(action->by, [&](const declarations::Role& role) {
                return role.name == post.role;
            });
            if (opens && post.span.covers(town_.today()) && chance_.percent(25)) {
                unit = post.unit;
                person = post.person;
            }
        }
    }
    Request request;
    request.register_name = declared.name;
    request.action = "open";
    request.unit = chance_.percent(50) ? unit : core::Id{};
    request.fields = fields_for(declared, *action, person);
    request.inputs = inputs_for(declared, *action, person);
    if (chance_.percent(kTriesOfAKey)) {
        request.idempotency_key = "key-" + std::to_string(lines_.size());
        last_keyed_ = {person, request};
    }
    send(person, request);
}

void Player::act_once() {
    const auto adopted = town_.house.registers->adopted();
    Made made = some_entry();
    auto found = find(made);
    for (int tries = 0; tries < 9 && found && is_over(made, *found); ++tries) {
        made = some_entry();
        found = find(made);
    }
    if (!found) {
        note(made.register_name + " " + made.entry.text(), "is not there");
        return;
    }
    const Register& declared = *adopted->table(made.register_name).declared;
    std::vector<const Action*> offered;
    for (const Action& action : declared.procedure.actions) {
        if (names(action.from, found->state) && !action.reached_by_acts) {
            offered.push_back(&action);
        }
    }
    std::vector<const Action*> forward;
    std::ranges::copy_if(offered, std::back_inserter(forward), [&](const Action* action) {
        const auto* to = action->to ? declared.procedure.find_state(*action->to) : nullptr;
        return to != nullptr && !to->ended_otherwise && to->name != found->state;
    });
    if (!forward.empty() && chance_.percent(65)) {
        offered = forward;
    }
    const bool lawful = !offered.empty() && chance_.percent(96);
    const Action& action =
        lawful ? *chance_.one_of(offered) : chance_.one_of(declared.procedure.actions);
    const core::Id person = actor_for(action, found->unit, found->opened_by);
    Request request;
    request.register_name = made.register_name;
    request.action = chance_.below(500) == 0 ? "dance" : action.name;
    request.entry = made.entry;
    request.revision = found->revision;
    if (const std::size_t way = chance_.below(100); way < 3) {
        request.revision = found->revision - 1;
    } else if (way == 3) {
        request.revision.reset();
    }
    const bool first = action.signatures.empty() || chance_.percent(15);
    request.fields = first ? fields_for(declared, action, person) : core::JsonObject{};
    request.inputs = inputs_for(declared, action, person);
    request.words = chance_.percent(40) ? values_.words(20) : std::string{};
    if (chance_.percent(10)) {
        request.post = chance_.one_of(town_.directory()->posts()).id;
    }
    add_paper(request, action, found->unit, person);
    if (chance_.percent(kTriesOfAKey)) {
        request.idempotency_key = "key-" + std::to_string(lines_.size());
        last_keyed_ = {person, request};
    }
    send(person, request);
}

/// Opens an entry or takes one that is there under a decision; or checks what waits.
void Player::backfill() {
    const auto adopted = town_.house.registers->adopted();
    if (changes_.decisions().empty()) {
        return;
    }
    const registers::Decision& decision = chance_.one_of(changes_.decisions());
    const Register& declared = *chance_.one_of(adopted->model().registers());
    Request request;
    request.register_name = declared.name;
    if (!values_.made().empty() && chance_.percent(60)) {
        const Made made = some_entry();
        const auto found = find(made);
        request.register_name = made.register_name;
        request.entry = made.entry;
        request.revision = found ? found->revision : 1;
    }
    const Register& chosen = *adopted->table(request.register_name).declared;
    if (!request.entry.is_nil() && chance_.percent(50)) {
        request.action = "confirm_backfill";
        send(chance_.percent(85) ? decision.checker : decision.recorder, request);
        return;
    }
    request.action = "backfill";
    request.unit = chance_.one_of(town_.directory()->units()).id;
    for (const Field& field : chosen.fields) {
        if (field.type != declarations::FieldType::Computed && chance_.percent(50)) {
            request.fields.as_object()[field.name] = values_.of(field, decision.recorder);
        }
    }
    request.backfill = registers::Backfill{
        .decision = decision.id,
        .state = chance_.one_of(chosen.procedure.states).name,
        .claimed_on = values_.day(1500, 5),
        .paper = "旧" + std::to_string(chance_.below(100))
    };
    send(chance_.percent(95) ? decision.recorder : decision.checker, request);
}

}  // namespace duban::history
