#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

using http::Method;

constexpr std::string_view kDirectory = "Directory";
constexpr std::string_view kProposals = "Proposals";

std::vector<Outlet> directory_outlets() {
    return {
        {.pattern = "/api/v1/directory",
         .id = "getDirectory",
         .tag = kDirectory,
         .summary = "Units, people, posts, roles and the division of work as of a day",
         .query = {{"on", "date", "The day; today when absent"}},
         .answers =
             {{200,
               "{units: [unit], people: [{id: id, name: text}], posts: [post], divisions: "
               "[division], roles: [{name: text, title: texts}]}"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/directory/units",
         .id = "writeUnit",
         .tag = kDirectory,
         .summary = "Add a unit, or amend the one whose id is sent",
         .body = Body{"{id?: id?, parent?: id?, name?: text, code?: text, kind?: unit_kind, from?: "
                      "date, to?: date?}"},
         .answers = {{201, "unit"}, {200, "unit"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/directory/people",
         .id = "writePerson",
         .tag = kDirectory,
         .summary = "Add a person, or amend the one whose id is sent",
         .body = Body{"{id?: id?, name?: text, mobile?: text, from?: date, to?: date?}"},
         .answers =
             {{201, "{id: id, name: text, from: date, to: date?}"},
              {200, "{id: id, name: text, from: date, to: date?}"}}},
        {.pattern = "/api/v1/delegations",
         .id = "listDelegations",
         .tag = kDirectory,
         .summary = "All to an administrator, to others what they gave or were given",
         .answers = {{200, "{delegations: [delegation]}"}}},
        {.pattern = "/api/v1/accounts",
         .id = "listAccounts",
         .tag = kDirectory,
         .summary = "The accounts, to administrators",
         .answers = {{200, "{accounts: [account]}"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/accounts",
         .id = "createAccount",
         .tag = kDirectory,
         .summary = "Make an account; its one-time password is shown once",
         .body = Body{"{person: id, name: text, language?: text}"},
         .answers = {{201, "one_time_password"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/accounts/{id}/reset",
         .id = "resetAccount",
         .tag = kDirectory,
         .summary = "Reset a password, or take off the second factor, before a witness",
         .body = Body{"{what: password|second_factor, witness: id}"},
         .answers = {{200, "one_time_password"}, {204}}},
        {.pattern = "/api/v1/duties",
         .id = "getDuties",
         .tag = kDirectory,
         .summary = "What waits for the administrators: locked accounts, proposals of others, and "
                    "steps that too few people may take",
         .answers =
             {{200,
               "{locked: [{id: id, person: id, name: text}], proposals: integer, shortages: "
               "[{register: text, action: text, wanted: integer, there: integer, units: [id], "
               "code: text, "
               "words: texts}]}"}}},
        {.pattern = "/api/v1/calendar",
         .id = "getCalendar",
         .tag = kDirectory,
         .summary = "The days of a year that are not as their day of the week",
         .query = {{"year", "integer", "This year when absent"}},
         .answers =
             {{200,
               "{name: text, year: integer, known: boolean, known_years: [integer], "
               "rest_weekdays: [integer], holidays: [date], makeup_workdays: [date], "
               "count_from_next_day: boolean, moves_to_next_workday: boolean}"}}},
        {.pattern = "/api/v1/profile",
         .id = "getProfile",
         .tag = kDirectory,
         .summary =
             "What the organisation works by: its name, zone, currency, counting and calendar",
         .answers = {{200, "profile"}}},
        {.pattern = "/api/v1/packs",
         .id = "listPacks",
         .tag = kProposals,
         .summary = "The packs in force, with their parameters",
         .answers =
             {{200,
               "{packs: [{name: text, title: texts, version: text, digest: hash, registers: "
               "integer, controls: integer, parameters: [{name: text, title: texts, type: text, "
               "value: any, initial: any, source: text?}]}]}"}}},
    };
}

Outlet sheet_of(std::string_view pattern, std::string_view id, std::string_view summary) {
    return {
        .method = Method::Post,
        .pattern = pattern,
        .id = id,
        .tag = kDirectory,
        .summary = summary,
        .query = {{"check", "boolean", "`false` writes; absent or `true` only looks"}},
        .body = Body{"", "text/csv"},
        .answers = {{200, "directory_sheet"}}
    };
}

Outlet decided(std::string_view pattern, std::string_view id, std::string_view summary) {
    return {
        .method = Method::Post,
        .pattern = pattern,
        .id = id,
        .tag = kProposals,
        .summary = summary,
        .answers = {{200, "proposal"}}
    };
}

}  // namespace

std::vector<Outlet> administration_outlets() {
    std::vector<Outlet> out = directory_outlets();
    out.push_back(sheet_of(
        "/api/v1/directory/units/sheet", "importUnits", "Look at a sheet of units, or write it"
    ));
    out.push_back(sheet_of(
        "/api/v1/directory/people/sheet", "importPeople", "Look at a sheet of people, or write it"
    ));
    out.push_back(sheet_of(
        "/api/v1/directory/posts/sheet",
        "importPosts",
        "Look at a sheet of posts, or propose all of them at once"
    ));
    out.push_back(sheet_of(
        "/api/v1/accounts/sheet",
        "importAccounts",
        "Look at a sheet of accounts, or make them; their one-time passwords are shown once"
    ));
    out.push_back(
        {.method = Method::Post,
         .pattern = "/api/v1/proposals",
         .id = "propose",
         .tag = kProposals,
         .summary = "Propose what two administrators must do",
         .body =
             Body{"pack_proposal or parameter_proposal or post_proposal or delegation_proposal or "
                  "division_proposal or profile_proposal or backfill_proposal"},
         .answers = {{201, "proposal"}},
         .says = {"Location"}}
    );
    out.push_back(
        {.pattern = "/api/v1/proposals",
         .id = "listProposals",
         .tag = kProposals,
         .summary = "The newest 200, to administrators",
         .answers = {{200, "{proposals: [proposal]}"}}}
    );
    out.push_back(
        {.pattern = "/api/v1/proposals/{id}",
         .id = "getProposal",
         .tag = kProposals,
         .summary = "One proposal with its differences",
         .answers = {{200, "proposal"}}}
    );
    out.push_back(decided(
        "/api/v1/proposals/{id}/approve", "approveProposal", "Approve; it is in force from then on"
    ));
    Outlet refuse =
        decided("/api/v1/proposals/{id}/refuse", "refuseProposal", "Refuse, with the reason");
    refuse.body = Body{"{reason?: text?}"};
    out.push_back(std::move(refuse));
    out.push_back(decided(
        "/api/v1/proposals/{id}/withdraw", "withdrawProposal", "Withdraw what one proposed oneself"
    ));
    return out;
}

}  // namespace duban::api::internal
