#include "registers/adoption.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/check.h"
#include "core/problem.h"
#include "crypto/digest.h"
#include "registers/follower.h"
#include "registers/internal/change_faults.h"
#include "registers/internal/drawn.h"
#include "registers/internal/pack_fault.h"
#include "registers/internal/table_changes.h"
#include "registers/internal/telling.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Pack;
using declarations::SourceFile;

constexpr core::OrgId kInstallation{0};

constexpr store::Query kLoadRegisters{
    "registers.load_adopted",
    "select digest, pack, bundle, adopted_no from d_declaration"
    " where org = $1 and in_force = $2 order by adopted_no"
};
constexpr store::Query kFindBundle{
    "registers.find_bundle", "select bundle from d_declaration where org = $1 and digest = $2"
};
constexpr store::Query kFindInForce{
    "registers.find_in_force",
    "select digest from d_declaration where org = $1 and pack = $2 and in_force = $3"
};
constexpr store::Query kLastNo{
    "registers.find_last_adoption", "select max(adopted_no) from d_declaration where org = $1"
};
constexpr store::Query kRetire{
    "registers.retire_declaration",
    "update d_declaration set in_force = $3 where org = $1 and pack = $2"
};
constexpr store::Query kInsertRegister{
    "registers.insert_declaration",
    "insert into d_declaration (org, digest, pack, version, bundle, adopted_no, in_force)"
    " values ($1, $2, $3, $4, $5, $6, $7)"
};
constexpr store::Query kReinstate{
    "registers.reinstate_declaration",
    "update d_declaration set in_force = $3, adopted_no = $4 where org = $1 and digest = $2"
};
std::string bundle_of(std::span<const SourceFile> files) {
    core::JsonObject json;
    for (const SourceFile& file : files) {
        json[file.path] = file.text;
    }
    return core::canonical_json(json);
}

std::vector<SourceFile> files_of(const std::string& bundle) {
    std::vector<SourceFile> files;
    const core::Json json = core::parse_json(bundle);
    for (const auto& member : json.as_object()) {
        files.push_back({std::string{member.key()}, std::string{member.value().as_string()}});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
        return a.path < b.path;
    });
    return files;
}

/// Packs in force with `pack` in the place of its version before.
std::vector<Pack> with_pack(const Adopted* adopted, const Pack& pack) {
    std::vector<Pack> packs;
    bool placed = false;
    if (adopted != nullptr) {
        for (const Pack& other : adopted->model().packs()) {
            packs.push_back(other.name == pack.name ? pack : other);
            placed = placed || other.name == pack.name;
        }
    }
    if (!placed) {
        packs.push_back(pack);
    }
    return packs;
}

/// What the tables hold of the version before, brought to the new one; `current` is in force as
/// yet.
void migrate_tables(
    store::Transaction& tx, const Adopted* current, const Pack* before, const Pack& after
) {
    for (const std::string& statement : change_statements(before, after)) {
        tx.execute_ddl(statement);
    }
    if (before == nullptr) {
        return;
    }
    for (const declarations::Register* gone : removed_registers(*before, after)) {
        remove_side_rows(tx, gone->name);
    }
    std::optional<Adopted> next;
    for (const declarations::Register& declared : after.registers) {
        const declarations::Register* old = declarations::find_former(*before, declared);
        if (old == nullptr) {
            continue;
        }
        fill_defaults(tx, *old, declared);
        if (computes_otherwise(*old, declared)) {
            if (!next) {
                next.emplace(
                    declarations::Model{with_pack(current, after)},
                    std::map<std::string, std::string>{},
                    0
                );
            }
            compute_again(tx, *next, declared.name);
        }
    }
    if (searches_otherwise(*before, after)) {
        SearchFollower::restart(tx);
    }
}

void keep_declaration(store::Transaction& tx, const Plan& plan) {
    const auto last = tx.query(kLastNo, {store::value(kInstallation)}).front().find_integer(0);
    const std::int64_t next = last.value_or(0) + 1;
    tx.execute(kRetire, {store::value(kInstallation), plan.pack.name, false});
    const bool known = !tx.query(kFindBundle, {store::value(kInstallation), plan.digest}).empty();
    if (known) {
        tx.execute(kReinstate, {store::value(kInstallation), plan.digest, true, next});
    } else {
        tx.execute(
            kInsertRegister,
            {store::value(kInstallation),
             plan.digest,
             plan.pack.name,
             plan.pack.version,
             plan.bundle,
             next,
             true}
        );
    }
}

bool fits(const declarations::Parameter& parameter, const core::Json& value) {
    if (parameter.type == "integer") {
        return value.is_int64();
    }
    if (parameter.type == "boolean") {
        return value.is_bool();
    }
    if (parameter.type == "date") {
        return value.is_string() &&
               calendar::Date::parse(std::string{value.get_string()}).has_value();
    }
    return value.is_string();
}

}  // namespace

std::vector<declarations::Fault> unsupported_faults(const Pack& pack) {
    std::vector<declarations::Fault> faults;
    const auto refuse =
        [&](const declarations::Place& place, const char* code, const std::string& name) {
            faults.push_back(pack_fault(place, code, {{"name", name}}));
        };
    const auto refuse_sealed = [&](const std::vector<declarations::Field>& fields, bool all) {
        for (const declarations::Field& field : fields) {
            if (field.sealed || all) {
                refuse(field.place, "field.sealing_unsupported", field.name);
            }
        }
    };
    for (const declarations::Register& declared : pack.registers) {
        refuse_sealed(declared.fields, declared.sealed);
        for (const declarations::Field& field : declared.fields) {
            if (!field.sealed && !declared.sealed) {
                refuse_sealed(field.rows, false);
            }
        }
        for (const declarations::Action& action : declared.procedure.actions) {
            refuse_sealed(action.inputs, false);
            if (!action.run.empty()) {
                refuse(action.place, "action.operation_unknown", action.run);
            }
        }
    }
    return faults;
}

bool Plan::refused() const {
    return std::any_of(faults.begin(), faults.end(), [](const declarations::Fault& fault) {
        return !fault.warning;
    });
}

Plan Adoption::plan(std::span<const SourceFile> files, std::set<std::string> drops) const {
    Plan plan;
    plan.drops = std::move(drops);
    declarations::Loaded loaded = declarations::read_pack(files);
    plan.faults = std::move(loaded.faults);
    if (!loaded.pack) {
        return plan;
    }
    plan.pack = *std::move(loaded.pack);
    plan.bundle = bundle_of(files);
    plan.digest = crypto::sha256(plan.bundle).hex();
    const auto current = registers_.find_adopted();
    const declarations::Model model{with_pack(current.get(), plan.pack)};
    for (declarations::Fault& fault : declarations::check_model(model)) {
        plan.faults.push_back(std::move(fault));
    }
    for (declarations::Fault& fault : unsupported_faults(plan.pack)) {
        plan.faults.push_back(std::move(fault));
    }
    if (plan.refused()) {
        return plan;
    }
    const rules::Rules rules{model, readable_tables()};
    for (const declarations::Fault& fault : rules.faults()) {
        plan.faults.push_back(fault);
    }
    const Pack* before = current ? current->model().find_pack(plan.pack.name) : nullptr;
    const auto add = [&](std::vector<declarations::Fault> faults) {
        std::ranges::move(faults, std::back_inserter(plan.faults));
    };
    if (before != nullptr) {
        plan.digest_before = current->digest(plan.pack.name);
        plan.differences = declarations::differences(*before, plan.pack);
        add(change_faults(*before, plan.pack, plan.differences, plan.drops));
    }
    std::vector<declarations::Fault> of_entries;
    registers_.store().read([&](store::Reader& reader) {
        of_entries = entry_faults(reader, before, plan.pack);
    });
    add(std::move(of_entries));
    return plan;
}

std::string Adoption::payload(const Plan& plan) {
    core::JsonObject json;
    json["bundle"] = plan.bundle;
    core::JsonArray drops;
    for (const std::string& drop : plan.drops) {
        drops.emplace_back(drop);
    }
    json["drops"] = std::move(drops);
    json["digest_before"] = plan.digest_before;
    return core::canonical_json(json);
}

Plan Adoption::plan_of(const std::string& payload) const {
    const core::Json json = core::parse_json(payload);
    std::set<std::string> drops;
    if (const core::Json* named = core::find_member(json, "drops")) {
        for (const core::Json& drop : named->as_array()) {
            drops.insert(std::string{drop.as_string()});
        }
    }
    Plan made = plan(files_of(core::find_string(json, "bundle").value_or("{}")), std::move(drops));
    if (made.digest_before != core::find_string(json, "digest_before").value_or("")) {
        throw Problem{ProblemKind::Conflict, "pack.changed_meanwhile", {{"pack", made.pack.name}}};
    }
    return made;
}

void Adoption::adopt(
    store::Transaction& tx,
    core::OrgId org,
    const Plan& plan,
    const Administrators& by,
    const std::string& seed
) const {
    if (plan.refused()) {
        throw Problem{ProblemKind::Rejected, "pack.faulty", {{"pack", plan.pack.name}}};
    }
    const store::Rows in_force =
        tx.query(kFindInForce, {store::value(kInstallation), plan.pack.name, true});
    if ((in_force.empty() ? "" : in_force.front().text(0)) != plan.digest_before) {
        throw Problem{ProblemKind::Conflict, "pack.changed_meanwhile", {{"pack", plan.pack.name}}};
    }
    const auto current = registers_.find_adopted();
    const Pack* before = current ? current->model().find_pack(plan.pack.name) : nullptr;
    // Since the plan an entry may have come to where none may stand.
    for (const declarations::Fault& fault : entry_faults(tx, before, plan.pack)) {
        throw Problem{ProblemKind::Conflict, fault.code, fault.params};
    }
    migrate_tables(tx, current.get(), before, plan.pack);
    keep_declaration(tx, plan);
    Drawn drawn{seed + "adopt"};
    record_adoption(
        tx,
        registers_.journal(),
        {.org = org,
         .pack = &plan.pack,
         .digest = plan.digest,
         .digest_before = plan.digest_before,
         .actor = by.proposer,
         .approved_by = by.approver,
         .differences = plan.differences,
         .on = registers_.today(org),
         .now_ms = core::to_ms(registers_.clock().now())},
        drawn
    );
}

void Adoption::load() const {
    std::vector<Pack> packs;
    std::map<std::string, std::string> digests;
    std::int64_t version = 0;
    registers_.store().read([&](store::Reader& reader) {
        packs.clear();
        for (const store::Row& row :
             reader.query(kLoadRegisters, {store::value(kInstallation), true})) {
            packs.push_back(pack_of(row.text(2)));
            digests[row.text(1)] = row.text(0);
            version = row.integer(3);
        }
    });
    if (!packs.empty()) {
        registers_.enforce(std::make_shared<Adopted>(
            declarations::Model{std::move(packs)}, std::move(digests), version
        ));
    }
}

std::vector<std::string> Adoption::altered_packs(store::Reader& reader) {
    std::vector<std::string> names;
    for (const store::Row& row :
         reader.query(kLoadRegisters, {store::value(kInstallation), true})) {
        if (crypto::sha256(row.text(2)).hex() != row.text(0)) {
            names.push_back(row.text(1));
        }
    }
    return names;
}

std::string Adoption::bundle(store::Reader& reader, const std::string& digest) {
    const store::Rows rows = reader.query(kFindBundle, {store::value(kInstallation), digest});
    if (rows.empty()) {
        throw Problem{ProblemKind::NotFound, "pack.not_found", {{"pack", digest}}};
    }
    return rows.front().text(0);
}

Pack Adoption::pack_of(const std::string& bundle) {
    declarations::Loaded loaded = declarations::read_pack(files_of(bundle));
    if (!loaded.pack) {
        throw Problem{ProblemKind::Corrupt, "pack.faulty", {{"pack", ""}}};
    }
    return *std::move(loaded.pack);
}

const declarations::Parameter& parameter_for(
    const declarations::Model& model,
    const std::string& pack,
    const std::string& name,
    const core::Json& value
) {
    const declarations::Parameter* declared = model.find_parameter(pack, name);
    const std::string full = pack + "." + name;
    if (declared == nullptr) {
        throw Problem{ProblemKind::NotFound, "parameter.not_found", {{"parameter", full}}};
    }
    if (!fits(*declared, value)) {
        throw Problem{ProblemKind::Invalid, "parameter.wrong_type", {{"parameter", full}}};
    }
    if (declared->least && value.get_int64() < *declared->least) {
        throw Problem{
            ProblemKind::Rejected,
            "parameter.too_low",
            {{"parameter", full}, {"least", std::to_string(*declared->least)}}
        };
    }
    return *declared;
}

void Adoption::set_parameter(
    store::Transaction& tx,
    core::OrgId org,
    const std::string& pack,
    const std::string& name,
    const core::Json& value,
    const Administrators& by,
    const std::string& seed
) const {
    const auto current = registers_.adopted();
    static_cast<void>(parameter_for(current->model(), pack, name, value));
    const auto before = find_parameter(tx, org, pack, name);
    put_parameter(tx, org, pack, name, value);
    Drawn drawn{seed + "parameter"};
    record_parameter(
        tx,
        registers_.journal(),
        {.org = org,
         .name = pack + "." + name,
         .before = before.value_or(core::Json(nullptr)),
         .after = value,
         .actor = by.proposer,
         .approved_by = by.approver,
         .on = registers_.today(org),
         .now_ms = core::to_ms(registers_.clock().now())},
        drawn
    );
}

}  // namespace duban::registers
