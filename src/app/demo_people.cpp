#include "app/demo.h"
#include "app/embedded.h"
#include "core/check.h"
#include "crypto/random.h"

namespace duban::app {

namespace {

using access::Division;
using access::Person;
using access::Post;
using access::Unit;
using access::UnitKind;

/// The words of the demonstration are data (law 12): data/demo/organisation.json.
class Names {
public:
    Names() : json_(core::parse_json(embedded_file("data/demo/organisation.json"))) {}

    [[nodiscard]] std::string one(std::string_view name) const {
        return core::find_string(json_, name).value_or("");
    }
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const {
        std::vector<std::string> out;
        for (const core::Json& element : json_.at(name).as_array()) {
            out.emplace_back(element.as_string());
        }
        return out;
    }

private:
    core::Json json_;
};

const access::Span kSince{.from = *calendar::Date::parse("2020-01-01"), .to = {}};

/// Collects rows and writes them in one go: units, people, posts, division.
class Founding {
public:
    Founding(House& house, const Names& names)
        : house_{house}, surnames_{names.all("surnames")}, given_names_{names.all("given_names")} {}

    core::Id unit(const std::string& name, const core::Id& parent, UnitKind kind) {
        const core::Id id = core::make_id(house_.clock().now(), house_.random());
        units_.push_back(
            {.id = id,
             .parent = parent,
             .name = name,
             .code = "U" + std::to_string(units_.size() + 100),
             .kind = kind,
             .span = kSince}
        );
        return id;
    }

    /// The next fictitious person, holding `role` in `unit`.
    core::Id person(const core::Id& unit, const std::string& role) {
        const std::size_t n = people_.size();
        const std::string name =
            surnames_.at(n % surnames_.size()) +
            given_names_.at((n / surnames_.size() + n * 7) % given_names_.size());
        const core::Id id = core::make_id(house_.clock().now(), house_.random());
        people_.push_back({.id = id, .name = name, .mobile = {}, .span = kSince});
        post(id, unit, role);
        return id;
    }

    void post(
        const core::Id& person, const core::Id& unit, const std::string& role, bool outside = false
    ) {
        posts_.push_back(
            {.id = core::make_id(house_.clock().now(), house_.random()),
             .person = person,
             .unit = unit,
             .role = role,
             .outside = outside,
             .span = kSince}
        );
    }

    void division(const core::Id& leader, const core::Id& unit) {
        divisions_.push_back(
            {.id = core::make_id(house_.clock().now(), house_.random()),
             .leader = leader,
             .unit = unit,
             .area = {},
             .span = kSince}
        );
    }

    void write(const access::Access::Author& author) {
        access::Access& access = house_.services().access;
        access.put(author, units_);
        access.put(author, people_);
        access.put(author, posts_);
        access.put(author, divisions_);
    }

    [[nodiscard]] std::size_t people() const { return people_.size(); }
    [[nodiscard]] std::size_t units() const { return units_.size(); }

private:
    House& house_;
    std::vector<std::string> surnames_;
    std::vector<std::string> given_names_;
    std::vector<Unit> units_;
    std::vector<Person> people_;
    std::vector<Post> posts_;
    std::vector<Division> divisions_;
};

void found_schools(Founding& founding, const Names& names, const core::Id& bureau) {
    for (const std::string& name : names.all("districts")) {
        const core::Id district =
            founding.unit(name + names.one("district_bureau"), bureau, UnitKind::District);
        founding.person(district, "clerk");
        founding.person(district, "head");
        for (const std::string& school : names.all("schools")) {
            const core::Id unit = founding.unit(name + school, district, UnitKind::School);
            founding.person(unit, "clerk");
            founding.person(unit, "head");
        }
    }
}

}  // namespace

DemoPeople make_demo_people(House& house) {
    const Names names;
    Founding founding{house, names};
    DemoPeople people;
    const core::Id bureau = founding.unit(names.one("bureau"), {}, UnitKind::Root);
    people.office = founding.unit(names.one("office"), bureau, UnitKind::Office);
    people.unit_clerk = {};
    people.office_clerk = founding.person(people.office, "clerk");
    people.office_head = founding.person(people.office, "head");
    people.reviewer = founding.person(people.office, "reviewer");
    people.second_reviewer = founding.person(people.office, "reviewer");
    people.system_admin = founding.person(bureau, "system_admin");
    people.security_admin = founding.person(bureau, "security_admin");
    people.audit_admin = founding.person(bureau, "audit_admin");
    people.principal = founding.person(bureau, "principal");
    const core::Id leader = founding.person(bureau, "leader");
    founding.post(people.principal, bureau, "leader");
    founding.post(people.principal, people.office, "principal");
    for (const std::string& name : names.all("departments")) {
        const core::Id department = founding.unit(name, bureau, UnitKind::Department);
        const core::Id clerk = founding.person(department, "clerk");
        const core::Id head = founding.person(department, "head");
        founding.division(leader, department);
        if (people.unit_clerk.is_nil()) {
            people.finance = department;
            people.unit_clerk = clerk;
            people.unit_head = head;
        }
    }
    found_schools(founding, names, bureau);
    people.discipline = founding.person(people.office, "discipline");
    people.personnel = founding.person(people.office, "personnel");
    const core::Id outside = founding.unit(names.one("inspecting_body"), bureau, UnitKind::Other);
    people.inspector = founding.person(outside, "observer");
    founding.post(people.inspector, outside, "inspector", true);
    // Of three, one records a sheet that the second signed with a pen, and the third compares it.
    people.third_reviewer = founding.person(people.office, "reviewer");
    founding.write(
        {.org = kFirstOrg,
         .person = people.system_admin,
         .approved_by = people.security_admin,
         .on = house.services().registers.today(kFirstOrg).text()}
    );
    people.people = founding.people();
    people.units = founding.units();
    return people;
}

}  // namespace duban::app
