#include "registers/internal/signing.h"

#include <algorithm>
#include <optional>
#include <span>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/clock_rows.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Action;
using declarations::SignatureKind;
using journal::Signature;

constexpr std::int64_t kSecondFactorMs = 5 * 60 * 1000;  // E22: within five minutes before

constexpr store::Query kLoadSignatures{
    "registers.load_signatures",
    "select id, rule, person, post, role, kind, signed_for, delegation, recorded_by, compared_by,"
    " signed_on, words, scan, at_ms, standing from d_signature"
    " where org = $1 and entry = $2 and action = $3 and standing in ('open', 'recorded')"
    " order by at_ms, id"
};
constexpr store::Query kInsertSignature{
    "registers.insert_signature",
    "insert into d_signature (org, id, register, entry, action, rule, person, post, role, kind,"
    " signed_for, delegation, recorded_by, compared_by, signed_on, words, scan, at_ms, standing)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
};
constexpr store::Query kCompare{
    "registers.compare_signature",
    "update d_signature set compared_by = $3, standing = 'open' where org = $1 and id = $2"
};
constexpr store::Query kEnd{
    "registers.end_signatures",
    "update d_signature set standing = $3 where org = $1 and entry = $2"
    " and standing in ('open', 'recorded')"
};
constexpr store::Query kFindStep{
    "registers.find_step_by",
    "select action from d_step where org = $1 and entry = $2 and actor = $3 order by revision"
};
constexpr store::Query kFindSigned{
    "registers.find_signed_by",
    "select action from d_signature where org = $1 and entry = $2 and standing <> 'void'"
    " and (person = $3 or recorded_by = $3 or compared_by = $3) order by at_ms, id"
};

using Kept = OpenSignature;

std::vector<Kept> load(
    store::Reader& reader, core::OrgId org, const core::Id& entry, std::string_view action
) {
    std::vector<Kept> out;
    const std::vector<store::Value> key = {
        store::value(org), store::value(entry), std::string{action}
    };
    for (const store::Row& row : reader.query(kLoadSignatures, key)) {
        out.push_back(
            {.id = row.id(0),
             .rule = static_cast<std::size_t>(row.integer(1)),
             .counts = row.text(14) == "open",
             .signature =
                 {.person = row.id(2),
                  .post = row.id(3),
                  .role = row.text(4),
                  .kind = row.text(5),
                  .signed_for = row.id(6),
                  .delegation = row.id(7),
                  .recorded_by = row.id(8),
                  .compared_by = row.id(9),
                  .signed_on = row.find_text(10).value_or(""),
                  .words = row.find_text(11).value_or(""),
                  .scan = row.find_text(12).value_or(""),
                  .at_ms = row.integer(13)}}
        );
    }
    return out;
}

void save(store::Transaction& tx, const Context& context, const Step& step, const Kept& kept) {
    const Signature& s = kept.signature;
    tx.execute(
        kInsertSignature,
        {store::value(context.org),
         store::value(kept.id),
         step.table->declared->name,
         store::value(step.row.id()),
         step.action_name,
         static_cast<std::int64_t>(kept.rule),
         store::value(s.person),
         store::value(s.post),
         s.role,
         s.kind,
         store::value_or_null(s.signed_for),
         store::value_or_null(s.delegation),
         store::value_or_null(s.recorded_by),
         store::value_or_null(s.compared_by),
         s.signed_on,
         s.words,
         s.scan,
         s.at_ms,
         std::string{kept.counts ? "open" : "recorded"}}
    );
}

void refuse_same_person(const std::vector<Kept>& kept, const core::Id& person) {
    const bool twice = std::any_of(kept.begin(), kept.end(), [&](const Kept& k) {
        return k.signature.person == person;
    });
    if (twice) {
        throw Problem{ProblemKind::Rejected, "signature.same_person"};
    }
}

void refuse_kind(const Action& action, SignatureKind kind) {
    if (!action.kinds.contains(kind)) {
        throw Problem{
            ProblemKind::Rejected,
            "signature.kind_not_allowed",
            {{"kind", std::string{declarations::text_of(kind)}}}
        };
    }
}

struct Found {
    std::size_t rule = 0;
    access::Standing standing;
};

/// The first rule that wants a signature and that a standing of `signer` fulfils. A round that
/// wants none any more, because its parameter fell, takes one more and is over with it.
std::optional<Found> find_wanted(
    const OpenRound& round, const access::Actor& signer, const access::EntryFacts& facts
) {
    std::optional<Found> surplus;
    const std::vector<std::size_t> open =
        unfilled(round.profile, round.pack, round.action, round.given);
    const auto& rules = round.action.signatures;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto standing = access::may(signer, std::span{&rules[i].by, 1}, facts);
        if (standing && std::find(open.begin(), open.end(), i) != open.end()) {
            return Found{i, *standing};
        }
        if (standing && !surplus) {
            surplus = Found{i, *standing};
        }
    }
    const bool over = still_open(round.profile, round.pack, round.action, round.given) == 0;
    return over ? surplus : std::nullopt;
}

Found find_rule(
    const Context& context,
    const Step& step,
    const std::vector<Kept>& kept,
    access::Actor signer,
    const core::Id& post
) {
    if (!post.is_nil()) {
        std::erase_if(signer.standings, [&](const auto& s) { return s.post != post; });
    }
    const OpenRound round{*context.profile, step.table->declared->pack, *step.action, kept};
    if (const auto found = find_wanted(round, signer, step.row.facts())) {
        return *found;
    }
    if (may_sign(signer, *step.action, step.row.facts())) {
        throw Problem{ProblemKind::Rejected, "signature.not_wanted"};
    }
    throw Problem{ProblemKind::Forbidden, "signature.signer_without_post"};
}

void refuse_without_second_factor(const Context& context, const Action& action) {
    if (action.second_factor &&
        context.now_ms - context.actor.second_factor_at_ms > kSecondFactorMs) {
        throw Problem{ProblemKind::Forbidden, "signature.second_factor"};
    }
}

Kept own_signature(
    store::Transaction& tx,
    const Context& context,
    const Step& step,
    const std::vector<Kept>& kept,
    Drawn& drawn
) {
    const core::Id person = context.actor.person;
    refuse_same_person(kept, person);
    refuse_unless_apart(tx, context.org, step, person);
    const core::Id wish = step.standing ? step.standing->post : core::Id{};
    const Found found = find_rule(context, step, kept, context.actor, wish);
    const bool delegated = !found.standing.signed_for.is_nil();
    if (delegated) {
        // Who is kept apart may not sign through a delegate either.
        refuse_unless_apart(tx, context.org, step, found.standing.signed_for);
        refuse_same_person(kept, found.standing.signed_for);
    }
    const SignatureKind kind = delegated ? SignatureKind::Delegated : SignatureKind::Own;
    refuse_kind(*step.action, kind);
    refuse_without_second_factor(context, *step.action);
    return {
        .id = core::make_id(core::from_ms(context.now_ms), drawn),
        .rule = found.rule,
        .counts = true,
        .signature =
            {.person = person,
             .post = found.standing.post,
             .role = step.action->signatures[found.rule].by.text(),
             .kind = std::string{declarations::text_of(kind)},
             .signed_for = found.standing.signed_for,
             .delegation = found.standing.delegation,
             .recorded_by = {},
             .compared_by = {},
             .signed_on = context.today.text(),
             .words = step.words,
             .scan = {},
             .at_ms = context.now_ms}
    };
}

/// A pen's signature as one person records it; it counts when another has compared it.
Kept recorded_signature(
    store::Transaction& tx,
    const Context& context,
    const Step& step,
    const std::vector<Kept>& kept,
    Drawn& drawn
) {
    const PaperSignature& paper = *step.paper;
    refuse_kind(*step.action, SignatureKind::Paper);
    if (paper.signer == context.actor.person) {
        throw Problem{ProblemKind::Rejected, "signature.recorder_is_signer"};
    }
    refuse_same_person(kept, paper.signer);
    refuse_unless_apart(tx, context.org, step, paper.signer);
    core::check(context.paper_signer.has_value(), "a paper signer is resolved before the lane");
    // A pen signs for its own post: kind is paper or delegated, never both (P01).
    access::Actor signer = *context.paper_signer;
    std::erase_if(signer.standings, [](const auto& s) { return !s.signed_for.is_nil(); });
    const Found found = find_rule(context, step, kept, signer, {});
    context.claim_file(
        tx,
        context.org,
        step.caused_by ? core::Id{} : context.actor.person,
        paper.scan,
        step.table->declared->name,
        step.row.id(),
        "signature"
    );
    return {
        .id = core::make_id(core::from_ms(context.now_ms), drawn),
        .rule = found.rule,
        .counts = false,
        .signature =
            {.person = paper.signer,
             .post = found.standing.post,
             .role = step.action->signatures[found.rule].by.text(),
             .kind = std::string{declarations::text_of(SignatureKind::Paper)},
             .signed_for = {},
             .delegation = {},
             .recorded_by = context.actor.person,
             .compared_by = {},
             .signed_on = paper.signed_on,
             .words = paper.words,
             .scan = paper.scan,
             .at_ms = context.now_ms}
    };
}

void compare_signature(
    store::Transaction& tx,
    const Context& context,
    const Step& step,
    std::vector<Kept>& kept,
    Round& round
) {
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const Kept& k) {
        return k.id == step.paper->compares && !k.counts;
    });
    if (found == kept.end()) {
        throw Problem{ProblemKind::NotFound, "signature.not_found"};
    }
    const core::Id comparer = context.actor.person;
    if (!may_compare(found->signature, comparer)) {
        throw Problem{ProblemKind::Rejected, "signature.comparer_is_recorder"};
    }
    const bool signs = may_sign(context.actor, *step.action, step.row.facts());
    if (step.action->blind && !may_see(context.actor, *found, signs)) {
        throw Problem{ProblemKind::NotFound, "signature.not_found"};
    }
    found->signature.compared_by = comparer;
    found->counts = true;
    tx.execute(
        kCompare, {store::value(context.org), store::value(found->id), store::value(comparer)}
    );
    round.given.push_back(found->signature);
}

}  // namespace

std::int64_t wanted(
    const OrgProfile& profile, const std::string& pack, const declarations::SignatureRule& rule
) {
    if (rule.count.parameter.empty()) {
        return rule.count.value;
    }
    const auto found = profile.parameters.find(pack + "." + rule.count.parameter);
    core::check(found != profile.parameters.end(), "a declared parameter has a value");
    return found->second.as_int64();
}

std::vector<std::size_t> unfilled(
    const OrgProfile& profile,
    const std::string& pack,
    const Action& action,
    const std::vector<OpenSignature>& given
) {
    std::vector<std::size_t> out;
    const auto& rules = action.signatures;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (std::ranges::count(given, i, &OpenSignature::rule) < wanted(profile, pack, rules[i])) {
            out.push_back(i);
        }
    }
    return out;
}

std::int64_t still_open(
    const OrgProfile& profile,
    const std::string& pack,
    const Action& action,
    const std::vector<OpenSignature>& given
) {
    std::int64_t open = 0;
    const auto& rules = action.signatures;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto counted = std::ranges::count_if(given, [&](const OpenSignature& one) {
            return one.rule == i && one.counts;
        });
        open += std::max<std::int64_t>(0, wanted(profile, pack, rules[i]) - counted);
    }
    return open;
}

bool may_compare(const journal::Signature& recorded, const core::Id& person) {
    return person != recorded.recorded_by && person != recorded.person;
}

bool may_sign(const access::Actor& actor, const Action& action, const access::EntryFacts& facts) {
    return std::ranges::any_of(action.signatures, [&](const auto& rule) {
        return access::may(actor, std::span{&rule.by, 1}, facts).has_value();
    });
}

std::optional<access::Standing> signing_standing(
    const OpenRound& round, const access::Actor& signer, const access::EntryFacts& facts
) {
    const auto found = find_wanted(round, signer, facts);
    return found ? std::optional{found->standing} : std::nullopt;
}

bool may_see(const access::Actor& actor, const OpenSignature& open, bool signs) {
    const journal::Signature& one = open.signature;
    return one.person == actor.person || one.recorded_by == actor.person ||
           one.compared_by == actor.person || (!open.counts && !signs);
}

std::optional<std::string> find_step_apart(
    store::Reader& reader,
    core::OrgId org,
    const Action& action,
    const core::Id& entry,
    const core::Id& person
) {
    if (action.apart_from.empty()) {
        return std::nullopt;
    }
    for (const store::Query& query : {kFindStep, kFindSigned}) {
        const std::vector<store::Value> key = {
            store::value(org), store::value(entry), store::value(person)
        };
        for (const store::Row& row : reader.query(query, key)) {
            const auto& apart = action.apart_from;
            if (std::find(apart.begin(), apart.end(), row.text(0)) != apart.end()) {
                return row.text(0);
            }
        }
    }
    return std::nullopt;
}

void refuse_unless_apart(
    store::Reader& reader, core::OrgId org, const Step& step, const core::Id& person
) {
    if (const auto apart = find_step_apart(reader, org, *step.action, step.row.id(), person)) {
        const Action* taken = step.table->declared->procedure.find_action(*apart);
        throw Problem{
            ProblemKind::Rejected,
            "signature.apart",
            {{"action", *apart}},
            {{"action", taken == nullptr ? core::Texts{} : taken->title}}
        };
    }
}

Round sign(store::Transaction& tx, const Context& context, const Step& step, Drawn& drawn) {
    std::vector<Kept> kept = load(tx, context.org, step.row.id(), step.action_name);
    Round round;
    if (step.paper && !step.paper->compares.is_nil()) {
        compare_signature(tx, context, step, kept, round);
    } else {
        kept.push_back(
            step.paper ? recorded_signature(tx, context, step, kept, drawn)
                       : own_signature(tx, context, step, kept, drawn)
        );
        save(tx, context, step, kept.back());
        round.given.push_back(kept.back().signature);
    }
    for (const Kept& k : kept) {
        if (k.counts) {
            round.counted.push_back(k.signature);
        }
    }
    // A sheet that nobody has compared ends no round, not even one of which fewer are wanted now.
    const bool recorded_only = step.paper && step.paper->compares.is_nil();
    round.open = still_open(*context.profile, step.table->declared->pack, *step.action, kept);
    if (recorded_only && round.open == 0) {
        round.open = 1;  // the comparison
    }
    return round;
}

bool changes_content(
    const declarations::Register& declared, const std::vector<journal::Change>& changes
) {
    return std::ranges::any_of(changes, [&](const journal::Change& change) {
        const bool by_clock =
            change.field.starts_with(kDeadlinePrefix) ||
            std::ranges::any_of(declared.procedure.deadlines, [&](const auto& deadline) {
                return deadline.first_field == change.field;
            });
        return !by_clock;
    });
}

void end_rounds(
    store::Transaction& tx, core::OrgId org, const core::Id& entry, std::string_view standing
) {
    tx.execute(kEnd, {store::value(org), store::value(entry), std::string{standing}});
}

std::vector<OpenSignature> open_signatures(
    store::Reader& reader, core::OrgId org, const core::Id& entry, std::string_view action
) {
    return load(reader, org, entry, action);
}

}  // namespace duban::registers
