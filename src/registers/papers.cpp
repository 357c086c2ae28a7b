#include "registers/papers.h"

#include <algorithm>

#include "registers/internal/signing.h"

namespace duban::registers {

namespace {

using declarations::Action;
using declarations::SignatureKind;

bool takes_paper(const Action& action, const std::string& state) {
    return !action.reached_by_acts && !action.signatures.empty() &&
           action.kinds.contains(SignatureKind::Paper) &&
           std::ranges::find(action.from, state) != action.from.end();
}

/// Whether a sheet more would be taken. Of a blind round that is not told: how many it has is not.
bool takes_more(
    const Registers& registers,
    store::Reader& reader,
    const access::Actor& actor,
    const declarations::Register& declared,
    const Action& action,
    const core::Id& entry
) {
    const auto given = open_signatures(reader, actor.org, entry, action.name);
    const auto profile = registers.profile(actor.org);
    return action.blind || !unfilled(*profile, declared.pack, action, given).empty() ||
           still_open(*profile, declared.pack, action, given) == 0;
}

}  // namespace

std::vector<PaperOffer> paper_offers(
    const Registers& registers,
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const Entry& entry
) {
    const auto adopted = registers.adopted();
    const declarations::Register& declared = *adopted->table(register_name).declared;
    const auto standing =
        access::may(actor, declared.readers(), {entry.id, entry.unit, entry.opened_by});
    std::vector<PaperOffer> out;
    if (!standing) {
        return out;
    }
    for (const Action& action : declared.procedure.actions) {
        if (!takes_paper(action, entry.state)) {
            continue;
        }
        const PaperOffer offer{
            .action = &action, .compares = {}, .post = standing->post, .role = standing->role
        };
        if (takes_more(registers, reader, actor, declared, action, entry.id)) {
            out.push_back(offer);
        }
        for (const auto& given : registers.round(reader, actor, entry, action)) {
            if (!given.counts && may_compare(given.signature, actor.person)) {
                out.push_back(offer);
                out.back().compares = given.id;
            }
        }
    }
    return out;
}

}  // namespace duban::registers
