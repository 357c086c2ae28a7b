#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/embedded.h"
#include "app/house.h"
#include "app/locales.h"
#include "core/problem.h"
#include "exchange/named.h"
#include "registers/org_profile.h"

namespace duban::app {

namespace {

namespace fs = std::filesystem;

const Known kInit{
    .with_value =
        {"data",
         "notice",
         "name",
         "zone",
         "currency",
         "postgres",
         "keys",
         "system",
         "security",
         "audit"},
    .alone = {"demo", "yes"}
};

/// Asks with a default; `--yes` or a closed input takes the default.
std::string ask(
    const Arguments& arguments, const std::string& option, const std::string& otherwise
) {
    const std::string given = arguments.value(option, "");
    if (!given.empty() || arguments.has("yes")) {
        return given.empty() ? otherwise : given;
    }
    std::cout << say("init_" + option) << (otherwise.empty() ? "" : " [" + otherwise + "]") << ": "
              << std::flush;
    std::string line;
    std::getline(std::cin, line);
    return line.empty() ? otherwise : line;
}

/// What an init that broke off left is of another installation: its key signs another log (E25).
[[noreturn]] void refuse_half_made(const Settings& settings) {
    throw core::Problem{
        core::ProblemKind::Conflict,
        "data.half_made",
        {{"directory", settings.directory}, {"keys", settings.keys}, {"schema", settings.schema}}
    };
}

Settings new_settings(const Arguments& arguments, core::Random& random) {
    Settings settings;
    settings.directory = arguments.value("data", default_data());
    settings.keys = arguments.value("keys", settings.directory + ".keys");
    if (has_settings(settings.directory)) {
        throw core::Problem{
            core::ProblemKind::Conflict, "data.exists", {{"directory", settings.directory}}
        };
    }
    if (fs::exists(settings.path("duban.db")) || fs::exists(settings.keys + "/log.key")) {
        refuse_half_made(settings);
    }
    fs::create_directories(settings.directory);
    fs::permissions(settings.directory, fs::perms::owner_all);
    settings.installation = core::make_id(machine_clock().now(), random).text();
    settings.postgres = arguments.value("postgres", "");
    settings.demo = arguments.has("demo");
    return settings;
}

/// Of the bureau; asked before anything is made, for an unknown zone is refused.
registers::OrgProfile ask_profile(const Arguments& arguments) {
    registers::OrgProfile profile;
    profile.name = ask(arguments, "name", "Duban");
    profile.zone = ask(arguments, "zone", "Asia/Shanghai");
    profile.currency = ask(arguments, "currency", "CNY");
    static_cast<void>(calendar::civil_date(machine_clock().now(), profile.zone));
    profile.calendar = calendar::parse_calendar(embedded_file("data/calendars/cn.json"));
    return profile;
}

struct Administrator {
    const char* option;
    const char* role;
    std::string name;
    core::Id person;
};
using Administrators = std::array<Administrator, 3>;  // system, security, audit

/// A house of two: what its system administrator proposes, the audit administrator approves (E22).
bool is_house_of_two(const Administrators& administrators) {
    return administrators[0].name == administrators[1].name;
}

/// Three roles, at least two persons, audit never with another (E22). There are no default people:
/// a name stands for one person. Asked before anything is made.
Administrators ask_administrators(const Arguments& arguments) {
    Administrators out = {
        Administrator{"system", "system_admin", {}, {}},
        Administrator{"security", "security_admin", {}, {}},
        Administrator{"audit", "audit_admin", {}, {}}
    };
    std::string unnamed;
    for (Administrator& administrator : out) {
        administrator.name = exchange::plain(ask(arguments, administrator.option, ""));
        if (administrator.name.empty()) {
            unnamed += (unnamed.empty() ? "--" : ", --") + std::string{administrator.option};
        }
    }
    if (!unnamed.empty()) {
        throw core::Problem{
            core::ProblemKind::Invalid, "init.administrators_unnamed", {{"options", unnamed}}
        };
    }
    if (out[2].name == out[0].name || out[2].name == out[1].name) {
        throw core::Problem{
            core::ProblemKind::Invalid, "init.audit_apart", {{"name", out[2].name}}
        };
    }
    return out;
}

/// The bureau's first unit and its three administrators.
void found(House& house, const registers::OrgProfile& profile, Administrators& administrators) {
    house.services().store.write(kFirstOrg, [&](store::Transaction& tx) {
        registers::save_profile(tx, kFirstOrg, profile);
    });
    const calendar::Date today = house.services().registers.today(kFirstOrg);
    const access::Span since{.from = today, .to = {}};
    const auto made = [&] { return core::make_id(house.clock().now(), house.random()); };
    const core::Id root = made();
    std::vector<access::Person> people;
    std::vector<access::Post> posts;
    for (Administrator& administrator : administrators) {
        const auto known = std::ranges::find(people, administrator.name, &access::Person::name);
        administrator.person = known == people.end() ? made() : known->id;
        if (known == people.end()) {
            people.push_back(
                {.id = administrator.person, .name = administrator.name, .mobile = {}, .span = since
                }
            );
        }
        posts.push_back(
            {.id = made(),
             .person = administrator.person,
             .unit = root,
             .role = administrator.role,
             .outside = false,
             .span = since}
        );
    }
    const access::Access::Author author{
        .org = kFirstOrg, .person = administrators[0].person, .approved_by = {}, .on = today.text()
    };
    access::Access& access = house.services().access;
    access.put(
        author,
        std::vector<access::Unit>{
            {.id = root,
             .parent = {},
             .name = profile.name,
             .code = "ROOT",
             .kind = access::UnitKind::Root,
             .span = since}
        }
    );
    access.put(author, people);
    access.put(author, posts);
    const auto& approver = administrators.at(is_house_of_two(administrators) ? 2 : 1);
    enforce_shipped_law(house, administrators[0].person, approver.person);
}

void print_accounts(House& house, const Administrators& administrators) {
    const std::string on = house.services().registers.today(kFirstOrg).text();
    const bool of_two = is_house_of_two(administrators);
    std::cout << "\n" << say("init_accounts") << "\n";
    for (const Administrator& administrator : administrators) {
        if (of_two && &administrator == &administrators[1]) {
            continue;  // has his account already
        }
        const auto created = house.services().accounts.create(
            {.org = kFirstOrg, .person = administrators[0].person, .approved_by = {}, .on = on},
            {.person = administrator.person,
             .name = administrator.option,
             .language = terminal_language()}
        );
        std::cout << "  " << administrator.option << "  " << created.password << "\n";
    }
    if (of_two) {
        std::cout << "\n"
                  << say("init_of_two",
                         {{"name", administrators[0].name}, {"audit", administrators[2].name}})
                  << "\n";
    }
}

}  // namespace

int init_command(const Words& words) {
    const Arguments arguments{words, kInit};
    crypto::SystemRandom random;
    const bool demo = arguments.has("demo");
    const auto profile = demo ? registers::OrgProfile{} : ask_profile(arguments);
    Administrators administrators = demo ? Administrators{} : ask_administrators(arguments);
    const Settings settings = new_settings(arguments, random);
    make_keys(settings, random);
    House house{settings};
    if (!house.services().access.directory(kFirstOrg)->units().empty()) {
        refuse_half_made(settings);  // of a database in PostgreSQL
    }
    if (settings.demo) {
        std::cout << make_demo(house, settings, arguments.value("notice", ""));
    } else {
        found(house, profile, administrators);
        print_accounts(house, administrators);
    }
    // Last: a directory whose making broke off is none.
    save_settings(settings);
    std::cout << "\n"
              << say("init_done", {{"directory", settings.directory}, {"keys", settings.keys}})
              << "\n";
    return 0;
}

}  // namespace duban::app
