#include "registers/internal/folding.h"

#include <algorithm>

#include "core/problem.h"
#include "registers/internal/clock_rows.h"
#include "registers/internal/signing.h"
#include "rules/columns.h"

namespace duban::registers {

namespace {

using core::Json;
using journal::Draft;
using journal::Record;
using journal::Signature;

constexpr std::int64_t kRecordsAtOnce = 512;

constexpr store::Query kRecords{
    "registers.read_entry_records",
    "select entry, revision, position, recorded_at, leaf, blob from d_record"
    " where org = $1 and register = $2 and (entry, revision, position) > ($3, $4, $5)"
    " order by entry, revision, position limit $6"
};

bool same_signature(const Signature& a, const Signature& b) {
    return a.person == b.person && a.at_ms == b.at_ms && a.kind == b.kind;
}

bool is_open(const FoldedSignature& kept) {
    return kept.standing == "open" || kept.standing == "recorded";
}

/// Whether the blob holds a null that is no plain value: only then is it worth taking apart.
bool may_be_erased(const Record& record) {
    constexpr std::string_view kNull = ":null";
    constexpr std::string_view kValue = "\"v\"";
    const std::string_view blob = record.blob;
    for (std::size_t at = blob.find(kNull); at != std::string_view::npos;
         at = blob.find(kNull, at + kNull.size())) {
        if (!blob.substr(0, at).ends_with(kValue)) {
            return true;
        }
    }
    return false;
}

bool is_text(const Json* value) {
    return value != nullptr && value->is_string();
}

/// Takes in the records of one entry, in order.
class Folding {
public:
    Folding(const FoldedLineage& lineage, const Tainted& tainted, const core::Id& id)
        : lineage_{lineage}, tainted_{tainted} {
        entry_.id = id;
    }

    void add(const Record& record) {
        entry_.position = record.position;
        if (tainted_.leaves.contains(record.position)) {
            entry_.broken = true;
            return;
        }
        try {
            adopt_until(record.position);
            take(record, record.draft());
        } catch (const core::Problem&) {
            entry_.broken = true;  // record.malformed, which is named where all records are read
        }
    }

    FoldedEntry finish() {
        adopt_until(INT64_MAX);
        return std::move(entry_);
    }

private:
    /// What adoptions did to the entry between its records.
    void adopt_until(std::int64_t position) {
        const auto& epochs = lineage_.epochs();
        for (; next_epoch_ < epochs.size() && epochs[next_epoch_].position < position;
             ++next_epoch_) {
            const FoldedLineage::Epoch& epoch = epochs[next_epoch_];
            if (entry_.revision == 0) {
                continue;
            }
            for (const auto& [field, value] : epoch.fills) {
                const auto known = entry_.values.find(field);
                if (known == entry_.values.end() || known->second.is_null()) {
                    entry_.values[field] = value;
                }
            }
            for (FoldedSignature& kept : entry_.signatures) {
                if (is_open(kept) && epoch.voided.contains(kept.action)) {
                    kept.standing = "void";
                }
            }
        }
        epoch_ = next_epoch_ == 0 ? nullptr : &epochs[next_epoch_ - 1];
    }

    void take(const Record& record, const Draft& draft) {
        if (draft.kind == "erasure") {
            return;  // says what is gone; the entry stays as it was
        }
        const bool opens = entry_.revision == 0;
        if (opens) {
            entry_.opened_by = draft.actor;
            entry_.opened_at_ms = draft.recorded_at_ms;
        }
        entry_.changed_at_ms = draft.recorded_at_ms;
        entry_.revision = draft.revision;
        entry_.state = draft.state_after;
        entry_.number = draft.number;
        entry_.unit = draft.unit;
        entry_.steps.push_back(
            {.revision = draft.revision,
             .action = draft.action,
             .actor = draft.actor,
             .state_before = draft.state_before,
             .state_after = draft.state_after}
        );
        entry_.illegible = entry_.illegible || (epoch_ != nullptr && epoch_->declared == nullptr);
        take_changes(record, draft);
        if (draft.kind == "signature") {
            take_signatures(draft, record.position);
        } else if (draft.kind == "action") {
            take_signatures(draft, record.position);
            end_rounds(draft, opens);
            move_due();
        } else if (draft.kind == "backfill") {
            take_backfill(draft);
        }
    }

    void take_changes(const Record& record, const Draft& draft) {
        const std::vector<std::string> erased =
            may_be_erased(record) ? record.erased() : std::vector<std::string>{};
        const auto altered = tainted_.values.find(record.position);
        if (std::ranges::find(erased, journal::kSignatureWords) != erased.end()) {
            entry_.unknown.emplace(journal::kSignatureWords);
        }
        for (const journal::Change& change : draft.changes) {
            const bool unknown =
                std::ranges::find(erased, change.field) != erased.end() ||
                (altered != tainted_.values.end() && altered->second.contains(change.field));
            if (change.field.starts_with(kDeadlinePrefix)) {
                const std::string name = change.field.substr(kDeadlinePrefix.size());
                entry_.deadlines[name] =
                    change.value.is_object() ? change.value.get_object() : core::JsonObject{};
                note(change.field, unknown);
                continue;
            }
            if (epoch_ == nullptr) {
                continue;
            }
            const auto name = epoch_->fields.find(change.field);
            if (name == epoch_->fields.end()) {
                continue;  // a field that a later version dropped
            }
            entry_.values[name->second] =
                change.is_list ? rows_of(change, name->second) : change.value;
            note(name->second, unknown);
        }
    }

    /// The rows of a list with their columns under the names of now; columns that are gone left
    /// out.
    [[nodiscard]] Json rows_of(const journal::Change& change, const std::string& field) const {
        const auto columns = epoch_->columns.find(field);
        if (columns == epoch_->columns.end()) {
            return core::JsonArray(change.rows.begin(), change.rows.end());
        }
        core::JsonArray rows;
        for (const Json& row : change.rows) {
            core::JsonObject out;
            for (const auto& [then, now] : columns->second) {
                if (const Json* value = core::find_member(row, then)) {
                    out.emplace(now, *value);
                }
            }
            rows.emplace_back(std::move(out));
        }
        return rows;
    }

    void note(const std::string& name, bool unknown) {
        if (unknown) {
            entry_.unknown.insert(name);
        } else {
            entry_.unknown.erase(name);
        }
    }

    void take_signatures(const Draft& draft, std::int64_t position) {
        for (const Signature& signature : draft.signatures) {
            const auto kept =
                std::ranges::find_if(entry_.signatures, [&](const FoldedSignature& k) {
                    return is_open(k) && k.action == draft.action &&
                           same_signature(k.signature, signature);
                });
            if (kept == entry_.signatures.end()) {
                const bool waits = signature.kind == "paper" && signature.compared_by.is_nil();
                entry_.signatures.push_back(
                    {.revision = draft.revision,
                     .action = draft.action,
                     .rule = rule_of(draft.action, signature, position),
                     .standing = waits ? "recorded" : "open",
                     .signature = signature}
                );
            } else if (!signature.compared_by.is_nil()) {
                kept->signature.compared_by = signature.compared_by;
                kept->standing = "open";
            }
        }
    }

    /// The place of the rule that the signature filled: the first of its role that wanted one.
    std::size_t rule_of(
        const std::string& action_name, const Signature& signature, std::int64_t position
    ) const {
        const declarations::Action* action =
            epoch_ == nullptr || epoch_->declared == nullptr
                ? nullptr
                : epoch_->declared->procedure.find_action(action_name);
        if (action == nullptr) {
            return 0;
        }
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < action->signatures.size(); ++i) {
            const declarations::SignatureRule& rule = action->signatures[i];
            const auto given =
                std::ranges::count_if(entry_.signatures, [&](const FoldedSignature& k) {
                    return is_open(k) && k.action == action_name && k.rule == i;
                });
            if (rule.by.text() != signature.role) {
                continue;
            }
            if (given < lineage_.law().wanted(epoch_->declared->pack, rule, position)) {
                return i;
            }
            first = first.value_or(i);
        }
        return first.value_or(0);
    }

    /// As taking effect does it: a round that led on counts, another action that moves the entry or
    /// changes what was signed voids.
    void end_rounds(const Draft& draft, bool opens) {
        const bool moves = !opens && draft.state_after != draft.state_before;
        const bool changes = epoch_ != nullptr && epoch_->declared != nullptr &&
                             changes_content(*epoch_->declared, draft.changes);
        if (!moves && !changes && draft.signatures.empty()) {
            return;
        }
        for (FoldedSignature& kept : entry_.signatures) {
            if (is_open(kept)) {
                kept.standing = draft.signatures.empty() ? "void" : "counted";
            }
        }
    }

    /// The nearest running deadline of those that the version declares.
    void move_due() {
        if (epoch_ == nullptr) {
            return;
        }
        // Which deadlines the version has nobody can say: then the day is not known, either.
        note(kDueOn, epoch_->declared == nullptr);
        if (epoch_->declared == nullptr) {
            return;
        }
        const auto& declared = epoch_->declared->procedure.deadlines;
        if (declared.empty()) {
            return;
        }
        entry_.due_on.clear();
        for (const declarations::Deadline& deadline : declared) {
            const auto kept = entry_.deadlines.find(deadline.name);
            if (kept == entry_.deadlines.end()) {
                continue;
            }
            const bool stands = is_text(core::find_member(kept->second, "paused_on")) ||
                                is_text(core::find_member(kept->second, "stopped_on"));
            const Json* due = core::find_member(kept->second, "due_on");
            if (stands || !is_text(due)) {
                continue;
            }
            const std::string day{due->get_string()};
            if (entry_.due_on.empty() || day < entry_.due_on) {
                entry_.due_on = day;
            }
        }
    }

    void take_backfill(const Draft& draft) {
        if (draft.action == "confirm_backfill") {
            for (FoldedBackfill& backfill : entry_.backfills) {
                if (backfill.checker.is_nil()) {
                    backfill.checker = draft.actor;
                }
            }
            return;
        }
        FoldedBackfill backfill{
            .revision = draft.revision,
            .decision = core::Id::parse(draft.decision).value_or(core::Id{}),
            .recorder = draft.actor,
            .checker = {},
            .claimed_on = {},
            .paper = {},
            .paper_known = false
        };
        if (draft.claimed_at_ms) {
            const calendar::Date claimed{
                std::chrono::floor<std::chrono::days>(core::from_ms(*draft.claimed_at_ms))
            };
            backfill.claimed_on = claimed.text();
        }
        for (const journal::Change& input : draft.inputs) {
            if (input.field == "paper" && input.value.is_string()) {
                backfill.paper = std::string{input.value.get_string()};
                backfill.paper_known = true;
            }
        }
        entry_.backfills.push_back(std::move(backfill));
    }

    const FoldedLineage& lineage_;
    const Tainted& tainted_;
    FoldedEntry entry_;
    std::size_t next_epoch_ = 0;
    const FoldedLineage::Epoch* epoch_ = nullptr;
};

/// A row with every column that is declared today: what a later version added is empty.
Json completed_row(const declarations::Field& field, const Json& row) {
    if (field.type != declarations::FieldType::Rows || !row.is_object()) {
        return row;
    }
    core::JsonObject out;
    for (const declarations::Field& column : field.rows) {
        const Json* value = core::find_member(row, column.name);
        out.emplace(column.name, value == nullptr ? Json(nullptr) : *value);
    }
    return out;
}

}  // namespace

Json FoldedEntry::value(const declarations::Field& field) const {
    const auto found = values.find(field.name);
    if (!rules::has_child_table(field)) {
        return found == values.end() ? Json(nullptr) : found->second;
    }
    core::JsonArray rows;
    if (found != values.end() && found->second.is_array()) {
        for (const Json& row : found->second.get_array()) {
            rows.push_back(completed_row(field, row));
        }
    }
    return rows;
}

FoldedEntries::FoldedEntries(core::OrgId org, const FoldedLineage& lineage, const Tainted& tainted)
    : org_{org}, lineage_{&lineage}, tainted_{&tainted} {
    for (const std::string& name : lineage.names()) {
        Source source;
        source.name = name;
        sources_.push_back(std::move(source));
    }
}

void FoldedEntries::fill(store::Reader& reader, Source& source) const {
    if (source.at < source.ahead.size() || source.at_end) {
        return;
    }
    source.ahead.clear();
    source.at = 0;
    const std::vector<store::Value> after = {
        store::value(org_),
        source.name,
        store::value(source.entry),
        source.revision,
        source.position,
        kRecordsAtOnce
    };
    for (const store::Row& row : reader.query(kRecords, after)) {
        source.entry = row.id(0);
        source.revision = row.integer(1);
        source.position = row.integer(2);
        source.ahead.emplace_back(
            source.entry,
            Record{
                .position = source.position,
                .recorded_at_ms = row.integer(3),
                .leaf = row.bytes(4),
                .blob = row.bytes(5)
            }
        );
    }
    source.at_end = source.ahead.empty();
}

std::optional<core::Id> FoldedEntries::find_first(store::Reader& reader) {
    std::optional<core::Id> first;
    for (Source& source : sources_) {
        fill(reader, source);
        if (!source.at_end && (!first || source.ahead[source.at].first < *first)) {
            first = source.ahead[source.at].first;
        }
    }
    return first;
}

std::vector<FoldedEntry> FoldedEntries::next(store::Reader& reader, std::size_t count) {
    std::vector<FoldedEntry> entries;
    while (entries.size() < count) {
        const auto id = find_first(reader);
        if (!id) {
            break;
        }
        Folding folding{*lineage_, *tainted_, *id};
        // Names oldest first: what was recorded under the old one comes before.
        for (Source& source : sources_) {
            for (fill(reader, source); !source.at_end && source.ahead[source.at].first == *id;
                 fill(reader, source)) {
                folding.add(source.ahead[source.at++].second);
            }
        }
        entries.push_back(folding.finish());
    }
    return entries;
}

}  // namespace duban::registers
