#include "registers/testing.h"

#include <gtest/gtest.h>

#include "core/problem.h"
#include "registers/recount.h"
#include "rules/rules.h"
#include "store/testing.h"

namespace duban::registers {

namespace {

// 2026-03-02, a Monday, 09:00 in Shanghai.
constexpr std::int64_t kMorning = 1772413200000;

const access::Span kSince{.from = *calendar::Date::parse("2020-01-01"), .to = {}};

}  // namespace

House::House()
    : House{
          store::open_test_store(rules::functions()),
          [](store::Transaction&,
             core::OrgId,
             const core::Id&,
             const std::string&,
             std::string_view,
             const core::Id&,
             std::string_view) {},
          7
      } {}

House::House(std::unique_ptr<store::Store> in_store, ClaimFile claim_file, std::uint64_t seed)
    : store{std::move(in_store)}, clock{core::from_ms(kMorning)}, random{seed} {
    journal::Journal::migrate(*store);
    access::Access::migrate(*store);
    rules::migrate(*store);
    Registers::migrate(*store);
    access = std::make_unique<access::Access>(*store, journal, clock, random);
    registers =
        std::make_unique<Registers>(*store, journal, *access, clock, random, std::move(claim_file));
    adoption = std::make_unique<Adoption>(*registers);
    OrgProfile profile;
    profile.name = "云岭市教育局";
    profile.calendar.name = "cn";
    profile.calendar.known_years = {2026};
    store->write(kOrg, [&](store::Transaction& tx) { save_profile(tx, kOrg, profile); });

    bureau = add_unit("云岭市教育局", {}, access::UnitKind::Root);
    office = add_unit("整改办", bureau, access::UnitKind::Office);
    department = add_unit("财务处", bureau, access::UnitKind::Department);
    district = add_unit("青溪区", bureau, access::UnitKind::District);
    school = add_unit("青溪一小", district, access::UnitKind::School);
    clerk = add_person("周敏", department, "clerk");
    head = add_person("郑平", department, "head");
    reviewer_a = add_person("何青", office, "reviewer");
    reviewer_b = add_person("沈岚", office, "reviewer");
    reviewer_c = add_person("卢舟", office, "reviewer");
    office_head = add_person("杜川", office, "head");
    office_clerk = add_person("叶禾", office, "clerk");
    teacher = add_person("方圆", school, "clerk");
    system_admin = add_person("石磊", bureau, "system_admin");
    security_admin = add_person("安宁", bureau, "security_admin");
}

access::Access::Author House::author() const {
    return {.org = kOrg, .person = system_admin, .approved_by = security_admin, .on = "2026-03-02"};
}

core::Id House::add_unit(const std::string& name, const core::Id& parent, access::UnitKind kind) {
    const core::Id id = core::make_id(clock.now(), random);
    access->put(
        author(),
        std::vector<access::Unit>{
            {.id = id, .parent = parent, .name = name, .code = name, .kind = kind, .span = kSince}
        }
    );
    return id;
}

core::Id House::add_person(const std::string& name, const core::Id& unit, const std::string& role) {
    const core::Id id = core::make_id(clock.now(), random);
    access->put(
        author(),
        std::vector<access::Person>{{.id = id, .name = name, .mobile = {}, .span = kSince}}
    );
    add_post(id, unit, role);
    return id;
}

core::Id House::add_post(const core::Id& person, const core::Id& unit, const std::string& role) {
    const core::Id id = core::make_id(clock.now(), random);
    access->put(
        author(),
        std::vector<access::Post>{
            {.id = id,
             .person = person,
             .unit = unit,
             .role = role,
             .outside = false,
             .span = kSince}
        }
    );
    return id;
}

void House::delegate(const core::Id& post, const core::Id& to) {
    access->put(
        author(),
        std::vector<access::Delegation>{
            {.id = core::make_id(clock.now(), random),
             .post = post,
             .delegate = to,
             .span = {.from = kSince.from, .to = calendar::Date::parse("2026-12-31")},
             .paper = "云教办〔2026〕3号"}
        }
    );
}

void House::set_parameter(const std::string& pack, const std::string& name, std::int64_t value) {
    const std::string seed = random.bytes(32);
    store->write(kOrg, [&](store::Transaction& tx) {
        adoption->set_parameter(
            tx, kOrg, pack, name, core::Json(value), {system_admin, security_admin}, seed
        );
    });
}

void House::change_profile(const OrgProfile& after) {
    const ProfileChange change{
        .org = kOrg,
        .after = after,
        .actor = system_admin,
        .approved_by = security_admin,
        .on = registers->today(kOrg),
        .now_ms = core::to_ms(clock.now()),
        .seed = random.bytes(32)
    };
    store->write(kOrg, [&](store::Transaction& tx) {
        registers::change_profile(tx, journal, change);
    });
    registers->forget_profile(kOrg);
    for (std::optional<core::Id> from{core::Id{}}; from;) {
        from = recount(*registers, kOrg, *from).after;
    }
}

void House::decide(const Decision& decision) {
    store->write(kOrg, [&](store::Transaction& tx) {
        put_decision(
            tx, journal, kOrg, decision, system_admin, security_admin, 0, std::string(32, 's')
        );
    });
}

core::Id House::post_of(const core::Id& person, const std::string& role) const {
    for (const access::Post& post : access->directory(kOrg)->posts()) {
        if (post.person == person && post.role == role) {
            return post.id;
        }
    }
    return {};
}

void House::adopt(const std::vector<declarations::SourceFile>& files, std::set<std::string> drops) {
    const Plan plan = adoption->plan(files, std::move(drops));
    for (const declarations::Fault& fault : plan.faults) {
        if (!fault.warning) {
            ADD_FAILURE() << fault.place.file << ":" << fault.place.line << ":"
                          << fault.place.column << " " << fault.code << " " << fault.text.in("en");
        }
    }
    const std::string seed = random.bytes(32);
    store->write(kOrg, [&](store::Transaction& tx) {
        adoption->adopt(tx, kOrg, plan, {system_admin, security_admin}, seed);
    });
    adoption->load();
    registers->forget_profile(kOrg);
}

void House::adopt_folder(const std::string& path) {
    adopt(declarations::pack_files(path));
}

access::Actor House::actor(const core::Id& person) const {
    access::Actor actor = access->actor(kOrg, person, registers->today(kOrg));
    actor.account = person;
    return actor;
}

Applied House::open(
    const std::string& register_name, const core::Id& person, core::JsonObject fields
) {
    Request request;
    request.register_name = register_name;
    request.action = "open";
    request.fields = std::move(fields);
    return send(person, request);
}

Applied House::act(
    const std::string& register_name,
    const core::Id& id,
    const std::string& action,
    const core::Id& person,
    core::JsonObject fields,
    core::JsonObject inputs
) {
    Request request;
    request.register_name = register_name;
    request.action = action;
    request.entry = id;
    request.revision = entry(register_name, id).revision;
    request.fields = std::move(fields);
    request.inputs = std::move(inputs);
    return send(person, request);
}

Applied House::send(const core::Id& person, const Request& request) {
    return registers->apply(actor(person), request);
}

std::string House::refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Problem& problem) {
        std::string out = problem.code;
        for (const core::FieldError& error : problem.errors) {
            out += " " + error.code;
        }
        return out;
    }
    return {};
}

Entry House::entry(const std::string& register_name, const core::Id& id) const {
    Entry found;
    // The office reads every entry of the test packs.
    store->read([&](store::Reader& reader) {
        found = registers->entry(reader, actor(office_head), register_name, id);
    });
    return found;
}

std::int64_t House::records() const {
    std::int64_t size = 0;
    store->read([&](store::Reader& reader) { size = journal.head(reader, kOrg).size; });
    return size;
}

void House::sql(const std::string& statement) {
    store->write(kOrg, [&](store::Transaction& tx) { tx.execute({"test.sql", statement}, {}); });
}

}  // namespace duban::registers
