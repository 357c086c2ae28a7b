// The search index follows the journal (E08, E20): in batches, from its own position, resumable;
// rebuilding it is resetting the position.

#pragma once

#include <cstdint>

#include "registers/registers.h"
#include "search/search.h"

namespace duban::registers {

class SearchFollower {
public:
    SearchFollower(Registers& registers, const search::Search& search)
        : registers_{registers}, search_{search} {}

    /// Indexes the entries of the next records of an org, at most `records_max`; the number read.
    /// Zero: it has caught up.
    std::int64_t follow(core::OrgId org, std::int64_t records_max = 200);
    /// How many records of the org it has followed.
    [[nodiscard]] std::int64_t position(store::Reader& reader, core::OrgId org) const;
    /// Begins again from the first record.
    void reset(core::OrgId org);
    /// The same for every org: after an adoption that searches other words.
    static void restart(store::Transaction& tx);

    /// What `actor` may search, for Search::find; sealed registers and fields are never indexed.
    [[nodiscard]] std::vector<search::SearchScope> scopes(const access::Actor& actor) const;

private:
    Registers& registers_;
    const search::Search& search_;
};

}  // namespace duban::registers
