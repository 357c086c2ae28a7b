// A house for tests: a store, an org with units and people in posts, and packs written in the
// test. Not part of the program: link duban::registers_testing.
//
//     House house;
//     house.adopt({{"pack.yaml", "…"}, {"registers/leave.yaml", "…"}});
//     const Applied opened = house.open("leave", house.clerk, {{"days", 3}});

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/access.h"
#include "core/clock.h"
#include "crypto/random.h"
#include "declarations/reading.h"
#include "journal/journal.h"
#include "registers/adoption.h"
#include "registers/decisions.h"
#include "registers/listing.h"
#include "registers/registers.h"
#include "store/store.h"

namespace duban::registers {

/// Codes or actions, as tests compare them.
using Names = std::vector<std::string>;

class House {
public:
    House();
    /// In `in_store`; `claim_file` is told of each file that an action names, ids and salts follow
    /// from `seed`.
    House(std::unique_ptr<store::Store> in_store, ClaimFile claim_file, std::uint64_t seed);

    static constexpr core::OrgId kOrg{1};

    // Units: the bureau, its office 整改办, a department, a district with a school.
    core::Id bureau, office, department, district, school;
    // People: clerk and head of the department, four of the office, a teacher of the school.
    core::Id clerk, head, reviewer_a, reviewer_b, reviewer_c, office_head, office_clerk, teacher;
    core::Id system_admin, security_admin;

    /// Adopts a pack made of `files`; the test fails with its faults when it is refused.
    void adopt(
        const std::vector<declarations::SourceFile>& files, std::set<std::string> drops = {}
    );
    void adopt_folder(const std::string& path);

    [[nodiscard]] access::Actor actor(const core::Id& person) const;
    Applied open(const std::string& register_name, const core::Id& person, core::JsonObject fields);
    /// `action` by `person` on the entry at its newest revision.
    Applied act(
        const std::string& register_name,
        const core::Id& entry,
        const std::string& action,
        const core::Id& person,
        core::JsonObject fields = {},
        core::JsonObject inputs = {}
    );
    Applied send(const core::Id& person, const Request& request);
    /// The code with which `work` is refused; empty when it is not. Codes of fields follow the
    /// first one: "entry.invalid_fields field.unknown".
    static std::string refusal(const std::function<void()>& work);
    [[nodiscard]] Entry entry(const std::string& register_name, const core::Id& id) const;
    [[nodiscard]] std::int64_t records() const;
    core::Id add_person(const std::string& name, const core::Id& unit, const std::string& role);
    core::Id add_post(const core::Id& person, const core::Id& unit, const std::string& role);
    void delegate(const core::Id& post, const core::Id& to);
    /// Sets a parameter, by the two administrators; profiles read before stay with who holds them.
    void set_parameter(const std::string& pack, const std::string& name, std::int64_t value);
    /// Changes the profile, by the two administrators, and counts again what waited for it.
    void change_profile(const OrgProfile& after);
    /// Makes a decision of backfill, by the two administrators.
    void decide(const Decision& decision);
    /// The post that `person` holds under `role`.
    [[nodiscard]] core::Id post_of(const core::Id& person, const std::string& role) const;
    void sql(const std::string& statement);

    std::unique_ptr<store::Store> store;
    core::ManualClock clock;
    crypto::SeededRandom random;
    journal::Journal journal;
    std::unique_ptr<access::Access> access;
    std::unique_ptr<Registers> registers;
    std::unique_ptr<Adoption> adoption;

private:
    [[nodiscard]] access::Access::Author author() const;
    core::Id add_unit(const std::string& name, const core::Id& parent, access::UnitKind kind);
};

}  // namespace duban::registers
