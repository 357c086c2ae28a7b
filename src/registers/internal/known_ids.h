// Which ids an actor may be told of where a rule's answer names them: those of the directory, which
// everybody reads, and those of entries that he may read (E23).
//
//     KnownIds known{adopted, reader, actor};
//     if (!known.tells(id)) …

#pragma once

#include <map>

#include "access/access.h"
#include "registers/adopted.h"
#include "store/store.h"

namespace duban::registers {

/// For one answer: what was looked up is kept.
class KnownIds {
public:
    KnownIds(const Adopted& adopted, store::Reader& reader, const access::Actor& actor)
        : adopted_{adopted}, reader_{reader}, actor_{actor} {}

    /// False also for an id of nothing.
    [[nodiscard]] bool tells(const core::Id& id);

private:
    [[nodiscard]] bool is_of_directory(const core::Id& id) const;
    [[nodiscard]] bool is_of_readable_entry(const core::Id& id) const;

    const Adopted& adopted_;
    store::Reader& reader_;
    const access::Actor& actor_;
    std::map<core::Id, bool> kept_;
};

}  // namespace duban::registers
