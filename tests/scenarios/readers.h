// Who may read what, computed a second time: from the declared readers, the posts and the places
// of docs/formats/declaration.md, without a line of src/access.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "world.h"

namespace duban::scenarios {

/// Of an entry, what decides who may read it.
struct Lying {
    core::Id unit;
    core::Id opened_by;
};

class Readers {
public:
    /// As the directory of the house's first org stands on `today`.
    Readers(const access::Directory& directory, calendar::Date today)
        : directory_{directory}, today_{today} {}

    /// Whether `person` stands in one of `roles` for what lies there.
    [[nodiscard]] bool stand(
        const core::Id& person, const std::vector<declarations::Role>& roles, const Lying& lying
    ) const;
    /// The same without `self`: what search goes by.
    [[nodiscard]] bool stand_by_post(
        const core::Id& person, const std::vector<declarations::Role>& roles, const core::Id& unit
    ) const;
    /// Whether there is a unit for which he stands in one of them.
    [[nodiscard]] bool stand_anywhere(
        const core::Id& person, const std::vector<declarations::Role>& roles
    ) const;
    /// `read:`, or every role that the procedure names.
    [[nodiscard]] static std::vector<declarations::Role> of(const declarations::Register& declared);

private:
    /// A post he holds or is delegated, and whose it is.
    struct Held {
        const access::Post* post;
        core::Id owner;
    };
    [[nodiscard]] std::vector<Held> held(const core::Id& person) const;
    [[nodiscard]] bool fits(const Held& held, const declarations::Role& role, const core::Id& unit)
        const;
    [[nodiscard]] bool leads(const core::Id& person, const core::Id& unit) const;
    [[nodiscard]] core::Id parent_of(const core::Id& unit) const;
    [[nodiscard]] core::Id district_above(const core::Id& unit) const;

    const access::Directory& directory_;
    calendar::Date today_;
};

}  // namespace duban::scenarios
