// The parser behind typed.h: expressions in expression_types.cpp, queries in query_types.cpp.

#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/internal/typed.h"

namespace duban::rules {

[[nodiscard]] constexpr bool is_literal(Type type) {
    return type == Type::Literal || type == Type::DayLiteral;
}
/// The type of a result: a literal that stands alone is a text.
[[nodiscard]] constexpr Type resolved(Type type) {
    return is_literal(type) ? Type::Text : type;
}

struct TypedColumn {
    std::string name = {};  ///< empty: it cannot be named
    Type type = Type::Null;
};

/// What a query gives.
struct TypedQuery {
    std::vector<TypedColumn> columns = {};
    bool one_row = false;  ///< at most one
};

class TypeReader {
public:
    TypeReader(const Script& script, const TypeNames& names) : script_{script}, names_{names} {}

    std::vector<ScriptFault> expression(std::string_view expected);
    std::vector<ScriptFault> control();

private:
    struct Table {
        std::string alias = {};
        std::vector<TypedColumn> columns = {};
    };
    /// The tables of one SELECT, and the queries that its WITH names.
    struct Scope {
        std::vector<Table> tables = {};
        std::vector<Table> queries = {};
    };
    /// The first fault ends the reading.
    struct Stop : std::exception {
        explicit Stop(ScriptFault found) : fault{std::move(found)} {}
        ScriptFault fault;
    };

    // Expressions, from the loosest operator to the tightest.
    Type any();
    Type conjunction();
    Type negation();
    Type comparison();
    Type joined();
    Type sum();
    Type product();
    Type sign();
    Type primary();
    Type parenthesis();
    Type call();
    Type aggregate(const std::string& name);
    Type window(const std::string& name);
    void window_clause();
    Type case_of();
    Type cast();
    Type name();
    void after_is();
    void between(Type left);
    void in_list(Type left);
    std::vector<Type> arguments();
    Type function(const std::string& name, std::size_t at, const std::vector<Type>& given);

    // Queries.
    TypedQuery query();
    void with_clause();
    TypedQuery select();
    void from_clause();
    void from_item();
    void select_item(std::vector<TypedColumn>& columns);
    bool grouping();
    bool order_and_limit(const std::vector<TypedColumn>& columns);
    std::vector<TypedColumn> table_columns(const std::string& name);
    [[nodiscard]] std::size_t end_of_list(std::size_t at) const;

    // Types.
    Type unite(Type left, Type right, std::size_t at);
    void want(Type found, Type wanted, std::size_t at);
    void want_order(Type found, std::size_t at);

    // Tokens.
    [[nodiscard]] bool is(std::string_view text) const { return script_.is(at_, text); }
    bool take(std::string_view text);
    void expect(std::string_view text);
    [[nodiscard]] bool is_name() const;
    std::string take_name();
    [[noreturn]] void refuse(std::size_t at, std::string code, core::Params params = {}) const;
    [[noreturn]] void not_understood() const;

    const Script& script_;
    const TypeNames& names_;
    std::size_t at_ = 0;
    std::vector<Scope> scopes_;
};

}  // namespace duban::rules
