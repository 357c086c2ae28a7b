#include "registers/restored.h"

#include <algorithm>

#include "core/problem.h"

namespace duban::registers {

namespace {

const journal::Change* find_change(const journal::Draft& draft, std::string_view field) {
    const auto found = std::ranges::find(draft.changes, field, &journal::Change::field);
    return found == draft.changes.end() ? nullptr : &*found;
}

std::optional<std::int64_t> find_count(const journal::Draft& draft, std::string_view field) {
    const journal::Change* change = find_change(draft, field);
    if (change == nullptr) {
        return 0;
    }
    return change->value.is_int64() && change->value.get_int64() >= 0
               ? std::optional{change->value.get_int64()}
               : std::nullopt;
}

std::string find_text(const journal::Draft& draft, std::string_view field) {
    const journal::Change* change = find_change(draft, field);
    return change != nullptr && change->value.is_string() ? std::string{change->value.get_string()}
                                                          : std::string{};
}

core::Json row_of(const ComparedHead& compared) {
    return core::JsonObject{
        {"held", compared.held},
        {"root", compared.head.root.hex()},
        {"size", compared.head.size},
        {"source", compared.source}
    };
}

std::optional<ComparedHead> find_compared(const core::Json& row) {
    const auto size = core::find_integer(row, "size");
    const auto root = crypto::Hash::parse_hex(core::find_string(row, "root").value_or(""));
    const core::Json* held = core::find_member(row, "held");
    if (!size || !root || held == nullptr || !held->is_bool()) {
        return std::nullopt;
    }
    return ComparedHead{
        .source = core::find_string(row, "source").value_or(""),
        .head = {.size = *size, .root = *root},
        .held = held->get_bool()
    };
}

}  // namespace

std::int64_t RestoredStore::lost() const {
    std::int64_t beyond = 0;
    for (const ComparedHead& one : compared) {
        beyond = std::max(beyond, one.held ? 0 : one.head.size - records);
    }
    return beyond;
}

void put_restored(
    store::Transaction& tx,
    const journal::Journal& journal,
    core::OrgId org,
    const RestoredStore& restored,
    std::int64_t at_ms,
    std::string_view salt_seed
) {
    journal::Draft draft;
    draft.org = org;
    draft.register_name = kStore;
    draft.entry = restored.id;
    draft.action = kRestored;
    draft.state_after = kRestored;
    draft.on = restored.on;
    draft.recorded_at_ms = at_ms;
    draft.salt_seed = salt_seed;
    const auto note = [&](const char* field, core::Json value) {
        draft.changes.push_back(
            {.field = field, .value = std::move(value), .is_list = false, .rows = {}}
        );
    };
    note("records", restored.records);
    note("root", core::Json(restored.root.hex()));
    note("lost", restored.lost());
    if (restored.made_at > 0) {
        note("made_at", restored.made_at);
    }
    if (restored.faults > 0) {
        note("faults", restored.faults);
    }
    if (!restored.decided.empty()) {
        note("decided", core::Json(restored.decided));
    }
    journal::Change compared{.field = "compared", .value = nullptr, .is_list = true, .rows = {}};
    std::ranges::transform(restored.compared, std::back_inserter(compared.rows), row_of);
    draft.changes.push_back(std::move(compared));
    static_cast<void>(journal.append(tx, draft));
}

bool is_restored(const journal::Draft& draft) {
    return draft.register_name == kStore && draft.declaration.empty();
}

std::optional<RestoredStore> find_restored(const journal::Draft& draft, std::int64_t position) {
    const bool plain = is_restored(draft) && draft.action == kRestored && draft.kind == "action" &&
                       draft.revision == 1 && draft.actor.is_nil() && draft.signatures.empty() &&
                       !draft.caused_by;
    const auto records = find_count(draft, "records");
    const auto lost = find_count(draft, "lost");
    const auto made_at = find_count(draft, "made_at");
    const auto faults = find_count(draft, "faults");
    const auto root = crypto::Hash::parse_hex(find_text(draft, "root"));
    const journal::Change* compared = find_change(draft, "compared");
    if (!plain || !records || !lost || !made_at || !faults || !root || compared == nullptr ||
        !compared->is_list) {
        return std::nullopt;
    }
    RestoredStore restored{
        .id = draft.entry,
        .records = *records,
        .root = *root,
        .made_at = *made_at,
        .compared = {},
        .faults = *faults,
        .decided = find_text(draft, "decided"),
        .on = draft.on,
        .position = position
    };
    for (const core::Json& row : compared->rows) {
        const auto one = find_compared(row);
        if (!one) {
            return std::nullopt;
        }
        restored.compared.push_back(*one);
    }
    return restored.lost() == *lost ? std::optional{restored} : std::nullopt;
}

std::vector<RestoredStore> restored_stores(store::Reader& reader, core::OrgId org) {
    std::vector<RestoredStore> all;
    for (const journal::Record& record : journal::Journal{}.records_of(reader, org, kStore)) {
        try {
            if (auto restored = find_restored(record.draft(), record.position)) {
                all.push_back(*std::move(restored));
            }
        } catch (const core::Problem&) {
            continue;  // not legible: it gives nothing up
        }
    }
    return all;
}

std::optional<RestoredStore> find_giving_up(
    store::Reader& reader, core::OrgId org, const journal::SignedHead& head
) {
    for (RestoredStore& restored : restored_stores(reader, org)) {
        const bool gives_up =
            std::ranges::any_of(restored.compared, [&](const ComparedHead& compared) {
                return !compared.held &&
                       (compared.head == head ||
                        (head.size > restored.records && head.size < compared.head.size));
            });
        if (gives_up) {
            return std::move(restored);
        }
    }
    return std::nullopt;
}

}  // namespace duban::registers
