#include "registers/registers.h"

#include <algorithm>
#include <span>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/act.h"
#include "registers/internal/answers.h"
#include "registers/internal/clocks.h"
#include "registers/internal/opening.h"
#include "registers/internal/row.h"
#include "registers/internal/signing.h"
#include "registers/internal/tables.h"
#include "registers/internal/telling.h"
#include "registers/reading.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;

constexpr std::size_t kSeedBytes = 32;

/// Rights as they are now: the actor's directory may have changed since the request was prepared.
void refresh(const access::Access& access, Context& context) {
    if (access.directory(context.org) == context.actor.directory) {
        return;
    }
    access::Actor now = access.actor(context.org, context.actor.person, context.today);
    now.account = context.actor.account;
    now.language = context.actor.language;
    now.second_factor_at_ms = context.actor.second_factor_at_ms;
    context.actor = std::move(now);
}

}  // namespace

Registers::Registers(
    store::Store& store,
    const journal::Journal& journal,
    access::Access& access,
    const core::Clock& clock,
    core::Random& random,
    ClaimFile claim_file
)
    : store_{store},
      journal_{journal},
      access_{access},
      clock_{clock},
      random_{random},
      claim_file_{std::move(claim_file)} {}

void Registers::migrate(store::Store& store) {
    store.migrate("registers", tables::migrations());
}

void Registers::enforce(std::shared_ptr<const Adopted> adopted) {
    adopted_.with([&](auto& current) { current = std::move(adopted); });
}

std::shared_ptr<const Adopted> Registers::adopted() const {
    auto current = find_adopted();
    if (!current) {
        throw Problem{ProblemKind::Unavailable, "pack.none_adopted"};
    }
    return current;
}

std::shared_ptr<const Adopted> Registers::find_adopted() const {
    return adopted_.with([](const auto& adopted) { return adopted; });
}

std::shared_ptr<const OrgProfile> Registers::profile(core::OrgId org) const {
    auto known = profiles_.with([&](auto& profiles) {
        const auto found = profiles.find(org);
        return found == profiles.end() ? nullptr : found->second;
    });
    if (known) {
        return known;
    }
    std::shared_ptr<const OrgProfile> loaded;
    store_.read([&](store::Reader& reader) {
        loaded = std::make_shared<OrgProfile>(load_profile(reader, org));
    });
    profiles_.with([&](auto& profiles) { profiles[org] = loaded; });
    return loaded;
}

void Registers::forget_profile(core::OrgId org) const {
    profiles_.with([&](auto& profiles) { profiles.erase(org); });
}

calendar::Date Registers::today(core::OrgId org) const {
    return calendar::civil_date(clock_.now(), profile(org)->zone);
}

Context Registers::context_of(const access::Actor& actor, const Request& request) const {
    Context context{
        .org = actor.org,
        .adopted = adopted(),
        .profile = profile(actor.org),
        .actor = actor,
        .paper_signer = {},
        .now_ms = core::to_ms(clock_.now()),
        .today = today(actor.org),
        .journal = &journal_,
        .claim_file = claim_file_
    };
    if (request.paper && request.paper->compares.is_nil()) {
        const auto signed_on = calendar::Date::parse(request.paper->signed_on);
        if (!signed_on || *signed_on > context.today) {
            throw Problem{ProblemKind::Invalid, "signature.date_malformed"};
        }
        context.paper_signer = access_.actor(actor.org, request.paper->signer, *signed_on);
    }
    return context;
}

Applied Registers::apply(const access::Actor& actor, const Request& request) {
    Context context = context_of(actor, request);
    const std::string seed = random_.bytes(kSeedBytes);
    Applied applied;
    store_.write(actor.org, [&](store::Transaction& tx) {
        applied = apply_in(tx, actor, request, context, seed);
    });
    return applied;
}

void Registers::try_out(const access::Actor& actor, const Request& request) const {
    struct TakenBack {};
    Context context = context_of(actor, request);
    const std::string seed = random_.bytes(kSeedBytes);
    try {
        store_.write(actor.org, [&](store::Transaction& tx) {
            static_cast<void>(apply_in(tx, actor, request, context, seed));
            throw TakenBack{};
        });
    } catch (const TakenBack&) {
        // Nothing stays of it: the lane rolled the job back.
    }
}

std::vector<Applied> Registers::apply_all(
    const access::Actor& actor, std::span<const Request> requests
) {
    core::check(requests.size() <= kRequestsMax, "apply_all() takes at most kRequestsMax");
    std::vector<Context> contexts;
    std::vector<std::string> seeds;
    for (const Request& request : requests) {
        contexts.push_back(context_of(actor, request));
        seeds.push_back(random_.bytes(kSeedBytes));
    }
    std::vector<Applied> applied;
    store_.write(actor.org, [&](store::Transaction& tx) {
        applied.clear();
        for (std::size_t i = 0; i < requests.size(); ++i) {
            applied.push_back(apply_in(tx, actor, requests[i], contexts[i], seeds[i]));
        }
    });
    return applied;
}

Applied Registers::apply_in(
    store::Transaction& tx,
    const access::Actor& actor,
    const Request& request,
    Context& context,
    const std::string& seed
) const {
    if (const auto answered = find_answer(tx, actor, request)) {
        return *answered;
    }
    refresh(access_, context);
    // E18: the rows carry the time that the record will carry.
    context.now_ms = std::max(context.now_ms, journal_.head(tx, actor.org).last_recorded_at_ms);
    tell_org(tx, context, seed);
    if (profile_version(tx, actor.org) != context.profile->version) {
        context.profile = std::make_shared<const OrgProfile>(load_profile(tx, actor.org));
    }
    Applied applied = act(tx, context, request, seed);
    keep_answer(tx, actor, request, applied, context.now_ms);
    return applied;
}

std::optional<Entry> Registers::find_entry(
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const core::Id& id
) const {
    const auto in_force = adopted();
    const Table& table = in_force->table(register_name);
    const auto row = EntryRow::find(reader, table, actor.org, id);
    if (!row || !may_read(reader, *in_force, actor, *table.declared, row->facts())) {
        return std::nullopt;
    }
    return row->entry(reader, actor.org);
}

Entry Registers::entry(
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const core::Id& id
) const {
    auto found = find_entry(reader, actor, register_name, id);
    if (!found) {
        throw Problem{ProblemKind::NotFound, "entry.not_found"};
    }
    return *std::move(found);
}

std::optional<core::Id> Registers::find_number(
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const std::string& number
) const {
    const auto in_force = adopted();
    const Table& table = in_force->table(register_name);
    const std::string sql = table.select_list + " where org = $1 and number = $2";
    const store::Rows rows =
        reader.query({"registers.find_number", sql}, {store::value(actor.org), number});
    if (rows.empty()) {
        return std::nullopt;
    }
    const EntryRow row{table, rows.front()};
    const bool readable = may_read(reader, *in_force, actor, *table.declared, row.facts());
    return readable ? std::optional{row.id()} : std::nullopt;
}

std::string Registers::light(
    core::OrgId org, const declarations::Register& declared, const Entry& entry
) const {
    const auto due = calendar::Date::parse(entry.due_on);
    if (!due || declared.procedure.deadlines.empty()) {
        return {};
    }
    return light_of(
        lights_of(declared.procedure.deadlines.front().lights, *profile(org), declared.pack),
        *due,
        today(org)
    );
}

std::int64_t Registers::signatures_wanted(
    core::OrgId org, const declarations::Register& declared, const declarations::Action& action
) const {
    std::int64_t sum = 0;
    for (const auto& rule : action.signatures) {
        sum += wanted(*profile(org), declared.pack, rule);
    }
    return sum;
}

std::vector<RunningDeadline> Registers::deadlines(
    store::Reader& reader, core::OrgId org, std::string_view register_name, const core::Id& id
) const {
    const auto in_force = adopted();
    return load_clocks(
        reader, org, *profile(org), *in_force->table(register_name).declared, id, today(org)
    );
}

std::vector<Registers::Offer> Registers::offers(
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const Entry& entry
) const {
    const auto in_force = adopted();
    const declarations::Register& declared = *in_force->table(register_name).declared;
    const access::EntryFacts facts{entry.id, entry.unit, entry.opened_by};
    const auto in_org = profile(actor.org);
    std::vector<Offer> offers;
    for (const declarations::Action& action : declared.procedure.actions) {
        const auto& from = action.from;
        if (action.reached_by_acts || is_typed_elsewhere(declared, action) ||
            std::find(from.begin(), from.end(), entry.state) == from.end()) {
            continue;
        }
        auto standing = access::may(actor, action.roles(), facts);
        if (!standing || find_step_apart(reader, actor.org, action, entry.id, actor.person)) {
            continue;
        }
        const std::vector<OpenSignature> given =
            action.signatures.empty() ? std::vector<OpenSignature>{}
                                      : open_signatures(reader, actor.org, entry.id, action.name);
        if (std::ranges::any_of(given, [&](const OpenSignature& one) {
                return one.signature.person == actor.person;
            })) {
            continue;  // his part in the round is done
        }
        if (may_sign(actor, action, facts)) {
            const OpenRound open{*in_org, declared.pack, action, given};
            const auto signing = signing_standing(open, actor, facts);
            // Of a blind round nobody is told that enough have signed.
            if (!signing && !action.blind) {
                continue;
            }
            standing = signing ? signing : standing;
        }
        Offer offer{.action = &action, .post = standing->post, .role = standing->role};
        offer.signatures_wanted = signatures_wanted(actor.org, declared, action);
        if (!given.empty()) {
            offer.signatures_given = static_cast<std::int64_t>(
                std::ranges::count_if(round(reader, actor, entry, action), &GivenSignature::counts)
            );
        }
        offers.push_back(std::move(offer));
    }
    return offers;
}

std::vector<Registers::GivenSignature> Registers::round(
    store::Reader& reader,
    const access::Actor& actor,
    const Entry& entry,
    const declarations::Action& action
) const {
    std::vector<GivenSignature> out;
    if (action.signatures.empty()) {
        return out;
    }
    const bool signs = may_sign(actor, action, {entry.id, entry.unit, entry.opened_by});
    for (const OpenSignature& open : open_signatures(reader, actor.org, entry.id, action.name)) {
        if (!action.blind || may_see(actor, open, signs)) {
            out.push_back({.id = open.id, .signature = open.signature, .counts = open.counts});
        }
    }
    return out;
}

std::vector<journal::Signature> Registers::unseen(
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const Entry& entry
) const {
    const auto in_force = adopted();
    std::vector<journal::Signature> out;
    for (const auto& action : in_force->table(register_name).declared->procedure.actions) {
        if (!action.blind || action.signatures.empty()) {
            continue;
        }
        const bool signs = may_sign(actor, action, {entry.id, entry.unit, entry.opened_by});
        for (const auto& open : open_signatures(reader, actor.org, entry.id, action.name)) {
            if (!may_see(actor, open, signs)) {
                out.push_back(open.signature);
            }
        }
    }
    return out;
}

}  // namespace duban::registers
