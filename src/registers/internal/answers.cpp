#include "registers/internal/answers.h"

#include "core/check.h"
#include "core/json.h"
#include "core/problem.h"
#include "crypto/digest.h"

namespace duban::registers {

namespace {

constexpr store::Query kFindAnswer{
    "registers.find_answer",
    "select request, answer from d_idempotency where org = $1 and account = $2 and key = $3"
};
constexpr store::Query kInsertAnswer{
    "registers.insert_answer",
    "insert into d_idempotency (org, account, key, request, answer, at_ms)"
    " values ($1, $2, $3, $4, $5, $6)"
};

/// What makes two requests the same, whatever their key.
std::string digest_of(const Request& request) {
    core::JsonObject json;
    json["register"] = request.register_name;
    json["action"] = request.action;
    json["entry"] = request.entry.text();
    json["revision"] = request.revision.value_or(0);
    json["unit"] = request.unit.text();
    json["post"] = request.post.text();
    json["fields"] = request.fields;
    json["inputs"] = request.inputs;
    json["words"] = request.words;
    if (request.paper) {
        json["paper"] = core::JsonObject{
            {"signer", request.paper->signer.text()},
            {"signed_on", request.paper->signed_on},
            {"words", request.paper->words},
            {"scan", request.paper->scan},
            {"compares", request.paper->compares.text()}
        };
    }
    if (request.backfill) {
        json["backfill"] = core::JsonObject{
            {"decision", request.backfill->decision.text()},
            {"state", request.backfill->state},
            {"claimed_on", request.backfill->claimed_on},
            {"paper", request.backfill->paper}
        };
    }
    return crypto::sha256(core::canonical_json(json)).hex();
}

core::Json json_of(const Applied& applied) {
    return core::JsonObject{
        {"entry", applied.entry.text()},
        {"revision", applied.revision},
        {"state", applied.state},
        {"number", applied.number},
        {"position", applied.position},
        {"signatures_open", applied.signatures_open}
    };
}

Applied applied_of(const core::Json& json) {
    const auto id = core::Id::parse(core::find_string(json, "entry").value_or(""));
    core::check(id.has_value(), "a kept answer names its entry");
    return {
        .entry = *id,
        .revision = core::find_integer(json, "revision").value_or(0),
        .state = core::find_string(json, "state").value_or(""),
        .number = core::find_string(json, "number").value_or(""),
        .position = core::find_integer(json, "position").value_or(0),
        .signatures_open = core::find_integer(json, "signatures_open").value_or(0),
        .repeated = true
    };
}

}  // namespace

std::optional<Applied> find_answer(
    store::Transaction& tx, const access::Actor& actor, const Request& request
) {
    if (request.idempotency_key.empty()) {
        return std::nullopt;
    }
    const store::Rows rows = tx.query(
        kFindAnswer, {store::value(actor.org), store::value(actor.account), request.idempotency_key}
    );
    if (rows.empty()) {
        return std::nullopt;
    }
    if (rows.front().text(0) != digest_of(request)) {
        throw core::Problem{core::ProblemKind::Rejected, "idempotency.key_reused"};
    }
    return applied_of(core::parse_json(rows.front().text(1)));
}

void keep_answer(
    store::Transaction& tx,
    const access::Actor& actor,
    const Request& request,
    const Applied& applied,
    std::int64_t now_ms
) {
    if (request.idempotency_key.empty()) {
        return;
    }
    tx.execute(
        kInsertAnswer,
        {store::value(actor.org),
         store::value(actor.account),
         request.idempotency_key,
         digest_of(request),
         core::canonical_json(json_of(applied)),
         now_ms}
    );
}

}  // namespace duban::registers
