#include <array>

#include "rules/rules.h"

// What the databases keep for rules: d_day, and on PostgreSQL the functions of functions.cpp.

namespace duban::rules {

namespace {

const std::vector<std::string> kTables = {
    "create table d_day (org bigint not null, day date not null, workday_no bigint not null, "
    "workday boolean not null, primary key (org, day))",
    "create index d_day_by_number on d_day (org, workday_no, day)",
};

const std::vector<std::string> kPostgresFunctions = {
    "create or replace function days_between(date, date) returns bigint language sql immutable "
    "strict parallel safe as $$ select ($2 - $1)::bigint $$",

    "create or replace function add_days(date, bigint) returns date language sql immutable strict "
    "parallel safe as $$ select case when abs($2) <= 4000000 and $1 + $2::int between "
    "date '1000-01-01' and date '9999-12-31' then $1 + $2::int end $$",

    "create or replace function add_months(date, bigint) returns date language sql immutable "
    "strict parallel safe as $$ select case when abs($2) <= 120000 and "
    "($1 + make_interval(months => $2::int))::date between date '1000-01-01' and date '9999-12-31' "
    "then ($1 + make_interval(months => $2::int))::date end $$",

    "create or replace function year_of(date) returns bigint language sql immutable strict "
    "parallel safe as $$ select extract(year from $1)::bigint $$",

    "create or replace function month_of(date) returns bigint language sql immutable strict "
    "parallel safe as $$ select extract(month from $1)::bigint $$",

    "create or replace function cents_to_text(bigint) returns text language sql immutable strict "
    "parallel safe as $$ select case when $1 < 0 then '-' else '' end "
    "|| div(abs($1::numeric), 100)::text || '.' "
    "|| lpad(mod(abs($1::numeric), 100)::text, 2, '0') $$",

    "create or replace function d_workdays_between(bigint, date, date) returns bigint "
    "language sql stable strict as $$ select d_to.workday_no - d_from.workday_no "
    "from d_day d_from, d_day d_to where d_from.org = $1 and d_from.day = $2 "
    "and d_to.org = $1 and d_to.day = $3 $$",

    "create or replace function d_add_workdays(bigint, date, bigint) returns date "
    "language sql stable strict as $$ select case when $3 = 0 then $2 else (select min(d_to.day) "
    "from d_day d_to where d_to.org = $1 and d_to.workday and d_to.workday_no = d_from.workday_no "
    "+ $3 + case when $3 < 0 and not d_from.workday then 1 else 0 end) end "
    "from d_day d_from where d_from.org = $1 and d_from.day = $2 $$",
};

constexpr store::Query kRemoveDays{"rules.remove_days", "delete from d_day where org = $1"};

constexpr std::size_t kDaysAtOnce = 64;

/// `insert … values ($1, $2, $3, $4), …` for `count` days.
std::string insert_text(std::size_t count) {
    std::string sql = "insert into d_day (org, day, workday_no, workday) values ";
    for (std::size_t i = 0; i < count; ++i) {
        sql += i == 0 ? "(" : ", (";
        for (std::size_t k = 1; k <= 4; ++k) {
            sql += (k == 1 ? "$" : ", $") + std::to_string(i * 4 + k);
        }
        sql += ")";
    }
    return sql;
}

void insert_days(store::Transaction& tx, const std::vector<store::Value>& values) {
    static const std::string kMany = insert_text(kDaysAtOnce);
    static const std::string kOne = insert_text(1);
    if (values.size() == kDaysAtOnce * 4) {
        tx.execute({.name = "rules.insert_days", .sql = kMany}, values);
        return;
    }
    for (std::size_t i = 0; i < values.size(); i += 4) {
        const auto row = values.begin() + static_cast<std::ptrdiff_t>(i);
        tx.execute({.name = "rules.insert_day", .sql = kOne}, {row, row + 4});
    }
}

}  // namespace

void migrate(store::Store& store) {
    const std::array<store::Migration, 1> steps = {
        {{.version = 1, .statements = kTables, .postgres_only = kPostgresFunctions}}
    };
    store.migrate("rules", steps);
}

std::vector<CountedDay> counted_days(const calendar::WorkCalendar& calendar, int from, int to) {
    using std::chrono::January, std::chrono::year;
    const calendar::Date end{std::chrono::sys_days{year{to + 1} / January / 1}};
    std::vector<CountedDay> days;
    std::int64_t workday_no = 0;
    for (calendar::Date day{std::chrono::sys_days{year{from} / January / 1}}; day < end;
         day = day.plus_days(1)) {
        const bool workday = calendar.is_workday(day);
        workday_no += workday ? 1 : 0;
        days.push_back({.day = day, .workday_no = workday_no, .workday = workday});
    }
    return days;
}

void write_calendar(
    store::Transaction& tx,
    core::OrgId org,
    const calendar::WorkCalendar& calendar,
    int from,
    int to
) {
    tx.execute(kRemoveDays, {store::value(org)});
    std::vector<store::Value> values;
    for (const CountedDay& one : counted_days(calendar, from, to)) {
        values.push_back(store::value(org));
        values.emplace_back(one.day.text());
        values.emplace_back(one.workday_no);
        values.emplace_back(one.workday);
        if (values.size() == kDaysAtOnce * 4) {
            insert_days(tx, values);
            values.clear();
        }
    }
    insert_days(tx, values);
}

}  // namespace duban::rules
