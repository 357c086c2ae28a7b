#include <algorithm>
#include <array>

#include "calendar/date.h"
#include "rules/internal/type_reader.h"

namespace duban::rules {

namespace {

using namespace std::string_view_literals;

constexpr std::array kOrders = {"<"sv, ">"sv, "<="sv, ">="sv};
constexpr std::array kEquals = {"="sv, "<>"sv, "!="sv};

}  // namespace

Type TypeReader::any() {
    Type left = conjunction();
    while (is("or")) {
        want(left, Type::Boolean, at_++);
        want(conjunction(), Type::Boolean, at_ - 1);
        left = Type::Boolean;
    }
    return left;
}

Type TypeReader::conjunction() {
    Type left = negation();
    while (is("and")) {
        want(left, Type::Boolean, at_++);
        want(negation(), Type::Boolean, at_ - 1);
        left = Type::Boolean;
    }
    return left;
}

Type TypeReader::negation() {
    if (!take("not")) {
        return comparison();
    }
    want(negation(), Type::Boolean, at_ - 1);
    return Type::Boolean;
}

Type TypeReader::comparison() {
    const Type left = joined();
    const std::size_t at = at_;
    if (script_.is_any(at, kOrders) || script_.is_any(at, kEquals)) {
        ++at_;
        const Type both = unite(left, joined(), at);
        if (script_.is_any(at, kOrders)) {
            want_order(both, at);
        }
        return Type::Boolean;
    }
    const bool negated = is("not") && (script_.is(at_ + 1, "in") || script_.is(at_ + 1, "between"));
    at_ += negated ? 1 : 0;
    if (take("between")) {
        between(left);
        return Type::Boolean;
    }
    if (take("in")) {
        in_list(left);
        return Type::Boolean;
    }
    if (take("is")) {
        take("not");
        if (is("true") || is("false")) {
            want(left, Type::Boolean, at);
        }
        if (take("distinct")) {
            expect("from");
            unite(left, joined(), at);
        } else {
            after_is();
        }
        return Type::Boolean;
    }
    return left;
}

void TypeReader::after_is() {
    if (!take("null") && !take("true") && !take("false")) {
        not_understood();
    }
}

void TypeReader::between(Type left) {
    const std::size_t at = at_ - 1;
    const Type both = unite(left, joined(), at);
    expect("and");
    want_order(unite(both, joined(), at), at);
}

void TypeReader::in_list(Type left) {
    const std::size_t at = at_ - 1;
    expect("(");
    if (is("select") || is("with")) {
        const TypedQuery found = query();
        if (found.columns.size() != 1) {
            not_understood();
        }
        unite(left, found.columns[0].type, at);
    } else {
        do {
            left = unite(left, any(), at);
        } while (take(","));
    }
    expect(")");
}

Type TypeReader::joined() {
    Type left = sum();
    while (is("||")) {
        const std::size_t at = at_++;
        const Type right = sum();
        const auto is_text = [](Type type) { return type == Type::Text || is_literal(type); };
        for (const Type type : {left, right}) {
            if (type == Type::Boolean || type == Type::Uuid) {
                refuse(at, "rule.text_of", {{"type", std::string{text_of(type)}}});
            }
        }
        if (!is_text(left) && !is_text(right)) {
            refuse(
                at, "rule.types_differ", {{"left", std::string{text_of(left)}}, {"right", "text"}}
            );
        }
        left = Type::Text;
    }
    return left;
}

Type TypeReader::sum() {
    Type left = product();
    while (is("+") || is("-")) {
        const std::size_t at = at_++;
        const Type right = product();
        if (left == Type::Date || right == Type::Date) {
            refuse(at, "rule.date_arithmetic");
        }
        want(left, Type::Bigint, at);
        want(right, Type::Bigint, at);
        left = Type::Bigint;
    }
    return left;
}

Type TypeReader::product() {
    Type left = sign();
    while (is("*") || is("/") || is("%")) {
        const std::size_t at = at_++;
        want(left, Type::Bigint, at);
        want(sign(), Type::Bigint, at);
        left = Type::Bigint;
    }
    return left;
}

Type TypeReader::sign() {
    if (!take("-") && !take("+")) {
        return primary();
    }
    const std::size_t at = at_ - 1;
    want(sign(), Type::Bigint, at);
    return Type::Bigint;
}

Type TypeReader::primary() {
    if (at_ >= script_.size()) {
        not_understood();
    }
    if (script_.kind(at_) == TokenKind::Number) {
        ++at_;
        return Type::Bigint;
    }
    if (script_.kind(at_) == TokenKind::String) {
        const std::string& text = script_.tokens[at_++].text;
        const bool day =
            calendar::Date::parse(std::string_view{text}.substr(1, text.size() - 2)).has_value();
        return day ? Type::DayLiteral : Type::Literal;
    }
    if (take("null")) {
        return Type::Null;
    }
    if (take("true") || take("false")) {
        return Type::Boolean;
    }
    if (take("(")) {
        return parenthesis();
    }
    if (take("exists")) {
        expect("(");
        query();
        expect(")");
        return Type::Boolean;
    }
    if (take("case")) {
        return case_of();
    }
    if (take("cast")) {
        return cast();
    }
    return script_.is_call(at_) ? call() : name();
}

Type TypeReader::parenthesis() {
    const std::size_t open = at_ - 1;
    Type type = Type::Null;
    if (is("select") || is("with")) {
        const TypedQuery found = query();
        if (found.columns.size() != 1) {
            not_understood();
        }
        if (!found.one_row) {
            refuse(open, "rule.one_row");
        }
        type = found.columns[0].type;
    } else {
        type = any();
    }
    expect(")");
    return type;
}

Type TypeReader::case_of() {
    const std::size_t at = at_ - 1;
    const bool searched = is("when");
    Type operand = searched ? Type::Boolean : any();
    std::optional<Type> result;
    while (take("when")) {
        const std::size_t when = at_ - 1;
        const Type condition = any();
        if (searched) {
            want(condition, Type::Boolean, when);
        } else {
            operand = unite(operand, condition, when);
        }
        expect("then");
        const Type value = any();
        result = result ? unite(*result, value, at) : value;
    }
    if (!result) {
        not_understood();
    }
    if (take("else")) {
        result = unite(*result, any(), at);
    }
    expect("end");
    return resolved(*result);
}

Type TypeReader::cast() {
    const std::size_t at = at_ - 1;
    expect("(");
    const Type from = any();
    expect("as");
    const bool text = is("text");
    ++at_;
    expect(")");
    if (from == Type::Boolean || from == Type::Uuid) {
        refuse(at, "rule.text_of", {{"type", std::string{text_of(from)}}});
    }
    if (!text) {
        want(from, Type::Bigint, at);
    }
    return text ? Type::Text : Type::Bigint;
}

Type TypeReader::name() {
    const std::size_t at = at_;
    std::string first = take_name();
    const std::string column = take(".") ? take_name() : first;
    const bool qualified = at_ > at + 1;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        for (const Table& table : scope->tables) {
            if (qualified && table.alias != first) {
                continue;
            }
            const auto found = std::ranges::find(table.columns, column, &TypedColumn::name);
            if (found != table.columns.end()) {
                return found->type;
            }
        }
    }
    refuse(at, "rule.column", {{"name", qualified ? first + "." + column : column}});
}

Type TypeReader::unite(Type left, Type right, std::size_t at) {
    if (left == right || right == Type::Null) {
        return left;
    }
    if (left == Type::Null) {
        return right;
    }
    if (is_literal(left) || is_literal(right)) {
        const Type literal = is_literal(left) ? left : right;
        const Type other = is_literal(left) ? right : left;
        if (is_literal(other)) {
            return Type::Literal;
        }
        if (other == Type::Text || (other == Type::Date && literal == Type::DayLiteral)) {
            return other;
        }
        if (other == Type::Date) {
            refuse(at, "rule.date_text");
        }
    }
    refuse(
        at,
        "rule.types_differ",
        {{"left", std::string{text_of(left)}}, {"right", std::string{text_of(right)}}}
    );
}

void TypeReader::want(Type found, Type wanted, std::size_t at) {
    if (found == wanted || found == Type::Null) {
        return;
    }
    if (is_literal(found) && wanted == Type::Date && found != Type::DayLiteral) {
        refuse(at, "rule.date_text");
    }
    if (is_literal(found) && (wanted == Type::Text || wanted == Type::Date)) {
        return;
    }
    refuse(
        at,
        "rule.types_differ",
        {{"left", std::string{text_of(found)}}, {"right", std::string{text_of(wanted)}}}
    );
}

void TypeReader::want_order(Type found, std::size_t at) {
    if (found == Type::Uuid || found == Type::Boolean || found == Type::Null) {
        refuse(at, "rule.order_of_ids", {{"type", std::string{text_of(found)}}});
    }
}

}  // namespace duban::rules
