#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

using http::Method;

constexpr std::string_view kFiles = "Files";
constexpr std::string_view kFigures = "Figures";
constexpr std::string_view kDesk = "Desk";

}  // namespace

std::vector<Outlet> finding_outlets() {
    return {
        {.pattern = "/api/v1/search",
         .id = "search",
         .tag = "Search",
         .summary = "Entries in which all words occur",
         .query =
             {{"q", "text", "At most 200 characters and 10 words"},
              {"register", "text", "Only there; several times: any", Parameter::Times::Many},
              {"limit", "integer", "1 to 100; 20 when absent"}},
         .headers = {"Duban-Wait"},
         .answers =
             {{200,
               "{hits: [{register: text, id: id, number: text?, title: text, unit: id, state: "
               "text}], total: total, labels: labels}"}},
         .says = {"Duban-Position"}},
        {.method = Method::Post,
         .pattern = "/api/v1/files",
         .id = "uploadFile",
         .tag = kFiles,
         .summary = "Upload a file; an action claims it within a day",
         .query = {{"name", "text", "What the file is called"}},
         .body = Body{"", "application/octet-stream"},
         .answers = {{201, "{hash: hash, name: text, size: integer, type: text}"}}},
        {.pattern = "/api/v1/files/{hash}",
         .id = "getUpload",
         .tag = kFiles,
         .summary = "What the asker uploaded within the last day",
         .answers = {{200, "", "*/*"}}},
        {.pattern = "/api/v1/events",
         .id = "streamEvents",
         .tag = "Events",
         .summary = "One event when a register that the asker may read has changed",
         .answers = {{200, "", "text/event-stream"}}},
        {.pattern = "/api/v1/figures",
         .id = "listFigures",
         .tag = kFigures,
         .summary = "The figures that the packs declare",
         .answers =
             {{200, "{figures: [{name: text, title: texts, register: text, counts: [text]}]}"}}},
        {.pattern = "/api/v1/figures/{figure}",
         .id = "getFigure",
         .tag = kFigures,
         .summary = "A figure over what the asker may read, with every row that it counts",
         .query =
             {{"backfilled", "boolean", "`false`: without what came in by backfill; `true`: only"}},
         .filters = "Any fact of the figure",
         .answers =
             {{200,
               "{name: text, title: texts, register: text, counts: [text], groups: {..: integer}, "
               "words: {..: texts}, counted: integer, total: integer, rate: text?, backfilled: "
               "integer, sums: {..: {sum: integer, rows: integer}}, fact_words: {..: texts}, on: "
               "date, rows: [figure_row]}"}}},
        {.pattern = "/api/v1/controls",
         .id = "listControls",
         .tag = kFigures,
         .summary = "The controls that are no figures",
         .answers = {{200, "{controls: [control]}"}}},
        {.pattern = "/api/v1/controls/{control}",
         .id = "getControl",
         .tag = kFigures,
         .summary = "What a control finds now",
         .answers =
             {{200,
               "{name: text, title: texts, register: text, kind: fact|hint|invariant, severity: "
               "text, total: integer, on: date, words: {..: texts}, rows: [figure_row]}"}}},
        {.pattern = "/api/v1/desk",
         .id = "getDesk",
         .tag = kDesk,
         .summary = "What waits for the asker, over every register",
         .answers =
             {{200,
               "{entries: [{register: text, id: id, number: text?, title: text, unit: id, state: "
               "text, revision: integer, changed_at: instant, due: due?, clock: boolean, actions: "
               "[{name: text, signs: boolean}]}], complete: boolean, labels: labels}"}}},
        {.pattern = "/api/v1/decisions",
         .id = "listDecisions",
         .tag = kDesk,
         .summary = "The decisions of backfill that name the asker",
         .answers =
             {{200,
               "{decisions: [{id: id, title: text, paper: text, registers: [text], from: date, "
               "to: date, decided_on: date, as: recorder|checker}]}"}}},
    };
}

}  // namespace duban::api::internal
