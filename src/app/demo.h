// The demonstration: a fictitious city bureau with its office, departments, districts and forty
// schools, about 120 people in posts, the shipped packs, and the sample notice read in as backfill
// of a document of another body (E39, E40). Names are drawn from a fixed seed.

#pragma once

#include <string>
#include <vector>

#include "access/access.h"
#include "app/house.h"

namespace duban::app {

/// Everybody the demonstration needs by name.
struct DemoPeople {
    core::Id system_admin, security_admin, audit_admin;
    core::Id office_clerk, office_head, reviewer, second_reviewer, third_reviewer;
    core::Id unit_clerk, unit_head;
    core::Id principal, discipline, personnel, inspector;
    core::Id office, finance;
    std::size_t people = 0;
    std::size_t units = 0;
};

/// Writes units, people, posts and the division of work. demo_people.cpp
[[nodiscard]] DemoPeople make_demo_people(House& house);
/// Reads the notice at `path` and enters what it proposes: recorded by the office's clerk under a
/// dated decision, checked by its head. Returns how many entries. demo_notice.cpp
std::size_t enter_demo_notice(House& house, const DemoPeople& people, const std::string& path);
/// What a new installation works under: records the profile that it was given and adopts the
/// embedded packs.
void enforce_shipped_law(House& house, const core::Id& proposer, const core::Id& approver);

/// The sheet that `./run` prints: accounts with one-time passwords, and those of the commands.
[[nodiscard]] std::string make_demo_accounts(
    House& house, const Settings& settings, const DemoPeople& people
);

/// All of it. Returns the sheet, which also stands in <data>/demo-accounts.txt.
std::string make_demo(House& house, const Settings& settings, const std::string& notice);

}  // namespace duban::app
