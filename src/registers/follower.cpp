#include "registers/follower.h"

#include <map>
#include <set>

#include "registers/internal/row.h"

namespace duban::registers {

namespace {

constexpr store::Query kFindPosition{
    "registers.find_follower", "select position from d_follower where org = $1 and name = $2"
};
constexpr store::Query kInsertPosition{
    "registers.insert_follower", "insert into d_follower (org, name, position) values ($1, $2, $3)"
};
constexpr store::Query kUpdatePosition{
    "registers.update_follower", "update d_follower set position = $3 where org = $1 and name = $2"
};
constexpr store::Query kRestart{
    "registers.restart_follower", "update d_follower set position = 0 where name = $1"
};
constexpr store::Query kRecordsAfter{
    "registers.follow_records",
    "select register, entry from d_record where org = $1 and position >= $2 and position < $3"
};

const std::string kName = "search";

/// The words of an entry, or nullopt when its register is not searched.
std::optional<search::Document> document_of(core::OrgId org, const EntryRow& row) {
    const declarations::Register& declared = *row.table().declared;
    if (declared.sealed) {
        return std::nullopt;
    }
    search::Document document{
        .org = org,
        .register_name = declared.name,
        .id = row.id(),
        .unit = row.unit(),
        .title = row.title(),
        .body = row.number()
    };
    const declarations::Field* title = declared.title_field();
    for (const declarations::Field& field : declared.fields) {
        if (field.sealed || !field.search || &field == title) {
            continue;
        }
        const core::Json value = row.scalar(field);
        if (value.is_string()) {
            document.body += (document.body.empty() ? "" : "\n") + std::string{value.get_string()};
        }
    }
    return document;
}

}  // namespace

std::int64_t SearchFollower::position(store::Reader& reader, core::OrgId org) const {
    const store::Rows rows = reader.query(kFindPosition, {store::value(org), kName});
    return rows.empty() ? 0 : rows.front().integer(0);
}

std::int64_t SearchFollower::follow(core::OrgId org, std::int64_t records_max) {
    const auto adopted = registers_.find_adopted();
    if (!adopted) {
        return 0;
    }
    std::int64_t read = 0;
    registers_.store().write(org, [&](store::Transaction& tx) {
        const store::Rows known = tx.query(kFindPosition, {store::value(org), kName});
        const std::int64_t from = known.empty() ? 0 : known.front().integer(0);
        const std::int64_t size = registers_.journal().head(tx, org).size;
        const std::int64_t to = std::min(size, from + records_max);
        read = to - from;
        if (read <= 0) {
            return;
        }
        std::set<std::pair<std::string, core::Id>> changed;
        for (const store::Row& row : tx.query(kRecordsAfter, {store::value(org), from, to})) {
            changed.emplace(row.text(0), row.id(1));
        }
        for (const auto& [name, id] : changed) {
            const Table* table = adopted->find_table(name);
            const auto row = table == nullptr ? std::nullopt : EntryRow::find(tx, *table, org, id);
            if (const auto document = row ? document_of(org, *row) : std::nullopt) {
                search_.index(tx, *document);
            } else if (!row) {
                search_.remove(tx, org, name, id);  // of a register that was dropped
            }
        }
        tx.execute(
            known.empty() ? kInsertPosition : kUpdatePosition, {store::value(org), kName, to}
        );
    });
    return read;
}

void SearchFollower::reset(core::OrgId org) {
    registers_.store().write(org, [&](store::Transaction& tx) {
        tx.execute(kUpdatePosition, {store::value(org), kName, std::int64_t{0}});
    });
}

void SearchFollower::restart(store::Transaction& tx) {
    tx.execute(kRestart, {kName});
}

std::vector<search::SearchScope> SearchFollower::scopes(const access::Actor& actor) const {
    std::vector<search::SearchScope> scopes;
    const auto adopted = registers_.adopted();
    for (const declarations::Register* declared : adopted->model().registers()) {
        if (declared->sealed) {
            continue;
        }
        const auto readers = declared->readers();
        const access::Reach reach = access::reach(actor, readers);
        search::SearchScope scope{.register_name = declared->name, .reach = {}};
        if (!reach.all) {
            scope.reach = {.kind = search::ReachKind::Units, .ids = reach.units};
        }
        if (reach.all || !reach.units.empty()) {
            scopes.push_back(std::move(scope));
        }
    }
    return scopes;
}

}  // namespace duban::registers
