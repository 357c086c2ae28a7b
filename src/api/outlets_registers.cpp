#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

using http::Method;

constexpr std::string_view kRegisters = "Registers";
constexpr std::string_view kFilters =
    "Filters that the view declares, several times for any of the values; with `.from` and `.to` a "
    "range";

/// What a list and its sheet take alike.
std::vector<Parameter> list_parameters() {
    return {
        {"view", "text", "A view that the register declares; the first when absent"},
        {"sort", "text", "A sort of the view; `-` in front descends"},
        {"at", "text", "Begin at the first entry whose sort value is not before this one"},
        {"below", "boolean", "With `unit`: also the units below it"},
        {"cursor", "text", "From `next` of the page before; the rest of the query unchanged"},
        {"limit", "integer", "1 to 200; 50 when absent"}
    };
}

}  // namespace

std::vector<Outlet> register_outlets() {
    return {
        {.pattern = "/api/v1/registers",
         .id = "listRegisters",
         .tag = kRegisters,
         .summary = "The registers that the asker may read or open",
         .answers =
             {{200,
               "{registers: [{name: text, pack: text, pack_title: texts, title: texts, "
               "entry_title: texts, home: text, sealed: boolean, may_open: boolean, views: "
               "[text]}]}"}}},
        {.pattern = "/api/v1/registers/{register}",
         .id = "getRegister",
         .tag = kRegisters,
         .summary = "The declaration of a register: fields, states, actions, views",
         .answers = {{200, "declaration"}},
         .says = {"ETag"}},
        {.pattern = "/api/v1/registers/{register}/counts",
         .id = "countEntries",
         .tag = kRegisters,
         .summary = "Entries by state and unit, as far as the asker reaches",
         .answers =
             {{200,
               "{states: {..: integer}, units: [{unit: id, states: {..: integer}}], overdue: "
               "integer, due_in_10_days: integer, labels: labels}"}}},
        {.pattern = "/api/v1/registers/{register}/entries",
         .id = "listEntries",
         .tag = kRegisters,
         .summary = "A page of a list",
         .query = list_parameters(),
         .filters = kFilters,
         .answers = {{200, "{entries: [row], next: text?, total: total?, labels: labels}"}},
         .says = {"Duban-Position"}},
        {.pattern = "/api/v1/registers/{register}/sheet",
         .id = "exportSheet",
         .tag = kRegisters,
         .summary = "A page of a list as a sheet",
         .query = list_parameters(),
         .filters = kFilters,
         .answers = {{200, "", "text/csv"}},
         .says = {"Duban-Next"}},
        {.method = Method::Post,
         .pattern = "/api/v1/registers/{register}/sheet",
         .id = "importSheet",
         .tag = kRegisters,
         .summary = "Try a sheet, or enter its rows",
         .query =
             {{"check", "boolean", "`false` enters the rows; absent or `true` only tries them"},
              {"unit", "id", "For rows without a unit"},
              {"decision", "id", "Enters the rows as backfill under this decision"},
              {"claimed_on", "date", "With `decision`, for rows without a date"},
              {"paper", "text", "With `decision`, for rows without a paper"}},
         .headers = {"Idempotency-Key"},
         .body = Body{"", "text/csv"},
         .answers =
             {{200,
               "{rows: integer, refused: [{row: integer, line: integer, type: text, title: text, "
               "status: integer, detail: text, instance: text, code: text, params: {..: text}, "
               "errors: [{pointer: text, code: text, detail: text, params: {..: text}}]}], "
               "passed_over: [text], entries: [{id: id, number: text?}]}"}}},
    };
}

}  // namespace duban::api::internal
