#include "registers/internal/telling.h"

#include <map>

#include "core/problem.h"

namespace duban::registers {

namespace {

constexpr store::Query kTold{
    "registers.load_told", "select pack, digest from d_told where org = $1"
};
constexpr store::Query kFindTold{
    "registers.find_told", "select digest from d_told where org = $1 and pack = $2"
};
constexpr store::Query kInsert{
    "registers.insert_told", "insert into d_told (org, pack, digest) values ($1, $2, $3)"
};
constexpr store::Query kUpdate{
    "registers.update_told", "update d_told set digest = $3 where org = $1 and pack = $2"
};
constexpr store::Query kInForce{
    "registers.is_in_force",
    "select 1 from d_declaration where org = $1 and digest = $2 and in_force = $3"
};

void note(journal::Draft& draft, const char* field, const core::Json& value) {
    draft.changes.push_back({.field = field, .value = value, .is_list = false, .rows = {}});
}

}  // namespace

std::int64_t record_adoption(
    store::Transaction& tx, const journal::Journal& journal, const Adopting& adopting, Drawn& drawn
) {
    journal::Draft draft;
    draft.org = adopting.org;
    draft.register_name = "pack";
    draft.entry = core::make_id(core::from_ms(adopting.now_ms), drawn);
    draft.action = "adopt";
    draft.kind = "adoption";
    draft.actor = adopting.actor;
    draft.state_after = "in_force";
    draft.declaration = adopting.digest;
    draft.on = adopting.on.text();
    draft.recorded_at_ms = adopting.now_ms;
    draft.salt_seed = drawn.bytes(32);
    note(draft, "pack", core::Json(adopting.pack->name));
    note(draft, "version", core::Json(adopting.pack->version));
    note(draft, "digest", core::Json(adopting.digest));
    note(draft, "digest_before", core::Json(adopting.digest_before));
    if (!adopting.approved_by.is_nil()) {
        note(draft, "approved_by", core::Json(adopting.approved_by.text()));
    }
    journal::Change differences{
        .field = "differences", .value = nullptr, .is_list = true, .rows = {}
    };
    for (const std::string& text : adopting.differences) {
        differences.rows.push_back(core::parse_json(text));
    }
    draft.changes.push_back(std::move(differences));
    const std::int64_t position = journal.append(tx, draft).position;
    const std::vector<store::Value> row = {
        store::value(adopting.org), adopting.pack->name, adopting.digest
    };
    const bool known =
        !tx.query(kFindTold, {store::value(adopting.org), adopting.pack->name}).empty();
    tx.execute(known ? kUpdate : kInsert, row);
    return position;
}

void record_parameter(
    store::Transaction& tx,
    const journal::Journal& journal,
    const ParameterChange& change,
    Drawn& drawn
) {
    journal::Draft draft;
    draft.org = change.org;
    draft.register_name = "parameter";
    draft.entry = core::make_id(core::from_ms(change.now_ms), drawn);
    draft.action = "set";
    draft.kind = "adoption";
    draft.actor = change.actor;
    draft.state_after = "in_force";
    draft.on = change.on.text();
    draft.recorded_at_ms = change.now_ms;
    draft.salt_seed = drawn.bytes(32);
    note(draft, "name", core::Json(change.name));
    note(draft, "before", core::Json(core::canonical_json(change.before)));
    note(draft, "after", core::Json(core::canonical_json(change.after)));
    if (!change.approved_by.is_nil()) {
        note(draft, "approved_by", core::Json(change.approved_by.text()));
    }
    static_cast<void>(journal.append(tx, draft));
}

void tell_org(store::Transaction& tx, const Context& context, const std::string& seed) {
    std::map<std::string, std::string> told;
    for (const store::Row& row : tx.query(kTold, {store::value(context.org)})) {
        told[row.text(0)] = row.text(1);
    }
    Drawn drawn{seed + "told"};
    for (const declarations::Pack& pack : context.adopted->model().packs()) {
        const std::string& digest = context.adopted->digest(pack.name);
        const auto found = told.find(pack.name);
        if (found != told.end() && found->second == digest) {
            continue;
        }
        if (tx.query(kInForce, {std::int64_t{0}, digest, true}).empty()) {
            throw core::Problem{
                core::ProblemKind::Unavailable, "pack.changed_meanwhile", {{"pack", pack.name}}
            };
        }
        record_adoption(
            tx,
            *context.journal,
            {.org = context.org,
             .pack = &pack,
             .digest = digest,
             .digest_before = found == told.end() ? std::string{} : found->second,
             .actor = context.actor.person,
             .approved_by = {},
             .differences = {},
             .on = context.today,
             .now_ms = context.now_ms},
            drawn
        );
    }
}

}  // namespace duban::registers
