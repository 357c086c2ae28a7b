#include <algorithm>

#include "rules/internal/type_reader.h"
#include "rules/internal/words.h"

namespace duban::rules {

namespace {

/// A function of fixed argument types.
struct Signature {
    std::string_view name;
    std::vector<Type> arguments;
    Type result;
};

const std::vector<Signature>& signatures() {
    static const std::vector<Signature> kSignatures = {
        {"abs", {Type::Bigint}, Type::Bigint},
        {"add_days", {Type::Date, Type::Bigint}, Type::Date},
        {"add_months", {Type::Date, Type::Bigint}, Type::Date},
        {"add_workdays", {Type::Date, Type::Bigint}, Type::Date},
        {"cents_to_text", {Type::Bigint}, Type::Text},
        {"days_between", {Type::Date, Type::Date}, Type::Bigint},
        {"length", {Type::Text}, Type::Bigint},
        {"month_of", {Type::Date}, Type::Bigint},
        {"starts_with", {Type::Text, Type::Text}, Type::Boolean},
        {"strpos", {Type::Text, Type::Text}, Type::Bigint},
        {"today", {}, Type::Date},
        {"workdays_between", {Type::Date, Type::Date}, Type::Bigint},
        {"year_of", {Type::Date}, Type::Bigint},
    };
    return kSignatures;
}

}  // namespace

std::vector<Type> TypeReader::arguments() {
    std::vector<Type> types;
    expect("(");
    while (!take(")")) {
        types.push_back(any());
        if (!is(")")) {
            expect(",");
        }
    }
    return types;
}

Type TypeReader::call() {
    const std::size_t at = at_;
    const std::string name = script_.tokens[at_++].text;
    if (name == "param" || name == "input") {
        const std::string& quoted = script_.tokens[at_ + 1].text;
        const auto found = names_.values.find(name + " " + quoted.substr(1, quoted.size() - 2));
        if (found == names_.values.end()) {
            not_understood();
        }
        at_ += 3;
        return found->second;
    }
    if (is_aggregate(name)) {
        return aggregate(name);
    }
    if (is_window_function(name)) {
        return window(name);
    }
    return function(name, at, arguments());
}

Type TypeReader::aggregate(const std::string& name) {
    const std::size_t at = at_ - 1;
    expect("(");
    Type type = Type::Bigint;
    if (name == "count" && take("*")) {
        expect(")");
    } else {
        take("distinct");
        type = any();
        expect(")");
    }
    if (name == "sum") {
        want(type == Type::Null ? Type::Text : type, Type::Bigint, at);
    } else if (name != "count") {
        want_order(type, at);
    }
    if (take("filter")) {
        expect("(");
        expect("where");
        want(any(), Type::Boolean, at);
        expect(")");
    }
    if (is("over")) {
        window_clause();
    }
    if (name == "count" || name == "sum") {
        return Type::Bigint;
    }
    return resolved(type);
}

Type TypeReader::window(const std::string& name) {
    const std::size_t at = at_ - 1;
    const bool moves = name == "lag" || name == "lead";
    Type type = Type::Bigint;
    expect("(");
    if (moves) {
        type = any();
        if (type == Type::Null || is_literal(type)) {
            refuse(
                at,
                "rule.types_differ",
                {{"left", std::string{text_of(type)}}, {"right", "a column"}}
            );
        }
        // PostgreSQL takes an integer here, which no column is.
        if (take(",")) {
            at_ += at_ < script_.size() && script_.kind(at_) == TokenKind::Number ? 1U : 0U;
        }
    }
    expect(")");
    window_clause();
    return type;
}

void TypeReader::window_clause() {
    expect("over");
    expect("(");
    if (take("partition")) {
        expect("by");
        do {
            any();
        } while (take(","));
    }
    if (is("order")) {
        order_and_limit({});
    }
    expect(")");
}

Type TypeReader::function(const std::string& name, std::size_t at, const std::vector<Type>& given) {
    const auto known = std::ranges::find(signatures(), name, &Signature::name);
    if (known != signatures().end()) {
        if (given.size() != known->arguments.size()) {
            not_understood();
        }
        const auto places = script_.arguments(at);
        for (std::size_t i = 0; i < given.size(); ++i) {
            // A bare null has no type that PostgreSQL could choose the function by.
            want(given[i], known->arguments[i], places[i].first);
            if (given[i] == Type::Null && (name == "abs" || name == "length")) {
                refuse(at, "rule.types_differ", {{"left", "null"}, {"right", "a value"}});
            }
        }
        return known->result;
    }
    if (given.empty() || (name == "nullif" && given.size() != 2)) {
        not_understood();
    }
    if (name == "concat_of") {
        for (const Type type : given) {
            if (type == Type::Boolean || type == Type::Uuid) {
                refuse(at, "rule.text_of", {{"type", std::string{text_of(type)}}});
            }
        }
        return Type::Text;
    }
    Type both = given[0];
    for (const Type type : given) {
        both = unite(both, type, at);
    }
    if (name == "greatest_of" || name == "least_of") {
        want_order(both, at);
    }
    return resolved(both);
}

}  // namespace duban::rules
