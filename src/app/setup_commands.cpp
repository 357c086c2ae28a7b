#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/embedded.h"
#include "app/house.h"
#include "app/locales.h"
#include "core/problem.h"
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
    std::cout << say("init_" + option) << " [" << otherwise << "]: " << std::flush;
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
    core::Id person;
};

/// The bureau's first unit and its three administrators: three roles, at least two persons (E22).
void found(
    House& house,
    const registers::OrgProfile& profile,
    const Arguments& arguments,
    std::array<Administrator, 3>& administrators
) {
    house.services().store.write(kFirstOrg, [&](store::Transaction& tx) {
        registers::save_profile(tx, kFirstOrg, profile);
    });
    const calendar::Date today = house.services().registers.today(kFirstOrg);
    const access::Span since{.from = today, .to = {}};
    const core::Id root = core::make_id(house.clock().now(), house.random());
    std::vector<access::Person> people;
    std::vector<access::Post> posts;
    for (Administrator& administrator : administrators) {
        administrator.person = core::make_id(house.clock().now(), house.random());
        people.push_back(
            {.id = administrator.person,
             .name = ask(arguments, administrator.option, administrator.role),
             .mobile = {},
             .span = since}
        );
        posts.push_back(
            {.id = core::make_id(house.clock().now(), house.random()),
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
    enforce_shipped_law(house, administrators[0].person, administrators[1].person);
}

void print_accounts(House& house, const std::array<Administrator, 3>& administrators) {
    const std::string on = house.services().registers.today(kFirstOrg).text();
    std::cout << "\n" << say("init_accounts") << "\n";
    for (const Administrator& administrator : administrators) {
        const auto created = house.services().accounts.create(
            {.org = kFirstOrg, .person = administrators[0].person, .approved_by = {}, .on = on},
            {.person = administrator.person,
             .name = administrator.option,
             .language = terminal_language()}
        );
        std::cout << "  " << administrator.option << "  " << created.password << "\n";
    }
}

}  // namespace

int init_command(const Words& words) {
    const Arguments arguments{words, kInit};
    crypto::SystemRandom random;
    const bool demo = arguments.has("demo");
    const auto profile = demo ? registers::OrgProfile{} : ask_profile(arguments);
    const Settings settings = new_settings(arguments, random);
    make_keys(settings, random);
    House house{settings};
    if (!house.services().access.directory(kFirstOrg)->units().empty()) {
        refuse_half_made(settings);  // of a database in PostgreSQL
    }
    if (settings.demo) {
        std::cout << make_demo(house, settings, arguments.value("notice", ""));
    } else {
        std::array<Administrator, 3> administrators = {
            Administrator{"system", "system_admin", {}},
            Administrator{"security", "security_admin", {}},
            Administrator{"audit", "audit_admin", {}}
        };
        found(house, profile, arguments, administrators);
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
