#include "town.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/problem.h"
#include "rules/rules.h"
#include "trial_pack.h"

namespace duban::history {

namespace {

std::string project() {
    const char* found = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    return found == nullptr || *found == '\0' ? "." : found;
}

std::string text_of_file(const std::string& path) {
    std::ifstream file{project() + "/" + path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

crypto::NoteSigner signer() {
    crypto::SeededRandom random{1};
    return crypto::NoteSigner::make("duban/history", random);
}

}  // namespace

Town::Town(Database database, std::uint64_t seed)
    : house{
          open(database),
          [this](
              store::Transaction& tx,
              core::OrgId,
              const core::Id& actor,
              const std::string& hash,
              std::string_view register_name,
              const core::Id& entry,
              std::string_view field
          ) { claim(tx, actor, hash, register_name, entry, field); },
          seed
      },
      checkpoints{signer(), "duban/history"} {
    files::Files::migrate(*house.store);
    search::migrate(*house.store);
    files_ = std::make_unique<files::Files>(
        files::Options{.directory = directory_.path("files")},
        *house.store,
        house.clock,
        house.random
    );
    follower = std::make_unique<registers::SearchFollower>(*house.registers, search);
    registers::OrgProfile profile;
    house.store->read([&](store::Reader& reader) {
        profile = registers::load_profile(reader, kOrg);
    });
    profile.calendar = calendar::parse_calendar(text_of_file("data/calendars/cn.json"));
    house.store->write(kOrg, [&](store::Transaction& tx) {
        registers::save_profile(tx, kOrg, profile);
        rules::write_calendar(tx, kOrg, profile.calendar, 2023, 2026);
    });
    house.registers->forget_profile(kOrg);
    settle_people();
    for (const char* pack : {"organisation", "foundation", "rectification"}) {
        house.adopt_folder(project() + "/packs/" + pack);
    }
    house.adopt(trial_pack());
}

std::unique_ptr<store::Store> Town::open(Database database) {
    if (database == Database::Sqlite) {
        store::SqliteOptions options;
        options.path = directory_.path("history.db");
        options.functions = rules::functions();
        return store::open_sqlite(options);
    }
    schema_ = std::make_unique<store::TestSchema>();
    return store::open_postgres(
        {.connection = schema_->connection(),
         .schema = schema_->name(),
         .readers_max = 4,
         .lanes_max = 2}
    );
}

void Town::claim(
    store::Transaction& tx,
    const core::Id& actor,
    const std::string& hash,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view field
) {
    const auto parsed = crypto::Hash::parse_hex(hash);
    if (!parsed) {
        throw core::Problem{core::ProblemKind::NotFound, "file.not_found"};
    }
    files_->claim(
        tx,
        {.org = kOrg,
         .hash = *parsed,
         .register_name = std::string{register_name},
         .entry = entry,
         .field = std::string{field},
         .claimed_by = actor}
    );
}

access::Access::Author Town::author() const {
    return {
        .org = kOrg,
        .person = house.system_admin,
        .approved_by = house.security_admin,
        .on = today().text()
    };
}

/// Beside the people of the house: leaders with their division, an inspector from outside, heads
/// above units, a second school, and people without a post.
void Town::settle_people() {
    const access::Span since{.from = *calendar::Date::parse("2020-01-01"), .to = {}};
    const auto make_id = [&] { return core::make_id(house.clock.now(), house.random); };
    const core::Id second_school = make_id();
    const core::Id second_department = make_id();
    house.access->put(
        author(),
        std::vector<access::Unit>{
            {.id = second_school,
             .parent = house.district,
             .name = "青溪二小",
             .code = "QX2",
             .kind = access::UnitKind::School,
             .span = since},
            {.id = second_department,
             .parent = house.bureau,
             .name = "人事处",
             .code = "RS",
             .kind = access::UnitKind::Department,
             .span = since}
        }
    );
    house.add_person("林深", second_school, "clerk");
    house.add_person("白帆", second_school, "head");
    house.add_person("江雪", house.school, "head");
    house.add_person("程远", house.district, "head");
    house.add_person("苏木", second_department, "clerk");
    house.add_person("韩松", second_department, "head");
    house.add_person("许知", house.bureau, "head");
    const core::Id both = house.add_person("齐双", house.department, "clerk");
    house.add_post(both, house.office, "reviewer");
    const core::Id leader = house.add_person("周岩", house.bureau, "leader");
    const core::Id other_leader = house.add_person("何必", house.bureau, "leader");
    house.access->put(
        author(),
        std::vector<access::Division>{
            {.id = make_id(),
             .leader = leader,
             .unit = house.department,
             .area = "财务",
             .span = since},
            {.id = make_id(),
             .leader = other_leader,
             .unit = house.district,
             .area = "基教",
             .span = since}
        }
    );
    const core::Id inspector = make_id();
    house.access->put(
        author(),
        std::vector<access::Person>{{.id = inspector, .name = "巡一", .mobile = {}, .span = since}}
    );
    house.access->put(
        author(),
        std::vector<access::Post>{
            {.id = make_id(),
             .person = inspector,
             .unit = house.office,
             .role = "inspector",
             .outside = true,
             .span = since}
        }
    );
    house.access->put(
        author(),
        std::vector<access::Person>{{.id = make_id(), .name = "无名", .mobile = {}, .span = since}}
    );
    house.add_person("审计", house.bureau, "audit_admin");
}

std::vector<core::Id> Town::people() const {
    std::vector<core::Id> out;
    for (const access::Person& person : directory()->people()) {
        out.push_back(person.id);
    }
    std::ranges::sort(out);
    return out;
}

std::string Town::upload(const core::Id& person, const std::string& bytes) {
    files::Upload upload = files_->begin(kOrg, person);
    upload.write(bytes);
    return upload.finish("evidence.txt").hash.hex();
}

std::string Town::adopt(const std::vector<declarations::SourceFile>& files) {
    const registers::Plan plan = house.adoption->plan(files);
    std::string codes;
    for (const declarations::Fault& fault : plan.faults) {
        if (!fault.warning) {
            codes +=
                fault.place.file + ":" + std::to_string(fault.place.line) + " " + fault.code + " ";
        }
    }
    if (plan.refused()) {
        return codes;
    }
    house.adopt(files);
    return codes;
}

void Town::follow() {
    while (follower->follow(kOrg) > 0) {
    }
}

}  // namespace duban::history
