#include "access/proposals.h"

#include <algorithm>
#include <array>
#include <utility>

#include "access/internal/administrators.h"
#include "access/internal/state.h"
#include "core/check.h"
#include "core/problem.h"
#include "crypto/digest.h"

namespace duban::access {

namespace {

constexpr std::int64_t kListMax = 200;
constexpr std::size_t kReasonBytesMax = 3000;

constexpr store::Query kFind{
    "access.find_proposal",
    "select id, revision, kind, payload, difference, proposed_by, proposed_at_ms, state, "
    "decided_by, decided_at_ms, reason from d_proposal where org = $1 and id = $2"
};
constexpr store::Query kListAll{
    "access.list_proposals",
    "select id, revision, kind, payload, difference, proposed_by, proposed_at_ms, state, "
    "decided_by, decided_at_ms, reason from d_proposal where org = $1 "
    "order by proposed_at_ms desc, id desc limit $2"
};
constexpr store::Query kListInState{
    "access.list_proposals_in_state",
    "select id, revision, kind, payload, difference, proposed_by, proposed_at_ms, state, "
    "decided_by, decided_at_ms, reason from d_proposal where org = $1 and state = $3 "
    "order by proposed_at_ms desc, id desc limit $2"
};
constexpr store::Query kSave{
    "access.save_proposal",
    "insert into d_proposal (org, id, revision, kind, payload, difference, proposed_by, "
    "proposed_at_ms, state, decided_by, decided_at_ms, reason) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
    "on conflict (org, id) do update set revision = excluded.revision, state = excluded.state, "
    "decided_by = excluded.decided_by, decided_at_ms = excluded.decided_at_ms, "
    "reason = excluded.reason"
};

constexpr std::array kStates{
    ProposalState::Open, ProposalState::Approved, ProposalState::Refused, ProposalState::Withdrawn
};

ProposalState read_state(std::string_view text) {
    const auto* const found =
        std::ranges::find_if(kStates, [&](ProposalState state) { return text_of(state) == text; });
    if (found == kStates.end()) {
        throw core::Problem{core::ProblemKind::Corrupt, "proposal.corrupt"};
    }
    return *found;
}

Proposal read_proposal(const store::Row& row) {
    return {
        .id = row.id(0),
        .revision = row.integer(1),
        .kind = row.text(2),
        .payload = row.text(3),
        .difference = core::parse_json(row.text(4)),
        .proposed_by = row.id(5),
        .proposed_at_ms = row.integer(6),
        .state = read_state(row.text(7)),
        .decided_by = row.id(8),
        .decided_at_ms = row.find_integer(9).value_or(0),
        .reason = row.text(10)
    };
}

Proposal load_proposal(store::Reader& reader, core::OrgId org, const core::Id& id) {
    const store::Rows rows = reader.query(kFind, {store::value(org), store::value(id)});
    if (rows.empty()) {
        throw core::Problem{core::ProblemKind::NotFound, "proposal.not_found"};
    }
    return read_proposal(rows.front());
}

void save_proposal(store::Transaction& tx, core::OrgId org, const Proposal& proposal) {
    const bool decided = proposal.state != ProposalState::Open;
    tx.execute(
        kSave,
        {store::value(org),
         store::value(proposal.id),
         proposal.revision,
         proposal.kind,
         proposal.payload,
         core::canonical_json(proposal.difference),
         store::value(proposal.proposed_by),
         proposal.proposed_at_ms,
         std::string{text_of(proposal.state)},
         store::value_or_null(proposal.decided_by),
         decided ? store::Value{proposal.decided_at_ms} : store::Value{},
         proposal.reason}
    );
}

journal::Change change_of(std::string field, core::Json value) {
    journal::Change change;
    change.field = std::move(field);
    change.value = std::move(value);
    return change;
}

calendar::Date day_of(const std::string& on) {
    const std::optional<calendar::Date> day = calendar::Date::parse(on);
    core::check(day.has_value(), "a proposal has its civil date");
    return *day;
}

/// What both records of a proposal say: kind, the payload's digest, the difference in words.
std::vector<journal::Change> told(const Proposal& proposal) {
    return {
        change_of("kind", core::Json(proposal.kind)),
        change_of("payload", core::Json(crypto::sha256(proposal.payload).hex())),
        change_of("difference", proposal.difference)
    };
}

void check_difference(const core::Json& difference) {
    const bool plain = difference.is_array() && !difference.as_array().empty() &&
                       difference.as_array().size() <= kDifferencesMax &&
                       std::ranges::all_of(difference.as_array(), [](const core::Json& line) {
                           return core::find_string(line, "code").has_value();
                       });
    if (!plain) {
        throw core::Problem{core::ProblemKind::Rejected, "proposal.no_difference"};
    }
}

}  // namespace

/// How a proposal is decided: the state it comes to and the name of the record.
struct Proposals::Step {
    ProposalState to;
    std::string_view action;
};

std::string_view text_of(ProposalState state) {
    switch (state) {
        case ProposalState::Open: return "open";
        case ProposalState::Approved: return "approved";
        case ProposalState::Refused: return "refused";
        case ProposalState::Withdrawn: return "withdrawn";
    }
    return "open";
}

Proposals::Proposals(
    store::Store& store,
    const journal::Journal& journal,
    const Access& access,
    const core::Clock& clock,
    core::Random& random
)
    : store_{store}, journal_{journal}, access_{access}, clock_{clock}, random_{random} {}

void Proposals::offer(std::string kind, ProposalKind how) {
    core::check(how.apply != nullptr, "a kind of proposal can be applied");
    kinds_.insert_or_assign(std::move(kind), std::move(how));
}

void Proposals::offer_directory_kinds() {
    const auto offer_rows = [this](std::string kind, auto rows_of_payload) {
        offer(
            std::move(kind),
            {.apply =
                 [this, rows_of_payload](
                     store::Transaction& tx, const Proposal& proposal, const Approval& approval
                 ) {
                     access_.put_in(
                         tx, approval.author, rows_of_payload(proposal.payload), approval.drawn
                     );
                 },
             .after_commit = [this](
                                 core::OrgId org, const Proposal& /*proposal*/
                             ) { access_.forget(org); }}
        );
    };
    offer_rows("post", &posts_of_payload);
    offer_rows("delegation", &delegations_of_payload);
    offer_rows("division", &divisions_of_payload);
}

core::Id Proposals::propose(const Actor& actor, const Draft& draft) {
    if (!kinds_.contains(draft.kind)) {
        throw core::Problem{
            core::ProblemKind::Invalid, "proposal.unknown_kind", {{"kind", draft.kind}}
        };
    }
    if (draft.payload.size() > kProposalPayloadBytesMax) {
        throw core::Problem{core::ProblemKind::TooLarge, "proposal.too_large"};
    }
    check_difference(draft.difference);
    const calendar::Date day = day_of(draft.on);
    const Access::Drawn drawn = access_.draw();
    const Proposal proposal{
        .id = core::make_id(clock_.now(), random_),
        .revision = 1,
        .kind = draft.kind,
        .payload = draft.payload,
        .difference = draft.difference,
        .proposed_by = actor.person,
        .proposed_at_ms = drawn.at_ms,
        .state = ProposalState::Open,
        .decided_by = {},
        .decided_at_ms = 0,
        .reason = {}
    };
    store_.write(actor.org, [&](store::Transaction& tx) {
        const Directory directory = internal::load_state(tx, actor.org).directory();
        const internal::Seated seated = internal::seat_author(directory, actor.person, day);
        save_proposal(tx, actor.org, proposal);
        journal::Draft record;
        record.org = actor.org;
        record.register_name = "proposal";
        record.entry = proposal.id;
        record.action = "proposed";
        record.actor = actor.person;
        record.post = seated.post;
        record.state_after = text_of(ProposalState::Open);
        record.changes = told(proposal);
        record.on = draft.on;
        record.recorded_at_ms = drawn.at_ms;
        record.salt_seed = drawn.seed;
        journal_.append(tx, record);
    });
    return proposal.id;
}

void Proposals::decide(const Actor& actor, const Decision& decision, const Step& step) {
    const calendar::Date day = day_of(decision.on);
    const Access::Drawn drawn = access_.draw();
    const Access::Drawn applied = access_.draw();
    Proposal proposal;
    store_.write(actor.org, [&](store::Transaction& tx) {
        proposal = load_proposal(tx, actor.org, decision.proposal);
        if (proposal.state != ProposalState::Open) {
            throw core::Problem{
                core::ProblemKind::Conflict,
                "proposal.decided",
                {{"state", std::string{text_of(proposal.state)}}}
            };
        }
        const Directory directory = internal::load_state(tx, actor.org).directory();
        internal::Seated seated{.person = actor.person, .post = {}, .role = {}};
        if (step.to == ProposalState::Withdrawn) {
            if (actor.person != proposal.proposed_by) {
                throw core::Problem{core::ProblemKind::Forbidden, "proposal.not_yours"};
            }
        } else {
            seated = internal::seat_second(directory, proposal.proposed_by, actor.person, day);
        }
        if (step.to == ProposalState::Approved) {
            (void)internal::seat_author(directory, proposal.proposed_by, day);
        }
        proposal.state = step.to;
        proposal.decided_by = actor.person;
        proposal.decided_at_ms = drawn.at_ms;
        proposal.reason = decision.reason;
        ++proposal.revision;
        save_proposal(tx, actor.org, proposal);

        journal::Draft record;
        record.org = actor.org;
        record.register_name = "proposal";
        record.entry = proposal.id;
        record.revision = proposal.revision;
        record.action = step.action;
        record.actor = actor.person;
        record.post = seated.post;
        record.state_before = text_of(ProposalState::Open);
        record.state_after = text_of(step.to);
        record.changes = told(proposal);
        if (!proposal.reason.empty()) {
            record.inputs = {change_of("reason", core::Json(proposal.reason))};
        }
        record.on = decision.on;
        record.recorded_at_ms = drawn.at_ms;
        record.salt_seed = drawn.seed;
        journal_.append(tx, record);
        if (step.to == ProposalState::Approved) {
            kinds_.at(proposal.kind)
                .apply(
                    tx,
                    proposal,
                    {.author =
                         {.org = actor.org,
                          .person = proposal.proposed_by,
                          .approved_by = actor.person,
                          .on = decision.on},
                     .drawn = applied}
                );
        }
    });
    if (step.to == ProposalState::Approved && kinds_.at(proposal.kind).after_commit) {
        kinds_.at(proposal.kind).after_commit(actor.org, proposal);
    }
}

void Proposals::approve(const Actor& actor, const Decision& decision) {
    decide(actor, decision, {.to = ProposalState::Approved, .action = "approved"});
}

void Proposals::refuse(const Actor& actor, const Decision& decision) {
    if (decision.reason.empty() || decision.reason.size() > kReasonBytesMax) {
        throw core::Problem{core::ProblemKind::Rejected, "proposal.no_reason"};
    }
    decide(actor, decision, {.to = ProposalState::Refused, .action = "refused"});
}

void Proposals::withdraw(const Actor& actor, const Decision& decision) {
    decide(actor, decision, {.to = ProposalState::Withdrawn, .action = "withdrawn"});
}

Proposal Proposals::load(core::OrgId org, const core::Id& id) const {
    Proposal found;
    store_.read([&](store::Reader& reader) { found = load_proposal(reader, org, id); });
    return found;
}

std::vector<Proposal> Proposals::list(core::OrgId org, std::optional<ProposalState> state) const {
    std::vector<Proposal> found;
    store_.read([&](store::Reader& reader) {
        const store::Rows rows =
            state ? reader.query(
                        kListInState, {store::value(org), kListMax, std::string{text_of(*state)}}
                    )
                  : reader.query(kListAll, {store::value(org), kListMax});
        for (const store::Row& row : rows) {
            found.push_back(read_proposal(row));
        }
    });
    return found;
}

}  // namespace duban::access
