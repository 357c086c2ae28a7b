#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

using http::Method;

constexpr std::string_view kEntries = "Entries";
constexpr std::string_view kProofTag = "History and proof";

}  // namespace

std::vector<Outlet> entry_outlets() {
    return {
        {.pattern = "/api/v1/registers/{register}/entries/{id}",
         .id = "getEntry",
         .tag = kEntries,
         .summary = "An entry, with what the asker may do now",
         .answers = {{200, "entry"}},
         .says = {"ETag", "Duban-Position"}},
        {.method = Method::Post,
         .pattern = "/api/v1/registers/{register}/entries",
         .id = "openEntry",
         .tag = kEntries,
         .summary = "Open an entry; fields by the schema `<register>.actions.open`",
         .headers = {"Idempotency-Key"},
         .body = Body{"doing"},
         .answers = {{201, "entry"}},
         .says = {"ETag", "Duban-Position", "Idempotency-Replayed", "Location"}},
        {.method = Method::Post,
         .pattern = "/api/v1/registers/{register}/entries/{id}/actions/{action}",
         .id = "act",
         .tag = kEntries,
         .summary =
             "Take an action, or sign it; the body by the schema `<register>.actions.<action>`",
         .headers = {"If-Match", "Idempotency-Key"},
         .body = Body{.shape = "doing", .need = Body::Need::Optional},
         .answers = {{200, "entry"}},
         .says = {"ETag", "Duban-Position", "Idempotency-Replayed"}},
        {.pattern = "/api/v1/registers/{register}/entries/{id}/links",
         .id = "listLinks",
         .tag = kEntries,
         .summary = "The entries that name this one",
         .query = {{"limit", "integer", "Of each group, 1 to 50; 10 when absent"}},
         .answers =
             {{200,
               "{links: [{register: text, field: text, field_title: texts, view: text?, more: "
               "boolean, entries: [head]}], labels: labels}"}}},
        {.pattern = "/api/v1/registers/{register}/entries/{id}/files/{hash}",
         .id = "getFile",
         .tag = kEntries,
         .summary = "A file that the entry names",
         .query = {{"inline", "boolean", "`true`: a PDF comes for the browser's own viewer"}},
         .answers = {{200, "", "*/*"}}},
        {.pattern = "/api/v1/registers/{register}/entries/{id}/history",
         .id = "getHistory",
         .tag = kProofTag,
         .summary = "The records of an entry, in the order of the journal",
         .answers = {{200, "{records: [record or hidden_record], labels: labels}"}}},
        {.pattern = "/api/v1/registers/{register}/entries/{id}/certificate",
         .id = "getCertificate",
         .tag = kProofTag,
         .summary = "What an entry is checked by without this server",
         .query = {{"last", "integer", "A position: the entry as it stood then, nothing later"}},
         .answers = {{200, "certificate"}}},
    };
}

}  // namespace duban::api::internal
