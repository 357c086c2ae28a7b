// Who keeps the ledger: an office with its clerk, head and two reviewers, units with a clerk and a
// head each, three administrators.

#pragma once

#include <string>
#include <vector>

#include "app/demo.h"
#include "app/house.h"

namespace duban::bench {

/// A person under the post for which he acts.
struct Holder {
    core::Id person;
    core::Id post;
};

struct UnitPeople {
    core::Id unit;
    Holder clerk;
    Holder head;
};

struct People {
    app::DemoPeople named;  ///< what make_demo_accounts wants
    Holder office_clerk, first_reviewer, second_reviewer;
    std::vector<UnitPeople> units;
};

/// Writes the org's profile, units, people and posts, adopts the shipped packs.
[[nodiscard]] People found(app::House& house, std::size_t units);

}  // namespace duban::bench
