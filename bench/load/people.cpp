#include "load/people.h"

#include "app/embedded.h"
#include "registers/org_profile.h"

namespace duban::bench {

namespace {

const access::Span kSince{.from = *calendar::Date::parse("2020-01-01"), .to = {}};

class Founding {
public:
    explicit Founding(app::House& house) : house_{house} {}

    core::Id unit(const std::string& name, const core::Id& parent, access::UnitKind kind) {
        const core::Id id = make_id();
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

    Holder person(const core::Id& unit, const std::string& role) {
        const Holder holder{make_id(), make_id()};
        people_.push_back(
            {.id = holder.person,
             .name = role + " " + std::to_string(people_.size()),
             .mobile = {},
             .span = kSince}
        );
        posts_.push_back(
            {.id = holder.post,
             .person = holder.person,
             .unit = unit,
             .role = role,
             .outside = false,
             .span = kSince}
        );
        return holder;
    }

    void write(const core::Id& founder) {
        const access::Access::Author author{
            .org = app::kFirstOrg,
            .person = founder,
            .approved_by = {},
            .on = house_.services().registers.today(app::kFirstOrg).text()
        };
        access::Access& access = house_.services().access;
        access.put(author, units_);
        access.put(author, people_);
        access.put(author, posts_);
    }

private:
    core::Id make_id() { return core::make_id(house_.clock().now(), house_.random()); }

    app::House& house_;
    std::vector<access::Unit> units_;
    std::vector<access::Person> people_;
    std::vector<access::Post> posts_;
};

void write_profile(app::House& house) {
    registers::OrgProfile profile;
    profile.name = "bench";
    profile.calendar = calendar::parse_calendar(app::embedded_file("data/calendars/cn.json"));
    house.services().store.write(app::kFirstOrg, [&](store::Transaction& tx) {
        registers::save_profile(tx, app::kFirstOrg, profile);
    });
}

}  // namespace

People found(app::House& house, std::size_t units) {
    write_profile(house);
    Founding founding{house};
    People people;
    app::DemoPeople& named = people.named;
    const core::Id bureau = founding.unit("bureau", {}, access::UnitKind::Root);
    named.office = founding.unit("office", bureau, access::UnitKind::Office);
    people.office_clerk = founding.person(named.office, "clerk");
    people.first_reviewer = founding.person(named.office, "reviewer");
    people.second_reviewer = founding.person(named.office, "reviewer");
    named.office_clerk = people.office_clerk.person;
    named.office_head = founding.person(named.office, "head").person;
    named.principal = founding.person(named.office, "principal").person;
    named.discipline = founding.person(named.office, "discipline").person;
    named.personnel = founding.person(named.office, "personnel").person;
    named.inspector = founding.person(named.office, "inspector").person;
    named.reviewer = people.first_reviewer.person;
    named.second_reviewer = people.second_reviewer.person;
    named.third_reviewer = founding.person(named.office, "reviewer").person;
    named.system_admin = founding.person(bureau, "system_admin").person;
    named.security_admin = founding.person(bureau, "security_admin").person;
    named.audit_admin = founding.person(bureau, "audit_admin").person;
    for (std::size_t i = 0; i < units; ++i) {
        const core::Id unit =
            founding.unit("unit " + std::to_string(i + 1), bureau, access::UnitKind::Department);
        people.units.push_back(
            {.unit = unit,
             .clerk = founding.person(unit, "clerk"),
             .head = founding.person(unit, "head")}
        );
    }
    named.unit_clerk = people.units.front().clerk.person;
    named.unit_head = people.units.front().head.person;
    named.finance = people.units.front().unit;
    founding.write(named.system_admin);
    app::enforce_shipped_law(house, named.system_admin, named.security_admin);
    return people;
}

}  // namespace duban::bench
