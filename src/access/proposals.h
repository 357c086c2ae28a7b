// Changes that two administrators make together (E10): the system administrator proposes, the
// security administrator approves, and only then it is applied, in one transaction with the
// records of both.
//
//     proposals.offer("adopt", {.apply = …, .after_commit = …});            // app, at start
//     const core::Id id = proposals.propose(system, {.kind = "adopt", .payload = …,
//                                                    .difference = …, .on = today});
//     proposals.approve(security, {.proposal = id, .on = today});
//
// `difference` says in plain words what would be otherwise: a list of {"code", "params"} whose
// sentences stand in the locales. It is shown before and recorded with both steps (register
// "proposal": proposed, approved, refused, withdrawn).

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "core/json.h"

namespace duban::access {

inline constexpr std::size_t kProposalPayloadBytesMax = 4UL * 1024 * 1024;
inline constexpr std::size_t kDifferencesMax = 2000;  ///< E15: as many as rows of a sheet

enum class ProposalState { Open, Approved, Refused, Withdrawn };
[[nodiscard]] std::string_view text_of(ProposalState state);

struct Proposal {
    core::Id id;
    std::int64_t revision = 0;
    std::string kind;     ///< adopt, parameter, post, delegation, division, …
    std::string payload;  ///< what its applier reads; its SHA-256 is recorded
    core::Json difference;
    core::Id proposed_by;
    std::int64_t proposed_at_ms = 0;
    ProposalState state = ProposalState::Open;
    core::Id decided_by;
    std::int64_t decided_at_ms = 0;
    std::string reason;  ///< of a refusal
};

/// Who stands behind a change that is applied, and what its records need.
struct Approval {
    Access::Author author;  ///< the proposer, `approved_by` and the day of approval
    Access::Drawn drawn;
};

/// Applies a kind of proposal within the transaction of its approval. What it throws leaves the
/// proposal open.
using Applier = std::function<void(store::Transaction&, const Proposal&, const Approval&)>;

struct ProposalKind {
    Applier apply;
    /// After the approval is durable: snapshots to drop, models to load.
    std::function<void(core::OrgId, const Proposal&)> after_commit = {};
};

/// Kinds are offered before the first proposal; then it is safe to use from several threads.
class Proposals {
public:
    Proposals(
        store::Store& store,
        const journal::Journal& journal,
        const Access& access,
        const core::Clock& clock,
        core::Random& random
    );

    void offer(std::string kind, ProposalKind how);
    /// Kinds "post", "delegation" and "division": payload_of() a list of rows, put_in() the
    /// directory.
    void offer_directory_kinds();

    struct Draft {
        std::string kind;
        std::string payload;
        core::Json difference;
        std::string on;
    };
    /// Problems: administration.not_system_admin, proposal.unknown_kind, proposal.too_large,
    /// proposal.no_difference.
    core::Id propose(const Actor& actor, const Draft& draft);

    struct Decision {
        core::Id proposal;
        std::string on;
        std::string reason = {};  ///< needed to refuse
    };
    /// Problems: proposal.not_found, proposal.decided, administration.same_person,
    /// administration.not_security_admin, administration.not_system_admin when the proposer is
    /// none any more, and what the applier throws.
    void approve(const Actor& actor, const Decision& decision);
    /// By whom could approve. Problems: as approve, proposal.no_reason.
    void refuse(const Actor& actor, const Decision& decision);
    /// By the proposer. Problems: proposal.not_found, proposal.decided, proposal.not_yours.
    void withdraw(const Actor& actor, const Decision& decision);

    /// Problem{NotFound, "proposal.not_found"}.
    [[nodiscard]] Proposal load(core::OrgId org, const core::Id& id) const;
    /// Newest first, at most 200; all states, or only those in `state`.
    [[nodiscard]] std::vector<Proposal> list(
        core::OrgId org, std::optional<ProposalState> state = {}
    ) const;

private:
    struct Step;
    void decide(const Actor& actor, const Decision& decision, const Step& step);

    store::Store& store_;
    const journal::Journal& journal_;
    const Access& access_;
    const core::Clock& clock_;
    core::Random& random_;
    std::map<std::string, ProposalKind, std::less<>> kinds_;
};

/// Rows as the payload of a proposal, and what they would change in words.
[[nodiscard]] std::string payload_of(const std::vector<Post>& posts);
[[nodiscard]] std::string payload_of(const std::vector<Delegation>& delegations);
[[nodiscard]] std::string payload_of(const std::vector<Division>& divisions);
/// Problem{Invalid, "proposal.malformed"}.
[[nodiscard]] std::vector<Post> posts_of_payload(std::string_view payload);
[[nodiscard]] std::vector<Delegation> delegations_of_payload(std::string_view payload);
[[nodiscard]] std::vector<Division> divisions_of_payload(std::string_view payload);
/// One {"code", "params"} a row: difference.post_opened, .post_amended, .delegation_opened,
/// .delegation_amended, .division_opened, .division_amended; params person, from, to; of a post
/// and a delegation unit, role, of a delegation delegate, paper, of a division charge: the unit,
/// and the area when it has one.
[[nodiscard]] core::Json difference_of(const Directory& directory, const std::vector<Post>& posts);
[[nodiscard]] core::Json difference_of(
    const Directory& directory, const std::vector<Delegation>& delegations
);
[[nodiscard]] core::Json difference_of(
    const Directory& directory, const std::vector<Division>& divisions
);

}  // namespace duban::access
