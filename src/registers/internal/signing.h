// Signature rounds (P01, E22): who signed, of what kind, and whether it is enough.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journal/record.h"
#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

/// The state of a round after this request's part in it.
struct Round {
    std::vector<journal::Signature> counted;  ///< of the open round, in order
    std::vector<journal::Signature> given;    ///< what this request added
    std::int64_t open = 0;                    ///< still wanted
};

/// How many signatures `rule` wants: the number declared, or the parameter's value (P35).
[[nodiscard]] std::int64_t wanted(
    const OrgProfile& profile, const std::string& pack, const declarations::SignatureRule& rule
);

/// A signature of an open round; from paper it counts only when it was compared.
struct OpenSignature {
    core::Id id;
    std::size_t rule = 0;
    bool counts = false;
    journal::Signature signature;
};

/// The rules of the action that still want a signature beside those `given`; places in its list.
[[nodiscard]] std::vector<std::size_t> unfilled(
    const OrgProfile& profile,
    const std::string& pack,
    const declarations::Action& action,
    const std::vector<OpenSignature>& given
);
/// How many signatures that count the round still wants, rule by rule: one too many of a role
/// never stands for one of another.
[[nodiscard]] std::int64_t still_open(
    const OrgProfile& profile,
    const std::string& pack,
    const declarations::Action& action,
    const std::vector<OpenSignature>& given
);

/// E22: neither who recorded a sheet nor who signed it compares it.
[[nodiscard]] bool may_compare(const journal::Signature& recorded, const core::Id& person);

/// Whether `actor` could sign the action under one of its rules.
[[nodiscard]] bool may_sign(
    const access::Actor& actor, const declarations::Action& action, const access::EntryFacts& facts
);

/// An action's round as it stands.
struct OpenRound {
    const OrgProfile& profile;
    const std::string& pack;
    const declarations::Action& action;
    const std::vector<OpenSignature>& given;
};
/// Under which of his posts the round still takes a signature of `signer`: none when those of his
/// role are all given and it waits for others, or for a comparison.
[[nodiscard]] std::optional<access::Standing> signing_standing(
    const OpenRound& round, const access::Actor& signer, const access::EntryFacts& facts
);

/// Of a blind round (E03): nobody who signs sees another's part before the round ends. A sheet
/// that waits for its comparison is seen by those who may compare it and do not sign.
[[nodiscard]] bool may_see(const access::Actor& actor, const OpenSignature& open, bool signs);

/// Adds the actor's own or delegated signature, records one from paper, or compares one that was
/// recorded. Refuses: signature.same_person, signature.apart, signature.kind_not_allowed,
/// signature.second_factor, signature.not_wanted, signature.recorder_is_signer,
/// signature.comparer_is_recorder, signature.not_found, signature.signer_without_post.
[[nodiscard]] Round sign(
    store::Transaction& tx, const Context& context, const Step& step, Drawn& drawn
);

/// The step that keeps `person` from the action (`apart_from`): he took it or signed for it.
[[nodiscard]] std::optional<std::string> find_step_apart(
    store::Reader& reader,
    core::OrgId org,
    const declarations::Action& action,
    const core::Id& entry,
    const core::Id& person
);

/// Refuses with signature.apart when `person` took one of the steps the action is apart from.
void refuse_unless_apart(
    store::Reader& reader, core::OrgId org, const Step& step, const core::Id& person
);

/// Ends the open round of every action of the entry: `standing` is "counted" or "void".
void end_rounds(
    store::Transaction& tx, core::OrgId org, const core::Id& entry, std::string_view standing
);

/// Whether what people sign is otherwise after these changes: any field but those in which clocks
/// keep the first date, and not the clocks themselves. An action that does so voids the open rounds
/// of its entry: nobody's signature stands under what he has not seen.
[[nodiscard]] bool changes_content(
    const declarations::Register& declared, const std::vector<journal::Change>& changes
);

/// Signatures given in the open round of an action, in order.
[[nodiscard]] std::vector<OpenSignature> open_signatures(
    store::Reader& reader, core::OrgId org, const core::Id& entry, std::string_view action
);

}  // namespace duban::registers
