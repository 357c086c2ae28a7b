// What names an entry: the entries of any register that hold it in a link field, as far as the
// actor reaches them. What he does not reach is not there, nor is its number.
//
//     for (const NamingGroup& group : naming(registers, reader, actor, {"finding", id}).groups) { …
//     }

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "registers/registers.h"

namespace duban::registers {

inline constexpr std::size_t kNamingDefault = 10;
inline constexpr std::size_t kNamingMax = 50;

struct NamedEntry {
    std::string register_name;
    core::Id id;
    std::size_t limit = kNamingDefault;  ///< of a group, 1 to kNamingMax
};

/// The entries of one register that name it in one field, the one opened last first.
struct NamingGroup {
    const declarations::Register* declared = nullptr;
    const declarations::Field* field = nullptr;
    const declarations::View* view = nullptr;  ///< the first that filters by it; nullptr: none
    std::vector<Entry> entries;                ///< without their lists
    bool more = false;                         ///< there are others
};

struct Naming {
    std::vector<NamingGroup> groups;         ///< in the order of the packs; none is empty
    std::shared_ptr<const Adopted> adopted;  ///< keeps the declarations alive
};

/// Fields of type link and links, not the columns of `rows`, which have no index. Refuses with
/// entry.not_found what the actor may not read, with query.too_expensive as Listing does.
[[nodiscard]] Naming naming(
    const Registers& registers,
    store::Reader& reader,
    const access::Actor& actor,
    const NamedEntry& named
);

}  // namespace duban::registers
