#include "registers/internal/telling.h"

#include <map>

#include "core/problem.h"
#include "registers/adoption.h"

namespace duban::registers {

namespace {

constexpr store::Query kTold{
    "registers.load_told", "select pack, digest from d_told where org = $1"
};
constexpr store::Query kFindTold{
    "registers.find_told", "select digest from d_told where org = $1 and pack = $2"
};
constexpr store::Query kInsertTold{
    "registers.insert_told", "insert into d_told (org, pack, digest) values ($1, $2, $3)"
};
constexpr store::Query kUpdateTold{
    "registers.update_told", "update d_told set digest = $3 where org = $1 and pack = $2"
};
constexpr store::Query kInForce{
    "registers.is_in_force",
    "select 1 from d_declaration where org = $1 and digest = $2 and in_force = $3"
};

constexpr store::Query kInsertParameter{
    "registers.insert_parameter",
    "insert into d_parameter (org, pack, name, value) values ($1, $2, $3, $4)"
};
constexpr store::Query kUpdateParameter{
    "registers.update_parameter",
    "update d_parameter set value = $4 where org = $1 and pack = $2 and name = $3"
};
constexpr store::Query kFindParameter{
    "registers.find_parameter",
    "select value from d_parameter where org = $1 and pack = $2 and name = $3"
};
constexpr store::Query kInsertLoosening{
    "registers.insert_loosening",
    "insert into d_loosening (org, id, register, path, words, on_day, position)"
    " values ($1, $2, $3, $4, $5, $6, $7)"
};
constexpr store::Query kVoidRounds{
    "registers.void_rounds",
    "update d_signature set standing = 'void' where org = $1 and register = $2 and action = $3"
    " and standing in ('open', 'recorded')"
};

void keep_parameters(store::Transaction& tx, core::OrgId org, const declarations::Pack& pack) {
    for (const declarations::Parameter& parameter : pack.parameters) {
        if (!find_parameter(tx, org, pack.name, parameter.name)) {
            put_parameter(tx, org, pack.name, parameter.name, parameter.initial);
        }
    }
}

void void_changed_rounds(store::Transaction& tx, const Adopting& adopting) {
    constexpr std::string_view kActions = "procedure.actions.";
    for (const declarations::Difference& difference : adopting.differences) {
        const std::string& path = difference.path;
        if (!path.starts_with(kActions)) {
            continue;
        }
        const std::string action =
            path.substr(kActions.size(), path.find('.', kActions.size()) - kActions.size());
        tx.execute(kVoidRounds, {store::value(adopting.org), difference.register_name, action});
    }
}

/// A difference as it is kept: its code and values, and the English words of the day.
std::string kept_words(const declarations::Difference& difference) {
    core::JsonObject params;
    for (const auto& [name, value] : difference.params) {
        params[name] = value;
    }
    return core::canonical_json(core::JsonObject{
        {"code", difference.code},
        {"params", std::move(params)},
        {"en", std::string{difference.text.in("en")}}
    });
}

/// From the version that the org was told last; none for the first, or when its text is gone.
std::vector<declarations::Difference> differences_since(
    store::Reader& reader, const std::string& digest_before, const declarations::Pack& pack
) {
    if (digest_before.empty()) {
        return {};
    }
    return declarations::differences(
        Adoption::pack_of(Adoption::bundle(reader, digest_before)), pack
    );
}

void note(journal::Draft& draft, const char* field, const core::Json& value) {
    draft.changes.push_back({.field = field, .value = value, .is_list = false, .rows = {}});
}

}  // namespace

std::optional<core::Json> find_parameter(
    store::Reader& reader, core::OrgId org, const std::string& pack, const std::string& name
) {
    const store::Rows rows = reader.query(kFindParameter, {store::value(org), pack, name});
    return rows.empty() ? std::nullopt : std::optional{core::parse_json(rows.front().text(0))};
}

void put_parameter(
    store::Transaction& tx,
    core::OrgId org,
    const std::string& pack,
    const std::string& name,
    const core::Json& value
) {
    const bool known = find_parameter(tx, org, pack, name).has_value();
    tx.execute(
        known ? kUpdateParameter : kInsertParameter,
        {store::value(org), pack, name, core::canonical_json(value)}
    );
    note_profile_changed(tx, org);
}

void record_adoption(
    store::Transaction& tx, const journal::Journal& journal, const Adopting& adopting, Drawn& drawn
) {
    keep_parameters(tx, adopting.org, *adopting.pack);
    void_changed_rounds(tx, adopting);
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
    for (const declarations::Difference& difference : adopting.differences) {
        differences.rows.push_back(core::parse_json(kept_words(difference)));
    }
    draft.changes.push_back(std::move(differences));
    const std::int64_t position = journal.append(tx, draft).position;
    const std::vector<store::Value> row = {
        store::value(adopting.org), adopting.pack->name, adopting.digest
    };
    const bool known =
        !tx.query(kFindTold, {store::value(adopting.org), adopting.pack->name}).empty();
    tx.execute(known ? kUpdateTold : kInsertTold, row);
    for (const declarations::Difference& difference : adopting.differences) {
        if (difference.loosens) {
            tx.execute(
                kInsertLoosening,
                {store::value(adopting.org),
                 store::value(core::make_id(core::from_ms(adopting.now_ms), drawn)),
                 difference.register_name,
                 difference.path,
                 kept_words(difference),
                 adopting.on.text(),
                 position}
            );
        }
    }
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
        const std::string digest_before = found == told.end() ? std::string{} : found->second;
        record_adoption(
            tx,
            *context.journal,
            {.org = context.org,
             .pack = &pack,
             .digest = digest,
             .digest_before = digest_before,
             .actor = context.actor.person,
             .approved_by = {},
             .differences = differences_since(tx, digest_before, pack),
             .on = context.today,
             .now_ms = context.now_ms},
            drawn
        );
    }
}

}  // namespace duban::registers
