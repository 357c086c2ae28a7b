// Which register or control shows that a promise holds (E39): proposed from the words that packs
// name by `keywords:`, confirmed or rejected by a person.
//
//     targets_of(model, "建立干部兼职日常管理台账");   // {{"concurrent_post", "干部兼职"}, …}
//     propose_links(registers, listing, actor, notice);

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "declarations/model.h"
#include "rectification/notice.h"
#include "registers/listing.h"

namespace duban::rectification {

struct LinkTarget {
    std::string name;  ///< of a register or control
    std::string word;  ///< the keyword that the statement has
    bool operator==(const LinkTarget&) const = default;
};

/// Every register and control one of whose keywords stands in `statement`, in the order of the
/// packs; each once, by the first of its words.
[[nodiscard]] std::vector<LinkTarget> targets_of(
    const declarations::Model& model, std::string_view statement
);

/// Opens a `statement_link` in the actor's name for each target of each measure of the notice that
/// he may read; what was proposed before, confirmed or rejected, is not proposed again.
/// Problem{NotFound, "entry.not_found"} for a notice he may not read.
std::vector<EnteredEntry> propose_links(
    registers::Registers& registers,
    const registers::Listing& listing,
    const access::Actor& actor,
    const core::Id& notice
);

}  // namespace duban::rectification
