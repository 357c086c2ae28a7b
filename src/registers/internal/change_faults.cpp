#include "registers/internal/change_faults.h"

#include <algorithm>

#include "registers/internal/pack_fault.h"

namespace duban::registers {

namespace {

using declarations::Difference;
using declarations::find_former;
using declarations::Pack;
using declarations::Register;

constexpr store::Query kOrgs{"registers.find_orgs", "select org from d_head order by org"};
constexpr store::Query kFindRecord{
    "registers.find_record_of", "select 1 from d_record where org = $1 and register = $2 limit 1"
};

/// "trip", "trip.days" or "trip.stops.town": what a permission to lose it is called.
std::string lost_name(const Difference& difference) {
    constexpr std::string_view kFields = "fields.";
    constexpr std::string_view kRows = ".rows.";
    if (!difference.path.starts_with(kFields)) {
        return difference.register_name;
    }
    const auto until_dot = [](std::string_view text) {
        return std::string{text.substr(0, text.find('.'))};
    };
    const std::string_view path = std::string_view{difference.path}.substr(kFields.size());
    const std::string field = until_dot(path);
    std::string name = difference.register_name + "." + field;
    if (path.substr(field.size()).starts_with(kRows)) {
        name += "." + until_dot(path.substr(field.size() + kRows.size()));
    }
    return name;
}

/// Where the field or register is declared; where its pack begins when it is gone.
declarations::Place place_of(const Pack& after, const Difference& difference) {
    const auto declared =
        std::ranges::find(after.registers, difference.register_name, &Register::name);
    if (declared != after.registers.end()) {
        return declared->place;
    }
    return after.registers.empty() ? declarations::Place{} : after.registers.front().place;
}

declarations::Fault unmovable(const declarations::Place& place, const Difference& difference) {
    core::Params params = difference.params;
    params["register"] = difference.register_name;
    return pack_fault(
        place,
        difference.code == "difference.field_renamed" ? "field.rename_overlaps"
                                                      : "field.not_convertible",
        std::move(params)
    );
}

declarations::Fault unpermitted(
    const declarations::Place& place, const Difference& difference, const std::string& name
) {
    if (difference.code != "difference.field_changed") {
        return pack_fault(place, "pack.loses_data", {{"field", name}});
    }
    return pack_fault(
        place,
        "pack.narrows_field",
        {{"field", name},
         {"key", difference.params.at("key")},
         {"from", difference.params.at("from")},
         {"to", difference.params.at("to")}}
    );
}

/// Records, numbers and addresses carry a register's name for good; its title may change.
void add_renames(std::vector<declarations::Fault>& faults, const Pack& before, const Pack& after) {
    for (const Register& declared : after.registers) {
        const Register* old = find_former(before, declared);
        if (old != nullptr && old->name != declared.name) {
            faults.push_back(pack_fault(
                declared.place,
                "register.keeps_its_name",
                {{"register", old->name}, {"name", declared.name}}
            ));
        }
    }
}

void add_standing(
    std::vector<declarations::Fault>& faults,
    store::Reader& reader,
    const Pack& before,
    const Pack& after
) {
    for (const Register& declared : after.registers) {
        const Register* old = find_former(before, declared);
        if (old == nullptr) {
            continue;
        }
        const std::string sql = "select count(*) from " + old->name + " where state = $1";
        for (const declarations::State& state : old->procedure.states) {
            if (declared.procedure.find_state(state.name) != nullptr) {
                continue;
            }
            const std::int64_t count =
                reader.query({"registers.count_standing", sql}, {state.name}).front().integer(0);
            if (count > 0) {
                faults.push_back(pack_fault(
                    declared.place,
                    "state.in_use",
                    {{"register", declared.name},
                     {"state", state.name},
                     {"count", std::to_string(count)}}
                ));
            }
        }
    }
}

void add_spent_names(
    std::vector<declarations::Fault>& faults,
    store::Reader& reader,
    const Pack* before,
    const Pack& after
) {
    const store::Rows orgs = reader.query(kOrgs, {});
    for (const Register& declared : after.registers) {
        if (before != nullptr && find_former(*before, declared) != nullptr) {
            continue;
        }
        const bool spent = std::ranges::any_of(orgs, [&](const store::Row& org) {
            return !reader.query(kFindRecord, {org.integer(0), declared.name}).empty();
        });
        if (spent) {
            faults.push_back(
                pack_fault(declared.place, "register.name_spent", {{"register", declared.name}})
            );
        }
    }
}

}  // namespace

std::vector<declarations::Fault> change_faults(
    const Pack& before,
    const Pack& after,
    const std::vector<Difference>& differences,
    const std::set<std::string>& drops
) {
    std::vector<declarations::Fault> faults;
    add_renames(faults, before, after);
    for (const Difference& difference : differences) {
        const declarations::Place place = place_of(after, difference);
        if (difference.unmovable) {
            faults.push_back(unmovable(place, difference));
            continue;
        }
        const std::string name = lost_name(difference);
        if (!difference.loses_data || drops.contains(name)) {
            continue;
        }
        faults.push_back(unpermitted(place, difference, name));
    }
    return faults;
}

std::vector<declarations::Fault> entry_faults(
    store::Reader& reader, const Pack* before, const Pack& after
) {
    std::vector<declarations::Fault> faults;
    if (before != nullptr) {
        add_standing(faults, reader, *before, after);
    }
    add_spent_names(faults, reader, before, after);
    return faults;
}

}  // namespace duban::registers
