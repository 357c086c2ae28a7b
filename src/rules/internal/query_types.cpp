#include <algorithm>
#include <array>

#include "rules/internal/portable.h"
#include "rules/internal/type_reader.h"
#include "rules/internal/words.h"

namespace duban::rules {

namespace {

using namespace std::string_view_literals;

std::vector<TypedColumn> typed(const RuleTable& table) {
    std::vector<TypedColumn> columns;
    for (const Column& column : table.columns) {
        columns.push_back({.name = column.name, .type = type_of(column.type)});
    }
    return columns;
}

}  // namespace

std::vector<ScriptFault> TypeReader::expression(std::string_view expected) {
    try {
        scopes_ = {{.tables = {{.alias = "this", .columns = typed(*names_.own)}}}};
        const Type found = any();
        if (at_ != script_.size()) {
            not_understood();
        }
        if (!expected.empty()) {
            want(found, type_of(expected), 0);
        }
    } catch (const Stop& stop) {
        return {stop.fault};
    }
    return {};
}

std::vector<ScriptFault> TypeReader::control() {
    try {
        const TypedQuery found = query();
        if (at_ != script_.size() || found.columns.size() < 2) {
            not_understood();
        }
        want(found.columns[0].type, Type::Uuid, 0);
        want(found.columns[1].type, Type::Text, 0);
    } catch (const Stop& stop) {
        return {stop.fault};
    }
    return {};
}

TypedQuery TypeReader::query() {
    scopes_.emplace_back();
    if (is("with")) {
        with_clause();
    }
    TypedQuery result = select();
    while (is("union") || is("except")) {
        const std::size_t at = at_++;
        take("all");
        const TypedQuery more = select();
        if (more.columns.size() != result.columns.size()) {
            not_understood();
        }
        for (std::size_t i = 0; i < more.columns.size(); ++i) {
            result.columns[i].type = unite(result.columns[i].type, more.columns[i].type, at);
        }
        result.one_row = false;
    }
    result.one_row = order_and_limit(result.columns) || result.one_row;
    scopes_.pop_back();
    return result;
}

void TypeReader::with_clause() {
    expect("with");
    do {
        Table table{.alias = take_name()};
        expect("as");
        expect("(");
        table.columns = query().columns;
        expect(")");
        scopes_.back().queries.push_back(std::move(table));
    } while (take(","));
}

/// The place behind the list of the SELECT that begins at `at`.
std::size_t TypeReader::end_of_list(std::size_t at) const {
    static constexpr std::array kEnds = {
        ")"sv,
        "from"sv,
        "where"sv,
        "group"sv,
        "having"sv,
        "order"sv,
        "limit"sv,
        "union"sv,
        "except"sv
    };
    while (at < script_.size()) {
        // `is distinct from` is no clause.
        const bool distinct = script_.is(at, "from") && script_.is(at - 1, "distinct");
        if (script_.is_any(at, kEnds) && !distinct) {
            break;
        }
        at = script_.is(at, "(") ? script_.partner[at] + 1 : at + 1;
    }
    return at;
}

TypedQuery TypeReader::select() {
    expect("select");
    const bool distinct = take("distinct");
    take("all");
    // The list is read after the tables that its names come from.
    const std::size_t list = at_;
    const std::size_t from = end_of_list(list);
    scopes_.back().tables.clear();
    at_ = from;
    if (is("from")) {
        from_clause();
    }
    const std::size_t after_from = at_;

    at_ = list;
    TypedQuery result;
    do {
        select_item(result.columns);
    } while (take(","));
    if (at_ != from) {
        not_understood();
    }
    at_ = after_from;
    if (take("where")) {
        const std::size_t at = at_ - 1;
        want(any(), Type::Boolean, at);
    }
    const bool grouped = grouping();
    const bool folds = !distinct && !grouped && folds_rows(script_, list, from);
    result.one_row = folds || from == after_from;
    return result;
}

bool TypeReader::grouping() {
    bool grouped = false;
    if (take("group")) {
        grouped = true;
        expect("by");
        do {
            if (!is_name()) {
                not_understood();
            }
            any();
        } while (take(","));
    }
    if (take("having")) {
        const std::size_t at = at_ - 1;
        want(any(), Type::Boolean, at);
    }
    return grouped;
}

void TypeReader::from_clause() {
    static constexpr std::array kJoins = {"join"sv, "left"sv, "inner"sv, "cross"sv};
    expect("from");
    from_item();
    const bool comma = is(",");
    while (true) {
        if (comma && take(",")) {
            from_item();
        } else if (!comma && script_.is_any(at_, kJoins)) {
            const bool cross = take("cross");
            if (take("left")) {
                take("outer");
            } else {
                take("inner");
            }
            expect("join");
            from_item();
            if (!cross) {
                expect("on");
                const std::size_t at = at_ - 1;
                want(any(), Type::Boolean, at);
            }
        } else if (is(",") || script_.is_any(at_, kJoins)) {
            // Which tables an `on` sees differs when both are mixed.
            refuse(at_, "rule.comma_join");
        } else {
            return;
        }
    }
}

void TypeReader::from_item() {
    const std::size_t at = at_;
    Table table;
    if (take("(")) {
        table.columns = query().columns;
        expect(")");
        take("as");
        table.alias = take_name();
    } else {
        table.alias = take_name();
        table.columns = table_columns(table.alias);
        if (take("as") || is_name()) {
            table.alias = take_name();
        }
    }
    std::vector<Table>& tables = scopes_.back().tables;
    if (std::ranges::find(tables, table.alias, &Table::alias) != tables.end()) {
        refuse(at, "rule.alias_twice", {{"name", table.alias}});
    }
    tables.push_back(std::move(table));
}

std::vector<TypedColumn> TypeReader::table_columns(const std::string& name) {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        const auto found = std::ranges::find(scope->queries, name, &Table::alias);
        if (found != scope->queries.end()) {
            return found->columns;
        }
    }
    for (const RuleTable* table : names_.tables) {
        if (table->name == name) {
            return typed(*table);
        }
    }
    not_understood();
}

void TypeReader::select_item(std::vector<TypedColumn>& columns) {
    const bool qualified = is_name() && script_.is(at_ + 1, ".") && script_.is(at_ + 2, "*");
    if (qualified || is("*")) {
        const std::string alias = qualified ? take_name() : std::string{};
        at_ += qualified ? 2 : 1;
        for (const Table& table : scopes_.back().tables) {
            if (!qualified || table.alias == alias) {
                columns.insert(columns.end(), table.columns.begin(), table.columns.end());
            }
        }
        return;
    }
    const std::size_t at = at_;
    TypedColumn column;
    column.type = any();
    column.type = resolved(column.type);
    const bool plain = at_ == at + 1 || (at_ == at + 3 && script_.is(at + 1, "."));
    if (plain && script_.kind(at_ - 1) == TokenKind::Word) {
        column.name = script_.tokens[at_ - 1].text;
    }
    if (take("as") || is_name()) {
        column.name = take_name();
    }
    columns.push_back(std::move(column));
}

bool TypeReader::order_and_limit(const std::vector<TypedColumn>& columns) {
    const bool ordered = take("order");
    if (ordered) {
        expect("by");
        do {
            // An item may be the name of a column of the result.
            const bool result_name =
                is_name() && !script_.is(at_ + 1, ".") && !script_.is_call(at_) &&
                std::ranges::find(columns, script_.tokens[at_].text, &TypedColumn::name) !=
                    columns.end();
            if (result_name) {
                ++at_;
            } else {
                any();
            }
            if (!take("asc")) {
                take("desc");
            }
            expect("nulls");
            if (!take("first")) {
                expect("last");
            }
        } while (take(","));
    }
    bool one_row = false;
    if (take("limit")) {
        if (!ordered) {
            refuse(at_ - 1, "rule.limit_without_order");
        }
        one_row = is("1");
        ++at_;
        if (take("offset")) {
            ++at_;
        }
    }
    return one_row;
}

bool TypeReader::take(std::string_view text) {
    const bool taken = is(text);
    at_ += taken ? 1U : 0U;
    return taken;
}

void TypeReader::expect(std::string_view text) {
    if (!take(text)) {
        not_understood();
    }
}

bool TypeReader::is_name() const {
    return at_ < script_.size() && script_.kind(at_) == TokenKind::Word &&
           !is_rule_keyword(script_.tokens[at_].text);
}

std::string TypeReader::take_name() {
    if (!is_name()) {
        not_understood();
    }
    return script_.tokens[at_++].text;
}

void TypeReader::refuse(std::size_t at, std::string code, core::Params params) const {
    const Token& token = script_.tokens[std::min(at, script_.size() - 1)];
    throw Stop{
        {.code = std::move(code),
         .params = std::move(params),
         .line = token.line,
         .column = token.column}
    };
}

void TypeReader::not_understood() const {
    refuse(
        at_,
        "rule.not_understood",
        {{"word", at_ < script_.size() ? script_.tokens[at_].text : std::string{"the end"}}}
    );
}

std::string_view text_of(Type type) {
    switch (type) {
        case Type::Null: return "null";
        case Type::Literal:
        case Type::DayLiteral:
        case Type::Text: return "text";
        case Type::Bigint: return "bigint";
        case Type::Boolean: return "boolean";
        case Type::Date: return "date";
        case Type::Uuid: break;
    }
    return "uuid";
}

Type type_of(std::string_view sql_type) {
    for (const Type type : {Type::Text, Type::Bigint, Type::Boolean, Type::Date}) {
        if (text_of(type) == sql_type) {
            return type;
        }
    }
    return Type::Uuid;
}

std::vector<ScriptFault> expression_faults(
    const Script& script, const TypeNames& names, std::string_view expected
) {
    return TypeReader{script, names}.expression(expected);
}

std::vector<ScriptFault> control_faults(const Script& script, const TypeNames& names) {
    return TypeReader{script, names}.control();
}

}  // namespace duban::rules
