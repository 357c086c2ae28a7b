#include "rules/internal/scoped.h"

#include <algorithm>

#include "core/check.h"

namespace duban::rules {

namespace {

/// Numbers the parameters alike for both databases.
class Binder {
public:
    std::string place(const Binding& binding) {
        const auto found = std::ranges::find(bindings_, binding);
        const auto index = found - bindings_.begin();
        if (found == bindings_.end()) {
            bindings_.push_back(binding);
        }
        return "$" + std::to_string(index + 1);
    }
    [[nodiscard]] const std::vector<Binding>& bindings() const { return bindings_; }

private:
    std::vector<Binding> bindings_;
};

Binding of_kind(BindingKind kind) {
    return {.kind = kind, .name = {}, .type = {}, .scale = 0};
}

class Renderer {
public:
    Renderer(const Script& script, const Names& names, store::Dialect dialect, Binder& binder)
        : script_{script}, names_{names}, dialect_{dialect}, binder_{binder} {}

    std::string tables(const std::vector<ScopedTable>& tables) {
        const std::string_view schema = postgres() ? "" : "main.";
        std::string sql;
        for (const ScopedTable& scoped : tables) {
            sql += sql.empty() ? "with " : ", ";
            sql += scoped.alias + " as not materialized (select ";
            for (const Column& column : scoped.table->columns) {
                sql += column.name + ", ";
            }
            sql.resize(sql.size() - 2);
            sql += " from " + std::string{schema} + scoped.table->source;
            sql += " where org = " + binder_.place(of_kind(BindingKind::Org));
            if (!scoped.entry_column.empty()) {
                sql += " and " + scoped.entry_column + " = ";
                sql += binder_.place(of_kind(BindingKind::Entry));
            }
            sql += ")";
        }
        return sql;
    }

    std::string all() { return range(0, script_.size()); }

    std::string hits_max() { return typed(binder_.place(of_kind(BindingKind::HitsMax)), "bigint"); }

    /// The register is among the rule's tables, already those of the org.
    std::string judged(const declarations::Control& control) {
        if (control.since.empty()) {
            return "";
        }
        Binding since = of_kind(BindingKind::Since);
        since.name = control.since;
        return " where q.id in (select j.id from " + control.register_name +
               " as j where j.opened_at >= " + typed(binder_.place(since), "bigint") + ")";
    }

private:
    [[nodiscard]] bool postgres() const { return dialect_ == store::Dialect::Postgres; }

    std::string range(std::size_t begin, std::size_t end) {
        std::string sql;
        for (std::size_t i = begin; i < end;) {
            sql += (sql.empty() ? "" : " ") + piece(i);
        }
        return sql;
    }

    /// The text of what begins at `at`, which moves behind it.
    std::string piece(std::size_t& at) {
        if (!script_.is_call(at)) {
            return script_.tokens[at++].text;
        }
        const std::size_t call = at;
        const std::string& name = script_.tokens[call].text;
        const std::size_t close = script_.partner[call + 1];
        if (name == "today" || name == "param" || name == "input") {
            at = close + 1;
            return bound(call);
        }
        if (name == "workdays_between" || name == "add_workdays") {
            at = close + 1;
            return with_calendar(call);
        }
        if (name == "sum" && postgres()) {
            return whole_sum(at);
        }
        ++at;
        return postgres() ? postgres_name(name) : name;
    }

    std::string bound(std::size_t call) {
        const std::string& name = script_.tokens[call].text;
        if (name == "today") {
            return typed(binder_.place(of_kind(BindingKind::Today)), "date");
        }
        const std::string& quoted = script_.tokens[call + 2].text;
        const auto found = names_.find(name + " " + quoted.substr(1, quoted.size() - 2));
        core::check(found != names_.end(), "a compiled rule names what is declared");
        return typed(binder_.place(found->second), found->second.type);
    }

    /// SQLite takes the value's own type; its cast to date would make a number of it.
    std::string typed(const std::string& place, const std::string& type) const {
        return postgres() ? "cast(" + place + " as " + type + ")" : place;
    }

    static std::string postgres_name(const std::string& name) {
        if (name == "greatest_of" || name == "least_of") {
            return name.substr(0, name.size() - 3);
        }
        return name == "concat_of" ? "concat" : name;
    }

    /// PostgreSQL sums bigint to numeric.
    std::string whole_sum(std::size_t& at) {
        std::size_t end = script_.partner[at + 1] + 1;
        for (const std::string_view more : {"filter", "over"}) {
            end = script_.is(end, more) ? script_.partner[end + 1] + 1 : end;
        }
        std::string sql = "cast(sum " + range(at + 1, end) + " as bigint)";
        at = end;
        return sql;
    }

    /// d_day belongs to the org, so the org is an argument on PostgreSQL; on SQLite, where a
    /// function cannot read, the same select stands in place. Its names begin with d_, which no
    /// column of a register does, so that nothing in the arguments is captured.
    std::string with_calendar(std::size_t call) {
        const auto arguments = script_.arguments(call);
        const std::string first = range(arguments[0].first, arguments[0].second);
        const std::string second = range(arguments[1].first, arguments[1].second);
        const std::string& name = script_.tokens[call].text;
        const std::string org = binder_.place(of_kind(BindingKind::Org));
        if (postgres()) {
            return "d_" + name + "(cast(" + org + " as bigint), " + first + ", " + second + ")";
        }
        const std::string span =
            "(select " + first + " as d_a, " + second + " as d_b) as d_span, main.d_day as d_from";
        if (name == "workdays_between") {
            return "(select d_to.workday_no - d_from.workday_no from " + span +
                   ", main.d_day as d_to where d_from.org = " + org +
                   " and d_from.day = d_span.d_a and d_to.org = " + org +
                   " and d_to.day = d_span.d_b)";
        }
        return "(select case when d_span.d_b = 0 then d_span.d_a else (select min(d_to.day) from "
               "main.d_day as d_to where d_to.org = " +
               org +
               " and d_to.workday and d_to.workday_no = d_from.workday_no + d_span.d_b + "
               "(d_span.d_b < 0 and not d_from.workday)) end from " +
               span + " where d_from.org = " + org + " and d_from.day = d_span.d_a)";
    }

    const Script& script_;
    const Names& names_;
    store::Dialect dialect_;
    Binder& binder_;
};

Statement render(
    const Script& script,
    const std::vector<ScopedTable>& tables,
    const Names& names,
    const declarations::Control* control
) {
    Binder binder;
    Statement statement;
    for (const store::Dialect dialect : {store::Dialect::Sqlite, store::Dialect::Postgres}) {
        Renderer renderer{script, names, dialect, binder};
        std::string sql = renderer.tables(tables);
        if (control != nullptr) {
            sql += " select q.* from (" + renderer.all() + ") as q";
            sql += renderer.judged(*control) + " order by 1 limit " + renderer.hits_max();
        } else {
            sql += " select (" + renderer.all() + ") from this";
        }
        (dialect == store::Dialect::Sqlite ? statement.sqlite : statement.postgres) =
            std::move(sql);
    }
    statement.bindings = binder.bindings();
    return statement;
}

}  // namespace

Statement scoped_expression(
    const Script& script, const std::vector<ScopedTable>& tables, const Names& names
) {
    return render(script, tables, names, nullptr);
}

Statement scoped_control(
    const Script& script,
    const std::vector<ScopedTable>& tables,
    const Names& names,
    const declarations::Control& control
) {
    return render(script, tables, names, &control);
}

std::string plain_text(const Script& script) {
    std::string sql;
    for (const Token& token : script.tokens) {
        sql += (sql.empty() ? "" : " ") + token.text;
    }
    return sql;
}

}  // namespace duban::rules
