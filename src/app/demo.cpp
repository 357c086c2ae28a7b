#include "app/demo.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "app/embedded.h"
#include "app/locales.h"
#include "app/offered_packs.h"
#include "core/check.h"
#include "core/problem.h"
#include "crypto/encoding.h"
#include "declarations/reading.h"
#include "registers/org_profile.h"

namespace duban::app {

namespace {

constexpr std::int64_t kTokenDays = 300;

struct Account {
    const char* name;
    core::Id person;
};

/// An account that commands use: its token lies in the data directory, readable by its owner.
void make_command_account(
    House& house, const Settings& settings, const Account& account, const core::Id& admin
) {
    const std::string on = house.services().registers.today(kFirstOrg).text();
    access::Accounts& accounts = house.services().accounts;
    const auto created = accounts.create(
        {.org = kFirstOrg, .person = admin, .approved_by = {}, .on = on},
        {.person = account.person, .name = account.name, .language = "zh"}
    );
    const auto in = accounts.sign_in(
        {.org = kFirstOrg,
         .name = account.name,
         .password = created.password,
         .totp = {},
         .address = "127.0.0.1",
         .on = on}
    );
    // Nobody signs in by this password: the commands use the token.
    const std::string password = crypto::base64url_encode(house.random().bytes(24));
    const auto changed = accounts.change_password(
        in.secret, {.old_password = created.password, .new_password = password, .on = on}
    );
    const auto token = accounts.create_token(
        changed.secret,
        {.name = "demonstration commands",
         .scope = access::Scope::Act,
         .expires_at_ms = core::to_ms(house.clock().now()) + kTokenDays * 24 * 3600 * 1000,
         .on = on}
    );
    accounts.sign_out(changed.secret, on);
    write_file(settings.path(std::string{"tokens/"} + account.name), token.secret + "\n", true);
}

/// What somebody's posts are called: "Finance · Clerk".
std::string posts_text(const House& house, const core::Id& person, const std::string& language) {
    const auto adopted = house.services().registers.adopted();
    const declarations::Pack* organisation = adopted->model().find_pack(offered_packs().front());
    const auto directory = house.services().access.directory(kFirstOrg);
    const calendar::Date today = house.services().registers.today(kFirstOrg);
    std::string text;
    for (const access::Post* post : directory->posts_of(person, today)) {
        const access::Unit* unit = directory->find_unit(post->unit);
        text += text.empty() ? "" : ", ";
        text += unit == nullptr ? std::string{} : unit->name;
        for (const declarations::RoleTitle& role : organisation->roles) {
            if (role.name == post->role) {
                text += " " + std::string{role.title.in(language)};
            }
        }
    }
    return text;
}

/// An account to sign in with: its name, one-time password, holder and posts, on a line.
std::string sign_in_line(House& house, const Account& account, const core::Id& admin) {
    const std::string language = terminal_language();
    const auto created = house.services().accounts.create(
        {.org = kFirstOrg,
         .person = admin,
         .approved_by = {},
         .on = house.services().registers.today(kFirstOrg).text()},
        {.person = account.person, .name = account.name, .language = language}
    );
    const auto directory = house.services().access.directory(kFirstOrg);
    std::string name = account.name;
    name.resize(12, ' ');
    return "  " + name + created.password + "   " + directory->find_person(account.person)->name +
           "  " + posts_text(house, account.person, language) + "\n";
}

void record_profile(House& house, const core::Id& proposer, const core::Id& approver) {
    const api::Services& services = house.services();
    const registers::ProfileChange change{
        .org = kFirstOrg,
        .after = *services.registers.profile(kFirstOrg),
        .actor = proposer,
        .approved_by = approver,
        .on = services.registers.today(kFirstOrg),
        .now_ms = core::to_ms(house.clock().now()),
        .seed = house.random().bytes(32)
    };
    services.store.write(kFirstOrg, [&](store::Transaction& tx) {
        registers::change_profile(tx, services.journal, change);
    });
}

}  // namespace

void enforce_shipped_law(House& house, const core::Id& proposer, const core::Id& approver) {
    record_profile(house, proposer, approver);
    for (const char* name : offered_packs()) {
        registers::Adoption& adoption = house.services().adoption;
        const registers::Plan plan = adoption.plan(offered_pack_files(name));
        for (const declarations::Fault& fault : plan.faults) {
            core::check(
                fault.warning, "a shipped pack has no fault: " + fault.place.file + " " + fault.code
            );
        }
        const std::string seed = house.random().bytes(32);
        house.services().store.write(kFirstOrg, [&](store::Transaction& tx) {
            adoption.adopt(tx, kFirstOrg, plan, {proposer, approver}, seed);
        });
        adoption.load();
        house.services().registers.forget_profile(kFirstOrg);
    }
}

std::string make_demo_accounts(House& house, const Settings& settings, const DemoPeople& people) {
    std::filesystem::create_directories(settings.path("tokens"));
    std::filesystem::permissions(settings.path("tokens"), std::filesystem::perms::owner_all);
    for (const Account& account :
         {Account{"office.clerk", people.office_clerk},
          Account{"office.head", people.office_head},
          Account{"office.reviewer", people.reviewer},
          Account{"office.reviewer2", people.second_reviewer},
          Account{"office.principal", people.principal},
          Account{"office.discipline", people.discipline},  // not a code
          Account{"office.personnel", people.personnel},    // not a code
          Account{"outside.inspector", people.inspector},
          Account{"unit.clerk", people.unit_clerk},
          Account{"unit.head", people.unit_head},
          Account{"system.admin", people.system_admin},
          Account{"security.admin", people.security_admin}}) {
        make_command_account(house, settings, account, people.system_admin);
    }
    std::string sheet = sentences().sentence("demo_accounts", {}, terminal_language()) + "\n";
    for (const Account& account :
         {Account{"clerk", people.unit_clerk},
          Account{"head", people.unit_head},
          Account{"office", people.office_clerk},
          Account{"chief", people.office_head},
          Account{"reviewer", people.reviewer},
          Account{"reviewer2", people.second_reviewer},
          Account{"reviewer3", people.third_reviewer},
          Account{"principal", people.principal},
          Account{"discipline", people.discipline},
          Account{"personnel", people.personnel},
          Account{"inspector", people.inspector},
          Account{"system", people.system_admin},
          Account{"security", people.security_admin},
          Account{"auditor", people.audit_admin}}) {
        sheet += sign_in_line(house, account, people.system_admin);
    }
    return sheet;
}

std::string make_demo(House& house, const Settings& settings, const std::string& notice) {
    registers::OrgProfile profile;
    profile.name =
        core::find_string(core::parse_json(embedded_file("data/demo/organisation.json")), "org")
            .value_or("");
    profile.calendar = calendar::parse_calendar(embedded_file("data/calendars/cn.json"));
    house.services().store.write(kFirstOrg, [&](store::Transaction& tx) {
        registers::save_profile(tx, kFirstOrg, profile);
    });
    const DemoPeople people = make_demo_people(house);
    enforce_shipped_law(house, people.system_admin, people.security_admin);
    std::size_t entries = 0;
    if (!notice.empty()) {
        entries = enter_demo_notice(house, people, notice);
    }
    std::string sheet = make_demo_accounts(house, settings, people);
    sheet += "\n" +
             sentences().sentence(
                 "demo_contents",
                 {{"units", std::to_string(people.units)},
                  {"people", std::to_string(people.people)},
                  {"entries", std::to_string(entries)}},
                 terminal_language()
             ) +
             "\n";
    house.catch_up();
    write_file(settings.path("demo-accounts.txt"), sheet, true);
    return sheet;
}

}  // namespace duban::app
