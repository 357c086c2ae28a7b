// Ledgers with secrets in them: a pack of its own with narrow readers, and entries of several
// units in which every word, file, number and link is marked, so that it is known wherever it
// comes out.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "readers.h"
#include "world.h"

namespace duban::scenarios {

/// An entry that lies in the house, and what must not be seen of it.
struct Secret {
    std::string register_name;
    core::Id id;
    Lying lying;
    std::string state;
    std::string number;
    std::vector<std::string> marks;  ///< words; of entries of the demonstration, none
    std::vector<std::string> files;  ///< hashes
    std::set<std::string> names;     ///< ids of entries that it links

    [[nodiscard]] std::string path() const { return entry_path(register_name, id.text()); }
};

/// The word that stands in every marked heading.
inline constexpr const char* kCommonWord = "Commonword";

/// Adopts the pack, over HTTP, and opens the marked entries.
class Dossiers {
public:
    explicit Dossiers(World& world);

    /// Of a register of the pack, opened and handed in by `person` for `unit`; marked by `mark`.
    void plant(
        const core::Id& person,
        const core::Id& unit,
        const std::string& mark,
        const std::string& earlier = {}
    );
    /// Every entry of every register, with its marks.
    [[nodiscard]] std::vector<Secret> all() const;

    core::Id school_clerk, school_head, other_school_clerk, district_clerk, two_units;
    core::Id other_school, district;

private:
    void adopt();
    void find_units();
    void post(const core::Id& person, const std::string& mark);
    void vault(const std::string& mark);
    std::string file(const core::Id& person, const std::string& mark);
    void add_names(Secret& secret, const declarations::Register& declared) const;

    World& world_;
    std::map<core::Id, Secret> marked_;
};

}  // namespace duban::scenarios
