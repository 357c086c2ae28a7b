#include "access/internal/tables.h"

#include <algorithm>

#include "core/check.h"

namespace duban::access::internal {

namespace {

constexpr std::array kUnitColumns{
    Column{"parent", ColumnType::OptionalId},
    Column{"name", ColumnType::Text},
    Column{"code", ColumnType::Text},
    Column{"kind", ColumnType::Text},
    Column{"starts_on", ColumnType::Date},
    Column{"ends_on", ColumnType::OptionalDate}
};
constexpr std::array kPersonColumns{
    Column{"name", ColumnType::Text},
    Column{"mobile", ColumnType::Text},
    Column{"starts_on", ColumnType::Date},
    Column{"ends_on", ColumnType::OptionalDate}
};
constexpr std::array kPostColumns{
    Column{"person", ColumnType::Id},
    Column{"unit", ColumnType::Id},
    Column{"role", ColumnType::Text},
    Column{"outside", ColumnType::Truth},
    Column{"starts_on", ColumnType::Date},
    Column{"ends_on", ColumnType::OptionalDate}
};
constexpr std::array kDelegationColumns{
    Column{"post", ColumnType::Id},
    Column{"delegate", ColumnType::Id},
    Column{"paper", ColumnType::Text},
    Column{"starts_on", ColumnType::Date},
    Column{"ends_on", ColumnType::OptionalDate}
};
constexpr std::array kDivisionColumns{
    Column{"leader", ColumnType::Id},
    Column{"unit", ColumnType::Id},
    Column{"area", ColumnType::Text},
    Column{"starts_on", ColumnType::Date},
    Column{"ends_on", ColumnType::OptionalDate}
};

constexpr store::Query kLoadUnits{
    "access.load_units",
    "select id, revision, parent, name, code, kind, starts_on, ends_on from d_unit "
    "where org = $1 order by id"
};
constexpr store::Query kFindUnit{
    "access.find_unit",
    "select id, revision, parent, name, code, kind, starts_on, ends_on from d_unit "
    "where org = $1 and id = $2"
};
constexpr store::Query kSaveUnit{
    "access.save_unit",
    "insert into d_unit (org, id, revision, parent, name, code, kind, starts_on, ends_on) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org, id) do update set "
    "revision = excluded.revision, parent = excluded.parent, name = excluded.name, "
    "code = excluded.code, kind = excluded.kind, starts_on = excluded.starts_on, "
    "ends_on = excluded.ends_on"
};
constexpr store::Query kLoadPeople{
    "access.load_people",
    "select id, revision, name, mobile, starts_on, ends_on from d_person "
    "where org = $1 order by id"
};
constexpr store::Query kFindPerson{
    "access.find_person",
    "select id, revision, name, mobile, starts_on, ends_on from d_person "
    "where org = $1 and id = $2"
};
constexpr store::Query kSavePerson{
    "access.save_person",
    "insert into d_person (org, id, revision, name, mobile, starts_on, ends_on) "
    "values ($1, $2, $3, $4, $5, $6, $7) on conflict (org, id) do update set "
    "revision = excluded.revision, name = excluded.name, mobile = excluded.mobile, "
    "starts_on = excluded.starts_on, ends_on = excluded.ends_on"
};
constexpr store::Query kLoadPosts{
    "access.load_posts",
    "select id, revision, person, unit, role, outside, starts_on, ends_on from d_post "
    "where org = $1 order by id"
};
constexpr store::Query kFindPost{
    "access.find_post",
    "select id, revision, person, unit, role, outside, starts_on, ends_on from d_post "
    "where org = $1 and id = $2"
};
constexpr store::Query kSavePost{
    "access.save_post",
    "insert into d_post (org, id, revision, person, unit, role, outside, starts_on, ends_on) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org, id) do update set "
    "revision = excluded.revision, person = excluded.person, unit = excluded.unit, "
    "role = excluded.role, outside = excluded.outside, starts_on = excluded.starts_on, "
    "ends_on = excluded.ends_on"
};
constexpr store::Query kLoadDelegations{
    "access.load_delegations",
    "select id, revision, post, delegate, paper, starts_on, ends_on from d_delegation "
    "where org = $1 order by id"
};
constexpr store::Query kFindDelegation{
    "access.find_delegation",
    "select id, revision, post, delegate, paper, starts_on, ends_on from d_delegation "
    "where org = $1 and id = $2"
};
constexpr store::Query kSaveDelegation{
    "access.save_delegation",
    "insert into d_delegation (org, id, revision, post, delegate, paper, starts_on, ends_on) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org, id) do update set "
    "revision = excluded.revision, post = excluded.post, delegate = excluded.delegate, "
    "paper = excluded.paper, starts_on = excluded.starts_on, ends_on = excluded.ends_on"
};
constexpr store::Query kLoadDivisions{
    "access.load_divisions",
    "select id, revision, leader, unit, area, starts_on, ends_on from d_division "
    "where org = $1 order by id"
};
constexpr store::Query kFindDivision{
    "access.find_division",
    "select id, revision, leader, unit, area, starts_on, ends_on from d_division "
    "where org = $1 and id = $2"
};
constexpr store::Query kSaveDivision{
    "access.save_division",
    "insert into d_division (org, id, revision, leader, unit, area, starts_on, ends_on) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org, id) do update set "
    "revision = excluded.revision, leader = excluded.leader, unit = excluded.unit, "
    "area = excluded.area, starts_on = excluded.starts_on, ends_on = excluded.ends_on"
};

constexpr std::array<Table, kTables> kAllTables{
    Table{"unit", "d_unit", kUnitColumns, kLoadUnits, kFindUnit, kSaveUnit},
    Table{"person", "d_person", kPersonColumns, kLoadPeople, kFindPerson, kSavePerson},
    Table{"post", "d_post", kPostColumns, kLoadPosts, kFindPost, kSavePost},
    Table{
        "delegation",
        "d_delegation",
        kDelegationColumns,
        kLoadDelegations,
        kFindDelegation,
        kSaveDelegation
    },
    Table{"division", "d_division", kDivisionColumns, kLoadDivisions, kFindDivision, kSaveDivision}
};

}  // namespace

const std::array<Table, kTables>& tables() {
    return kAllTables;
}

const Table& table(TableName name) {
    return kAllTables.at(static_cast<std::size_t>(name));
}

const Table* find_table(std::string_view register_name) {
    const auto* const found = std::ranges::find(kAllTables, register_name, &Table::register_name);
    return found == kAllTables.end() ? nullptr : found;
}

std::vector<std::string> directory_ddl() {
    return {
        "create table d_unit (org bigint not null, id uuid not null, revision bigint not null, "
        "parent uuid, name text not null, code text not null, kind text not null, "
        "starts_on date not null, ends_on date, primary key (org, id))",
        "create table d_person (org bigint not null, id uuid not null, revision bigint not null, "
        "name text not null, mobile text not null, starts_on date not null, ends_on date, "
        "primary key (org, id))",
        "create table d_post (org bigint not null, id uuid not null, revision bigint not null, "
        "person uuid not null, unit uuid not null, role text not null, outside boolean not null, "
        "starts_on date not null, ends_on date, primary key (org, id), "
        "foreign key (org, person) references d_person (org, id), "
        "foreign key (org, unit) references d_unit (org, id))",
        "create index d_post_person on d_post (org, person)",
        "create index d_post_unit on d_post (org, unit)",
        "create table d_delegation (org bigint not null, id uuid not null, "
        "revision bigint not null, post uuid not null, delegate uuid not null, "
        "paper text not null, starts_on date not null, ends_on date, primary key (org, id), "
        "foreign key (org, post) references d_post (org, id), "
        "foreign key (org, delegate) references d_person (org, id))",
        "create index d_delegation_post on d_delegation (org, post)",
        "create index d_delegation_delegate on d_delegation (org, delegate)",
        "create table d_division (org bigint not null, id uuid not null, "
        "revision bigint not null, leader uuid not null, unit uuid not null, "
        "area text not null, starts_on date not null, ends_on date, primary key (org, id), "
        "foreign key (org, leader) references d_person (org, id), "
        "foreign key (org, unit) references d_unit (org, id))",
        "create index d_division_leader on d_division (org, leader)",
        "create index d_division_unit on d_division (org, unit)"
    };
}

void save_row(store::Transaction& tx, const Table& table, core::OrgId org, const StoredRow& row) {
    core::check(row.cells.size() == table.columns.size(), "a row has a cell for each column");
    std::vector<store::Value> parameters{store::value(org), store::value(row.id), row.revision};
    parameters.insert(parameters.end(), row.cells.begin(), row.cells.end());
    tx.execute(table.save, parameters);
}

}  // namespace duban::access::internal
