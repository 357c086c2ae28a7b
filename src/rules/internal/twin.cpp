#include "rules/internal/twin.h"

#include <sqlite3.h>

#include "core/check.h"
#include "rules/internal/words.h"
#include "rules/rules.h"

namespace duban::rules {

namespace {

/// What one compilation may read, and what it read.
struct Policy {
    const std::set<std::string>* known = nullptr;
    const std::set<std::string>* visible = nullptr;
    std::set<std::string> tables;
    std::string denied;
};

int authorize(
    void* context,
    int operation,
    const char* first,
    const char* second,
    const char* database,
    const char* /*trigger*/
) {
    Policy& policy = *static_cast<Policy*>(context);
    if (operation == SQLITE_SELECT) {
        return SQLITE_OK;
    }
    // Without a database the column is one of a sub-select or of the rule's own WITH; or a table
    // of which no column is read.
    if (operation == SQLITE_READ && database == nullptr &&
        (first == nullptr || !policy.known->contains(first))) {
        return SQLITE_OK;
    }
    if (operation == SQLITE_READ && first != nullptr && policy.visible->contains(first)) {
        policy.tables.insert(first);
        return SQLITE_OK;
    }
    if (operation == SQLITE_FUNCTION && second != nullptr && is_rule_function(second)) {
        return SQLITE_OK;
    }
    const char* name = operation == SQLITE_FUNCTION ? second : first;
    policy.denied = name != nullptr ? name : "this statement";
    return SQLITE_DENY;
}

/// A function of the twin is known by name and number of arguments; nothing calls it.
void never_called(sqlite3_context* context, int /*count*/, sqlite3_value** /*values*/) {
    sqlite3_result_null(context);
}

void declare_function(sqlite3* database, const std::string& name, int arguments) {
    const int code = sqlite3_create_function_v2(
        database,
        name.c_str(),
        arguments,
        SQLITE_UTF8 | SQLITE_INNOCUOUS,
        nullptr,
        never_called,
        nullptr,
        nullptr,
        nullptr
    );
    core::check(code == SQLITE_OK, "the twin takes a function");
}

void execute(sqlite3* database, const std::string& sql) {
    core::check(
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK,
        "the twin takes the tables of a checked model"
    );
}

std::string create_text(const RuleTable& table, Twin::Kind kind) {
    const bool scoped = kind == Twin::Kind::Scoped;
    std::string sql = "create table " + (scoped ? table.source : table.name) + " (";
    if (scoped) {
        sql += "org bigint, ";
    }
    for (const Column& column : table.columns) {
        sql += column.name + " " + column.type + ", ";
    }
    sql.resize(sql.size() - 2);
    return sql + ")";
}

struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

}  // namespace

void Twin::Closer::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Twin::Twin(const std::vector<RuleTable>& tables, Kind kind) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        ":memory:",
        &opened,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
        nullptr
    );
    database_.reset(opened);
    core::check(code == SQLITE_OK, "an in-memory database opens");
    // Else "abc" would be a text where PostgreSQL sees a name.
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    for (const store::ScalarFunction& function : functions()) {
        declare_function(opened, function.name, function.arguments);
    }
    for (const char* name : {"param", "input"}) {
        declare_function(opened, name, 1);
    }
    for (const char* name : {"workdays_between", "add_workdays"}) {
        declare_function(opened, name, 2);
    }
    declare_function(opened, "today", 0);
    for (const RuleTable& table : tables) {
        execute(opened, create_text(table, kind));
        known_.insert(kind == Kind::Scoped ? table.source : table.name);
    }
    if (kind == Kind::Scoped) {
        execute(
            opened, "create table d_day (org bigint, day date, workday_no bigint, workday boolean)"
        );
    }
}

Twin::~Twin() = default;

TwinAnswer Twin::compile(const std::string& sql, const std::set<std::string>& visible) const {
    Policy policy{.known = &known_, .visible = &visible, .tables = {}, .denied = {}};
    sqlite3_set_authorizer(database_.get(), authorize, &policy);
    sqlite3_stmt* prepared = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v2(
        database_.get(), sql.c_str(), static_cast<int>(sql.size()), &prepared, &tail
    );
    const std::unique_ptr<sqlite3_stmt, Finalizer> statement{prepared};
    sqlite3_set_authorizer(database_.get(), nullptr, nullptr);

    TwinAnswer answer;
    answer.tables = std::move(policy.tables);
    if (code != SQLITE_OK) {
        answer.denied = !policy.denied.empty();
        answer.error = answer.denied ? policy.denied : sqlite3_errmsg(database_.get());
    } else if (statement == nullptr || tail != sql.c_str() + sql.size()) {
        answer.error = "it is not one statement";
    } else {
        for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
            const char* type = sqlite3_column_decltype(prepared, i);
            answer.columns.push_back(
                {.name = sqlite3_column_name(prepared, i), .type = type != nullptr ? type : ""}
            );
        }
    }
    return answer;
}

}  // namespace duban::rules
