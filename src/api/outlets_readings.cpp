#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

using http::Method;

constexpr std::string_view kReading = "Reading";
constexpr std::string_view kBytes = "*/*";

}  // namespace

std::vector<Outlet> reading_outlets() {
    return {
        {.method = Method::Post,
         .pattern = "/api/v1/readings",
         .id = "proposeReading",
         .tag = kReading,
         .summary = "Read a document into a proposal; nothing of it is kept",
         .body = Body{"", kBytes},
         .answers = {{200, "proposed_notice or proposed_feedback"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/readings/entries",
         .id = "enterReading",
         .tag = kReading,
         .summary = "Enter the proposal that a person confirmed or corrected",
         .body = Body{"{proposal: object, unit?: id?, decision?: id?}"},
         .answers = {{201, "entered"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/readings/links",
         .id = "proposeLinks",
         .tag = kReading,
         .summary = "Open a link for each register or control whose words a measure has",
         .body = Body{"{notice: id}"},
         .answers = {{201, "entered"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/readings/document",
         .id = "readDocument",
         .tag = kReading,
         .summary = "Read a document, with its text; nothing of it is kept",
         .body = Body{"", kBytes},
         .answers = {{200, "document"}}},
        {.pattern = "/api/v1/readings/{id}/statements",
         .id = "listStatements",
         .tag = kReading,
         .summary = "What became of a document that was entered, in the order of its text",
         .answers = {{200, "{statements: [statement], labels: labels}"}}},
    };
}

}  // namespace duban::api::internal
