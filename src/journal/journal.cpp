#include "journal/journal.h"

#include <algorithm>

#include "core/check.h"
#include "core/problem.h"
#include "crypto/merkle.h"
#include "journal/internal/leaf.h"
#include "journal/internal/members.h"
#include "journal/internal/rows.h"

namespace duban::journal {

namespace {

constexpr store::Query kInsertRecord{
    "journal.insert_record",
    "insert into d_record (org, position, register, entry, revision, action, kind, recorded_at,"
    " hash, leaf, blob) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
};
constexpr store::Query kInsertNode{
    "journal.insert_node", "insert into d_tree (org, level, idx, hash) values ($1, $2, $3, $4)"
};
constexpr store::Query kInsertHead{
    "journal.insert_head",
    "insert into d_head (org, size, peaks, last_recorded_at) values ($1, $2, $3, $4)"
};
constexpr store::Query kUpdateHead{
    "journal.update_head",
    "update d_head set size = $2, peaks = $3, last_recorded_at = $4 where org = $1"
};
constexpr store::Query kReadHistory{
    "journal.read_history",
    "select position, recorded_at, leaf, blob from d_record"
    " where org = $1 and register = $2 and entry = $3 order by revision, position"
};
// Asked for in the order of positions, the whole journal would be walked by its primary key for the
// few records of a register.
constexpr store::Query kReadRegister{
    "journal.read_register",
    "select position, recorded_at, leaf, blob from d_record where org = $1 and register = $2"
};
constexpr store::Query kUpdateBlob{
    "journal.update_blob", "update d_record set blob = $3 where org = $1 and position = $2"
};

constexpr std::int64_t kRowsAtOnce = 256;

std::vector<Record> records_in(const store::Rows& rows) {
    std::vector<Record> records;
    for (const store::Row& row : rows) {
        records.push_back(
            {.position = row.integer(0),
             .recorded_at_ms = row.integer(1),
             .leaf = row.bytes(2),
             .blob = row.bytes(3)}
        );
    }
    return records;
}

void insert_nodes(
    store::Transaction& tx, core::OrgId org, const std::vector<crypto::TreeNode>& nodes
) {
    // The leaf's own hash stands in its record.
    for (const crypto::TreeNode& node : nodes) {
        if (node.place.level > 0) {
            tx.execute(
                kInsertNode,
                {store::value(org),
                 std::int64_t{node.place.level},
                 static_cast<std::int64_t>(node.place.index),
                 hash_value(node.hash)}
            );
        }
    }
}

void save_head(store::Transaction& tx, core::OrgId org, const HeadRow& head) {
    tx.execute(
        head.stored ? kUpdateHead : kInsertHead,
        {store::value(org),
         static_cast<std::int64_t>(head.peaks.size()),
         core::Bytes{peaks_bytes(head.peaks)},
         head.last_recorded_at_ms}
    );
}

/// Nulls `name` in one section of the blob; false when there was nothing to null.
bool null_name(core::JsonObject& blob, std::string_view section, std::string_view name) {
    core::Json* names = blob.if_contains(key(section));
    core::Json* kept = names == nullptr || !names->is_object()
                           ? nullptr
                           : names->get_object().if_contains(key(name));
    if (kept == nullptr || kept->is_null()) {
        return false;
    }
    *kept = nullptr;
    return true;
}

bool null_words(core::JsonObject& blob) {
    const core::Json* words = blob.if_contains("words");
    std::vector<std::string> indexes;
    if (words != nullptr && words->is_object()) {
        for (const auto& member : words->get_object()) {
            indexes.emplace_back(name_of(member));
        }
    }
    return std::count_if(indexes.begin(), indexes.end(), [&](const std::string& index) {
               return null_name(blob, "words", index);
           }) > 0;
}

/// The blob without the salts and values of `field`; nullopt when it has none.
std::optional<std::string> erase_from(const Record& record, std::string_view field) {
    auto parts = find_parts(record);
    if (!parts) {
        throw core::Problem{
            core::ProblemKind::Corrupt,
            "record.malformed",
            {{"position", std::to_string(record.position)}}
        };
    }
    bool changed = false;
    if (field == kSignatureWords) {
        changed = null_words(parts->blob);
    } else {
        changed = null_name(parts->blob, "changes", field);
        changed = null_name(parts->blob, "inputs", field) || changed;
    }
    return changed ? std::optional{core::canonical_json(core::Json(std::move(parts->blob)))}
                   : std::nullopt;
}

}  // namespace

void Journal::migrate(store::Store& store) {
    static const std::vector<store::Migration> steps{
        {.version = 1,
         .statements =
             {"create table d_record (org bigint not null, position bigint not null,"
              " register text not null, entry uuid not null, revision bigint not null,"
              " action text not null, kind text not null, recorded_at bigint not null,"
              " hash bytea not null, leaf bytea not null, blob bytea not null,"
              " primary key (org, position))",
              "create index d_record_entry on d_record (org, register, entry, revision, position)",
              "create table d_tree (org bigint not null, level bigint not null,"
              " idx bigint not null, hash bytea not null, primary key (org, level, idx))",
              "create table d_head (org bigint not null, size bigint not null,"
              " peaks bytea not null, last_recorded_at bigint not null, primary key (org))",
              "create table d_checkpoint (org bigint not null, size bigint not null,"
              " signed_at bigint not null, note text not null, primary key (org, size))"}}
    };
    store.migrate("journal", steps);
}

Appended Journal::append(store::Transaction& tx, const Draft& draft) const {
    core::check(
        !draft.register_name.empty() && !draft.action.empty() && !draft.entry.is_nil(),
        "a record names its register, entry and action"
    );
    core::check(draft.revision > 0, "revisions run from 1");
    HeadRow head = read_head(tx, draft.org);
    const auto position = static_cast<std::int64_t>(head.peaks.size());
    // A clock that was put back must not put the journal back (E18).
    head.last_recorded_at_ms = std::max(head.last_recorded_at_ms, draft.recorded_at_ms);
    Texts texts = write_texts(draft, head.last_recorded_at_ms);
    if (texts.leaf.size() > kLeafBytesMax) {
        throw core::Problem{
            core::ProblemKind::Rejected,
            "entry.too_many_changes",
            {{"bytes", std::to_string(texts.leaf.size())}, {"limit", std::to_string(kLeafBytesMax)}}
        };
    }
    const crypto::Hash leaf = crypto::leaf_hash(texts.leaf);
    tx.execute(
        kInsertRecord,
        {store::value(draft.org),
         position,
         draft.register_name,
         store::value(draft.entry),
         draft.revision,
         draft.action,
         draft.kind,
         head.last_recorded_at_ms,
         hash_value(leaf),
         core::Bytes{std::move(texts.leaf)},
         core::Bytes{std::move(texts.blob)}}
    );
    insert_nodes(tx, draft.org, head.peaks.append(leaf));
    save_head(tx, draft.org, head);
    return {.position = position, .recorded_at_ms = head.last_recorded_at_ms, .leaf = leaf};
}

Head Journal::head(store::Reader& reader, core::OrgId org) const {
    const HeadRow row = read_head(reader, org);
    return {
        .size = static_cast<std::int64_t>(row.peaks.size()),
        .root = row.peaks.root(),
        .last_recorded_at_ms = row.last_recorded_at_ms
    };
}

void Journal::for_each(
    store::Reader& reader,
    core::OrgId org,
    std::int64_t position,
    const std::function<bool(const Record&)>& each
) const {
    // By pages, so that `each` may ask the same reader.
    while (true) {
        const std::vector<RecordRow> rows = read_records(reader, org, position, kRowsAtOnce);
        for (const RecordRow& row : rows) {
            if (!each(row.record)) {
                return;
            }
        }
        if (rows.size() < static_cast<std::size_t>(kRowsAtOnce)) {
            return;
        }
        position = rows.back().record.position + 1;
    }
}

std::vector<Record> Journal::history(
    store::Reader& reader, core::OrgId org, std::string_view register_name, const core::Id& entry
) const {
    return records_in(reader.query(
        kReadHistory, {store::value(org), std::string{register_name}, store::value(entry)}
    ));
}

std::vector<Record> Journal::records_of(
    store::Reader& reader, core::OrgId org, std::string_view register_name
) const {
    std::vector<Record> records =
        records_in(reader.query(kReadRegister, {store::value(org), std::string{register_name}}));
    std::ranges::sort(records, {}, &Record::position);
    return records;
}

std::optional<Record> Journal::find(store::Reader& reader, core::OrgId org, std::int64_t position)
    const {
    std::vector<RecordRow> rows = read_records(reader, org, position, 1);
    if (rows.empty() || rows[0].record.position != position) {
        return std::nullopt;
    }
    return std::move(rows[0].record);
}

std::int64_t Journal::erase(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view field
) const {
    std::int64_t changed = 0;
    for (const Record& record : history(tx, org, register_name, entry)) {
        if (auto blob = erase_from(record, field)) {
            changed += tx.execute(
                kUpdateBlob, {store::value(org), record.position, core::Bytes{*std::move(blob)}}
            );
        }
    }
    return changed;
}

}  // namespace duban::journal
