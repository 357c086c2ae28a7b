// Every outlet of the house, with every role: what comes out is what the declared readers let
// this person read, and nothing of any other entry. The outlets are those of the generated
// OpenAPI document: a new one without a case here fails.

#include <algorithm>
#include <functional>
#include <memory>

#include "dossiers.h"
#include "walk.h"
#include "world.h"

namespace duban::scenarios {

namespace {

class OutletsTest : public Scenario {
protected:
    static void SetUpTestSuite() {
        Scenario::SetUpTestSuite();
        dossiers_ = std::make_unique<Dossiers>(world());
    }
    static void TearDownTestSuite() {
        dossiers_.reset();
        Scenario::TearDownTestSuite();
    }
    static Dossiers& dossiers() { return *dossiers_; }

    static std::vector<Caller> callers();
    static core::Id ended();
    static core::Id left();

private:
    static std::unique_ptr<Dossiers> dossiers_;
};

std::unique_ptr<Dossiers> OutletsTest::dossiers_;

access::Span until(const std::string& day) {
    return {.from = *calendar::Date::parse("2020-01-01"), .to = *calendar::Date::parse(day)};
}

/// Held a post that read the finance ledger; it ended yesterday.
core::Id OutletsTest::ended() {
    const core::Id person = world().add_person("Ended", {{world().finance, "head"}});
    static_cast<void>(world().token(person, "zh"));
    access::Access& access = world().services().access;
    access::Post post =
        *access.directory(app::kFirstOrg)->find_post(world().posts_of(person, "head").front());
    post.span = until(world().day(-1));
    access.put(world().author(), std::vector<access::Post>{post});
    return person;
}

/// Has left the house; the token is still in the drawer.
core::Id OutletsTest::left() {
    const core::Id person = world().add_person("Left", {});
    static_cast<void>(world().token(person, "zh"));
    access::Access& access = world().services().access;
    access::Person row = *access.directory(app::kFirstOrg)->find_person(person);
    row.span = until(world().day(-1));
    access.put(world().author(), std::vector<access::Person>{row});
    return person;
}

/// One of each role in each kind of unit that the demonstration has, every other role of the
/// packs in the office and in a unit, and those who should see little or nothing.
std::vector<Caller> OutletsTest::callers() {
    std::vector<Caller> out;
    std::set<std::string> seen;
    const auto directory = world().services().access.directory(app::kFirstOrg);
    for (const access::Post& post : directory->posts()) {
        const std::string name =
            std::string{access::text_of(directory->find_unit(post.unit)->kind)} + "." + post.role;
        if (seen.insert(name).second) {
            out.push_back({.name = name, .person = post.person});
        }
    }
    const auto adopted = world().services().registers.adopted();
    for (const auto& role : adopted->model().find_pack("organisation")->roles) {
        for (const auto& [kind, unit] :
             {std::pair{"office", world().office}, std::pair{"department", world().finance}}) {
            const bool administers = role.name.ends_with("_admin");
            if (!administers && seen.insert(std::string{kind} + "." + role.name).second) {
                out.push_back(
                    {.name = std::string{kind} + "." + role.name,
                     .person = world().add_person("As " + role.name, {{unit, role.name}})}
                );
            }
        }
    }
    const core::Id delegate = world().add_person("Stands In", {});
    world().delegate(world().posts_of(world().unit_head, "head").front(), delegate);
    const core::Id inspector = world().add_outsider("Inspector", world().office, "inspector");
    for (const Caller& one :
         {Caller{"a school's clerk", dossiers().school_clerk},
          Caller{"a school's head", dossiers().school_head},
          Caller{"another school's clerk", dossiers().other_school_clerk},
          Caller{"a district's clerk", dossiers().district_clerk},
          Caller{"a clerk of two units", dossiers().two_units},
          Caller{"a delegate", delegate},
          Caller{"an inspector from outside", inspector},
          Caller{"a stranger", world().add_person("Stranger", {})},
          Caller{"one whose post ended", ended()},
          Caller{"one who left", left(), false},
          Caller{"one of another org", world().add_other_org({2}, "reviewer"), false},
          Caller{"nobody", {}, false}}) {
        out.push_back(one);
    }
    return out;
}

using Case = std::function<void(Walk&)>;

Case plain(const std::string& path) {
    return [path](Walk& walk) { walk.plain(path); };
}

/// By what the OpenAPI document calls it. Null: it answers with the asker's own session or with
/// what two administrators propose, and changes either; its answers hold no entry.
const std::map<std::string, Case>& cases() {
    static const std::map<std::string, Case> kCases = {
        {"get /api/v1/registers", &Walk::registers},
        {"get /api/v1/registers/{register}", &Walk::declaration},
        {"get /api/v1/registers/{register}/counts", &Walk::counts},
        {"get /api/v1/registers/{register}/entries", &Walk::list},
        {"post /api/v1/registers/{register}/entries", &Walk::open},
        {"get /api/v1/registers/{register}/entries/{id}", &Walk::entry},
        {"post /api/v1/registers/{register}/entries/{id}/actions/{action}", &Walk::act},
        {"get /api/v1/registers/{register}/entries/{id}/files/{hash}", &Walk::file},
        {"get /api/v1/registers/{register}/entries/{id}/history", &Walk::history},
        {"get /api/v1/registers/{register}/entries/{id}/certificate", &Walk::certificate},
        {"get /api/v1/registers/{register}/entries/{id}/links", &Walk::links},
        {"get /api/v1/registers/{register}/sheet", &Walk::sheet},
        {"post /api/v1/registers/{register}/sheet", &Walk::read_sheet},
        {"get /api/v1/figures", &Walk::figures},
        {"get /api/v1/figures/{figure}", &Walk::figures},
        {"get /api/v1/controls", &Walk::controls},
        {"get /api/v1/controls/{control}", &Walk::controls},
        {"get /api/v1/desk", &Walk::desk},
        {"get /api/v1/decisions", plain("/api/v1/decisions")},
        {"get /api/v1/readings/{id}/statements", &Walk::statements},
        {"post /api/v1/readings/document", nullptr},  // nothing of the house is in it
        {"post /api/v1/readings", nullptr},           // nor here
        {"post /api/v1/readings/entries", nullptr},   // names what the asker entered himself
        {"post /api/v1/readings/links", nullptr},     // the same
        {"get /api/v1/search", &Walk::search},
        {"post /api/v1/files", &Walk::upload},
        {"get /api/v1/files/{hash}", &Walk::file},
        {"get /api/v1/events", nullptr},  // EventsReachWhoMayReadTheRegister
        {"get /api/v1/session", plain("/api/v1/session")},
        {"get /api/v1/tokens", plain("/api/v1/tokens")},
        {"get /api/v1/directory", plain("/api/v1/directory")},
        {"get /api/v1/delegations", plain("/api/v1/delegations")},
        {"get /api/v1/accounts", plain("/api/v1/accounts")},
        {"get /api/v1/duties", plain("/api/v1/duties")},
        {"get /api/v1/calendar", plain("/api/v1/calendar")},
        {"get /api/v1/profile", plain("/api/v1/profile")},
        {"get /api/v1/packs", plain("/api/v1/packs")},
        {"get /api/v1/journal", nullptr},  // WholeJournalIsForTheAuditAdministrator…
        {"get /api/v1/proposals", plain("/api/v1/proposals")},
        {"get /api/v1/proposals/{id}", plain(std::string{"/api/v1/proposals/"} + kNobodysId)},
        {"get /api/v1/verification", plain("/api/v1/verification")},
        {"post /api/v1/verification", nullptr},  // the same answer
        {"get /api/v1/openapi.json", plain("/api/v1/openapi.json")},
        {"get /log/{org}/checkpoint", plain("/log/1/checkpoint")},
        {"get /log/{org}/key", plain("/log/1/key")},
        {"get /log/{org}/consistency", plain("/log/1/consistency")},
        {"get /log/{org}/tile/{tile}", plain("/log/1/tile/0/000.p/1")},
        {"get /log/{org}/tile/entries/{tile}", nullptr},  // EntriesAreForTheAuditAdministrator
        {"post /api/v1/sessions", nullptr},
        {"delete /api/v1/session", nullptr},
        {"post /api/v1/session/second-factor", nullptr},
        {"put /api/v1/account/password", nullptr},
        {"put /api/v1/account/language", nullptr},
        {"post /api/v1/account/second-factor", nullptr},
        {"put /api/v1/account/second-factor", nullptr},
        {"post /api/v1/tokens", nullptr},
        {"delete /api/v1/tokens/{id}", nullptr},
        {"post /api/v1/proposals", nullptr},
        {"post /api/v1/proposals/{id}/approve", nullptr},
        {"post /api/v1/proposals/{id}/refuse", nullptr},
        {"post /api/v1/proposals/{id}/withdraw", nullptr},
        {"post /api/v1/directory/units", nullptr},
        {"post /api/v1/directory/people", nullptr},
        {"post /api/v1/accounts", nullptr},
        {"post /api/v1/directory/units/sheet", nullptr
        },  // for the system administrator: DirectorySheets…
        {"post /api/v1/directory/people/sheet", nullptr
        },  // for the system administrator: DirectorySheets…
        {"post /api/v1/directory/posts/sheet", nullptr
        },                                         // for the system administrator: DirectorySheets…
        {"post /api/v1/accounts/sheet", nullptr},  // for the system administrator: DirectorySheets…
        {"post /api/v1/accounts/{id}/reset", nullptr},
    };
    return kCases;
}

/// Named by kind of unit and role, "office.clerk"; the others by what is special about them.
bool is_role(const Caller& caller) {
    return caller.name.find(' ') == std::string::npos && caller.name != "nobody";
}

/// Outlets that are asked once for each entry, view or register.
bool is_long(const std::string& outlet) {
    static const std::set<std::string> kShort = {
        "get /api/v1/registers",
        "get /api/v1/registers/{register}",
        "get /api/v1/registers/{register}/counts",
        "get /api/v1/registers/{register}/entries/{id}",
        "get /api/v1/search",
        "get /api/v1/figures"
    };
    return outlet.find("/registers") != std::string::npos && !kShort.contains(outlet);
}

TEST_F(OutletsTest, EachOutletOfTheServerHasACase) {
    const Reply document = world().get({}, "/api/v1/openapi.json");
    std::set<std::string> outlets;
    for (const auto& path : document.body.at("paths").as_object()) {
        for (const auto& operation : path.value().as_object()) {
            outlets.insert(std::string{operation.key()} + " " + std::string{path.key()});
        }
    }
    std::set<std::string> known;
    for (const auto& [name, test] : cases()) {
        known.insert(name);
    }
    EXPECT_EQ(outlets, known);
    // And what is served beside it.
    std::set<std::string> beside;
    for (const http::Route* route : world().router().routes()) {
        if (!route->pattern.starts_with("/api/") && !route->pattern.starts_with("/log/")) {
            beside.insert(route->pattern);
        }
    }
    EXPECT_EQ(beside, (std::set<std::string>{"/", "/health", "/metrics", "/problems/{code}"}));
}

TEST_F(OutletsTest, NobodySeesWhatHeMayNotRead) {
    const std::vector<Caller> all = callers();
    EXPECT_GT(all.size(), 40U);
    const std::vector<Secret> secrets = dossiers().all();
    world().wait_for_index();
    std::set<std::set<std::string>> walked;
    std::size_t most = 0;
    std::size_t least = secrets.size();
    for (const Caller& caller : all) {
        SCOPED_TRACE(caller.name);
        Walk walk{world(), caller, secrets};
        const auto count = static_cast<std::size_t>(
            std::ranges::count_if(secrets, [&](const Secret& one) { return walk.reads(one); })
        );
        most = std::max(most, count);
        least = std::min(least, count);
        // Callers who read the same entries differ in what they may open: one of them walks all.
        const bool first = walked.insert(walk.readable()).second || !is_role(caller);
        for (const auto& [outlet, test] : cases()) {
            if (test && (first || !is_long(outlet))) {
                SCOPED_TRACE(outlet);
                test(walk);
            }
        }
        for (const char* path : {"/", "/health", "/metrics", "/problems/entry.not_found"}) {
            walk.plain(path);
        }
    }
    EXPECT_GT(most, 55U);
    EXPECT_EQ(least, 0U);
}

}  // namespace

}  // namespace duban::scenarios
