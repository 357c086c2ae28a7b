#include "registers/internal/folded_tables.h"

#include <algorithm>

#include "crypto/digest.h"
#include "registers/internal/drawn.h"

namespace duban::registers {

namespace side {

const SideTable kStep{
    .name = "d_step",
    .columns = {"entry", "revision", "register", "action", "actor", "state_before", "state_after"},
    .key = 2
};
const SideTable kSignature{
    .name = "d_signature",
    .columns =
        {"entry",
         "action",
         "person",
         "at_ms",
         "id",
         "register",
         "rule",
         "post",
         "role",
         "kind",
         "signed_for",
         "delegation",
         "recorded_by",
         "compared_by",
         "signed_on",
         "words",
         "scan",
         "standing"},
    .key = 4,
    .free = {"id"}
};
const SideTable kDeadline{
    .name = "d_deadline",
    .columns =
        {"entry",
         "name",
         "register",
         "first_on",
         "due_on",
         "provisional",
         "started_on",
         "paused_on",
         "stopped_on",
         "holder",
         "since_on",
         "ran_days",
         "paused_days",
         "times"},
    .key = 2
};
const SideTable kBackfill{
    .name = "d_backfill",
    .columns =
        {"entry", "revision", "register", "decision", "recorder", "checker", "claimed_on", "paper"},
    .key = 2
};
const SideTable kCounter{
    .name = "d_counter", .columns = {"register", "unit", "state", "entries"}, .key = 3
};
const SideTable kNumber{.name = "d_number", .columns = {"register", "period", "last"}, .key = 2};
const SideTable kParameter{.name = "d_parameter", .columns = {"pack", "name", "value"}, .key = 2};
const SideTable kDecision{
    .name = "d_decision",
    .columns =
        {"id",
         "title",
         "paper",
         "registers",
         "from_day",
         "to_day",
         "recorder",
         "checker",
         "decided_on"},
    .key = 1
};
const SideTable kTold{.name = "d_told", .columns = {"pack", "digest"}, .key = 1};
const SideTable kLoosening{
    .name = "d_loosening",
    .columns = {"position", "register", "path", "id", "words", "on_day"},
    .key = 3,
    .free = {"id"}
};
const SideTable kProfile{.name = "d_org", .columns = {"name", "profile"}, .key = 0};
const SideTable kDay{.name = "d_day", .columns = {"day", "workday_no", "workday"}, .key = 1};

const std::vector<const SideTable*>& all() {
    static const std::vector<const SideTable*> kAll = {
        &kStep,
        &kSignature,
        &kDeadline,
        &kBackfill,
        &kCounter,
        &kNumber,
        &kParameter,
        &kDecision,
        &kTold,
        &kLoosening
    };
    return kAll;
}

}  // namespace side

namespace {

std::string joined(const std::vector<std::string_view>& columns) {
    std::string out;
    for (const std::string_view column : columns) {
        out += (out.empty() ? "" : ", ") + std::string{column};
    }
    return out;
}

/// An id that every run of a restore draws alike.
core::Id drawn_id(std::int64_t at_ms, const std::string& of_what) {
    Drawn drawn{crypto::sha256(of_what).hex()};
    return core::make_id(core::from_ms(at_ms), drawn);
}

store::Value text_member(const core::JsonObject& object, std::string_view name) {
    const core::Json* value = core::find_member(object, name);
    return value != nullptr && value->is_string() ? store::Value{std::string{value->get_string()}}
                                                  : store::Value{};
}

std::string joined_words(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

}  // namespace

std::vector<SideRow> step_rows(const FoldedEntry& entry, const std::string& name) {
    std::vector<SideRow> rows;
    for (const FoldedStep& step : entry.steps) {
        rows.push_back(
            {store::value(entry.id),
             step.revision,
             name,
             step.action,
             store::value(step.actor),
             step.state_before,
             step.state_after}
        );
    }
    return rows;
}

std::vector<SideRow> signature_rows(const FoldedEntry& entry, const std::string& name) {
    std::vector<SideRow> rows;
    for (const FoldedSignature& kept : entry.signatures) {
        const journal::Signature& s = kept.signature;
        const std::string what =
            entry.id.text() + "/" + std::to_string(kept.revision) + "/" + s.person.text();
        rows.push_back(
            {store::value(entry.id),
             kept.action,
             store::value(s.person),
             s.at_ms,
             store::value(drawn_id(s.at_ms, what)),
             name,
             static_cast<std::int64_t>(kept.rule),
             store::value(s.post),
             s.role,
             s.kind,
             store::value_or_null(s.signed_for),
             store::value_or_null(s.delegation),
             store::value_or_null(s.recorded_by),
             store::value_or_null(s.compared_by),
             s.signed_on,
             s.words,
             s.scan,
             kept.standing}
        );
    }
    return rows;
}

std::vector<SideRow> deadline_rows(const FoldedEntry& entry, const std::string& name) {
    std::vector<SideRow> rows;
    for (const auto& [deadline, value] : entry.deadlines) {
        const core::Json* provisional = core::find_member(value, "provisional");
        rows.push_back(
            {store::value(entry.id),
             deadline,
             name,
             text_member(value, "first_on"),
             text_member(value, "due_on"),
             provisional != nullptr && provisional->is_bool() && provisional->get_bool(),
             text_member(value, "started_on"),
             text_member(value, "paused_on"),
             text_member(value, "stopped_on"),
             text_member(value, "holder"),
             text_member(value, "since_on"),
             core::find_integer(value, "ran_days").value_or(0),
             core::find_integer(value, "paused_days").value_or(0),
             core::find_integer(value, "times").value_or(0)}
        );
    }
    return rows;
}

std::vector<SideRow> backfill_rows(const FoldedEntry& entry, const std::string& name) {
    std::vector<SideRow> rows;
    for (const FoldedBackfill& backfill : entry.backfills) {
        rows.push_back(
            {store::value(entry.id),
             backfill.revision,
             name,
             store::value(backfill.decision),
             store::value(backfill.recorder),
             store::value_or_null(backfill.checker),
             backfill.claimed_on,
             backfill.paper}
        );
    }
    return rows;
}

std::vector<SideRow> counter_rows(const Counters& counters) {
    std::vector<SideRow> rows;
    for (const auto& [key, entries] : counters) {
        rows.push_back({key.register_name, store::value(key.unit), key.state, entries});
    }
    return rows;
}

std::vector<SideRow> number_rows(const Numbers& numbers) {
    std::vector<SideRow> rows;
    for (const auto& [key, last] : numbers) {
        rows.push_back({key.first, key.second, last});
    }
    return rows;
}

std::vector<SideRow> parameter_rows(const FoldedLaw& law) {
    std::vector<SideRow> rows;
    for (const auto& [key, value] : law.parameters()) {
        const std::size_t dot = key.find('.');
        rows.push_back(
            {key.substr(0, dot),
             dot == std::string::npos ? std::string{} : key.substr(dot + 1),
             core::canonical_json(value)}
        );
    }
    return rows;
}

std::vector<SideRow> decision_rows(const FoldedLaw& law) {
    std::vector<SideRow> rows;
    for (const auto& [id, decision] : law.decisions()) {
        rows.push_back(
            {store::value(id),
             decision.title,
             decision.paper,
             joined_words(decision.registers),
             decision.from.text(),
             decision.to.text(),
             store::value(decision.recorder),
             store::value(decision.checker),
             decision.decided_on.text()}
        );
    }
    return rows;
}

std::vector<SideRow> told_rows(const FoldedLaw& law) {
    std::vector<SideRow> rows;
    for (const auto& [pack, versions] : law.packs()) {
        rows.push_back({pack, versions.back().digest});
    }
    return rows;
}

std::vector<SideRow> loosening_rows(const FoldedLaw& law) {
    std::vector<SideRow> rows;
    for (const auto& [pack, versions] : law.packs()) {
        for (const LawVersion& version : versions) {
            for (std::size_t i = 0; i < version.words.size(); ++i) {
                const declarations::Difference& difference = version.differences[i];
                if (!difference.loosens) {
                    continue;
                }
                const std::string what = std::to_string(version.position) + "/" + std::to_string(i);
                rows.push_back(
                    {version.position,
                     difference.register_name,
                     difference.path,
                     store::value(drawn_id(0, what)),
                     version.words[i],
                     version.on}
                );
            }
        }
    }
    return rows;
}

std::vector<SideRow> profile_rows(const OrgProfile& profile) {
    return {{profile.name, core::canonical_json(profile.json())}};
}

std::vector<SideRow> day_rows(const OrgProfile& profile) {
    std::vector<SideRow> rows;
    for (const rules::CountedDay& one : counted_days(profile.calendar)) {
        rows.push_back({one.day.text(), one.workday_no, one.workday});
    }
    return rows;
}

std::vector<SideRow> kept_rows(
    store::Reader& reader,
    const SideTable& table,
    core::OrgId org,
    std::string_view where,
    const std::vector<store::Value>& parameters
) {
    const std::string sql = "select " + joined(table.columns) + " from " + std::string{table.name} +
                            " where org = $1" + std::string{where};
    std::vector<store::Value> bound = {store::value(org)};
    bound.insert(bound.end(), parameters.begin(), parameters.end());
    std::vector<SideRow> rows;
    for (store::Row& row : reader.query({"registers.read_side", sql}, bound)) {
        rows.push_back(std::move(row.columns));
    }
    return rows;
}

void write_rows(
    store::Transaction& tx,
    const SideTable& table,
    core::OrgId org,
    const std::vector<SideRow>& rows
) {
    std::string places;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        places += ", $" + std::to_string(i + 2);
    }
    const std::string sql = "insert into " + std::string{table.name} + " (org, " +
                            joined(table.columns) + ") values ($1" + places + ")";
    for (const SideRow& row : rows) {
        std::vector<store::Value> bound = {store::value(org)};
        bound.insert(bound.end(), row.begin(), row.end());
        tx.execute({"registers.insert_side", sql}, bound);
    }
}

}  // namespace duban::registers
