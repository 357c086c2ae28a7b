#include "registers/internal/telling.h"

#include <map>

namespace duban::registers {

namespace {

constexpr store::Query kTold{
    "registers.load_told", "select pack, digest from d_told where org = $1"
};
constexpr store::Query kInsert{
    "registers.insert_told", "insert into d_told (org, pack, digest) values ($1, $2, $3)"
};
constexpr store::Query kUpdate{
    "registers.update_told", "update d_told set digest = $3 where org = $1 and pack = $2"
};

void record(
    store::Transaction& tx,
    const Context& context,
    const declarations::Pack& pack,
    const std::string& digest,
    const std::string& before,
    Drawn& drawn
) {
    journal::Draft draft;
    draft.org = context.org;
    draft.register_name = "pack";
    draft.entry = core::make_id(core::from_ms(context.now_ms), drawn);
    draft.action = "adopt";
    draft.kind = "adoption";
    draft.actor = context.actor.person;
    draft.state_after = "in_force";
    draft.declaration = digest;
    draft.parameters = context.profile->parameters_digest;
    draft.on = context.today.text();
    draft.recorded_at_ms = context.now_ms;
    draft.salt_seed = drawn.bytes(32);
    const auto note = [&](const char* field, const std::string& value) {
        draft.changes.push_back(
            {.field = field, .value = core::Json(value), .is_list = false, .rows = {}}
        );
    };
    note("pack", pack.name);
    note("version", pack.version);
    note("digest", digest);
    if (!before.empty()) {
        note("digest_before", before);
    }
    static_cast<void>(context.journal->append(tx, draft));
}

}  // namespace

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
        record(tx, context, pack, digest, found == told.end() ? "" : found->second, drawn);
        tx.execute(
            found == told.end() ? kInsert : kUpdate, {store::value(context.org), pack.name, digest}
        );
    }
}

}  // namespace duban::registers
