// The sentence of every fault in English; other languages stand in locales/<tag>/problems.yaml.

#include "rules/internal/faults.h"

#include <algorithm>
#include <array>

#include "core/check.h"

namespace duban::rules {

namespace {

using Sentence = std::pair<std::string_view, std::string_view>;

constexpr std::array kSentences = std::to_array<Sentence>({
    {"control.columns", "A control selects id, then reason, then its facts. Name them so, with as."
    },
    {"control.input", "A control runs without an action, so it has no input(). Use a parameter."},
    {"control.not_select", "A control is one SELECT. Begin it with select or with."},
    {"control.reason_not_code",
     "With reasons: in the header the column reason is a code, or a case that ends in codes. Write "
     "it so, or remove reasons:."},
    {"control.reason_without_words",
     "The reason \"{reason}\" has no words. Add it to reasons: in the header, in each language."},
    {"control.register",
     "The control does not read its register \"{register}\". Correct the header or the query."},
    {"control.scope_entry",
     "With scope entry the register stands once, without aggregates, windows, distinct, except or "
     "limit. Rewrite it, or declare scope: register."},
    {"control.sum_unknown",
     "sums: names \"{name}\", which is no fact of this figure that holds whole numbers. Select it, "
     "or leave it out."},
    {"rule.alias_twice", "Two tables of one from are called \"{name}\". Give one another name."},
    {"rule.aggregate",
     "An aggregate here would fold entries together. Put it into a sub-select in parentheses."},
    {"rule.arguments",
     "\"{name}\" takes one argument. For the greatest of several values write greatest_of or "
     "least_of."},
    {"rule.cast", "Only text and bigint can be cast to. Write cast(… as text) or cast(… as bigint)."
    },
    {"rule.character",
     "This character is not part of the rule language. Use names, numbers, '…' texts, operators, "
     "parentheses, commas and dots."},
    {"rule.column", "\"{name}\" is no column here. A name given by as is not known in where."},
    {"rule.comma_join", "Commas and joins do not mix in one from. Write joins only."},
    {"rule.comment", "A rule holds no comments. Explain it in its title or in the README."},
    {"rule.computed",
     "A computed field reads its own row and its own lists, no other entry, day, parameter or "
     "input. Set it by an action instead."},
    {"rule.date_arithmetic",
     "Days are not added with + or -. Write add_days(day, n) or days_between(from, to)."},
    {"rule.date_text", "This is not a day. Write it as 'YYYY-MM-DD'."},
    {"rule.division", "This could divide by zero. Divide by a number above 0 or by nullif(…, 0)."},
    {"rule.empty", "The rule is empty. Write an expression or remove it."},
    {"rule.function",
     "There is no function \"{name}\" in the rule language. See docs/formats/rules.md for what "
     "there is."},
    {"rule.group",
     "\"{name}\" stands beside an aggregate and is not grouped. Add it to group by, by its name."},
    {"rule.in", "After in stands a list in parentheses that is not empty."},
    {"rule.input",
     "The action has no input \"{name}\" of a single value. Correct it or declare the input."},
    {"rule.input_twice",
     "Two actions use this same text with inputs of different types. Rename one input."},
    {"rule.is", "After is stands null, true, false or distinct from. To compare write =."},
    {"rule.limit", "After limit and offset stands one number."},
    {"rule.limit_without_order", "Without an order, limit keeps any rows. Add order by."},
    {"rule.not_compiled", "The rule does not compile: {reason}. Correct it."},
    {"rule.not_understood",
     "The rule is not understood at \"{word}\". See docs/formats/rules.md for the forms there are."
    },
    {"rule.not_visible",
     "This rule may not read or call \"{name}\". Add its pack to needs, or leave it out."},
    {"rule.number", "Numbers are whole, with at most 18 digits; amounts count in minor units."},
    {"rule.one_row",
     "A sub-select used as a value has one row: use an aggregate, or order by and limit 1."},
    {"rule.operator",
     "The operators are + - * / % = <> != < > <= >= and ||. Leave a blank between two of them."},
    {"rule.order_of_ids", "Values of type {type} have no order. Compare them with = or <>."},
    {"rule.order_of_nulls",
     "The databases sort nulls to different ends. Write nulls last or nulls first after the order."
    },
    {"rule.parameter", "There is no parameter \"{name}\". Correct it or declare it in pack.yaml."},
    {"rule.parenthesis", "This parenthesis has no partner. Close or remove it."},
    {"rule.precedence",
     "The databases would group these operators differently. Put each part in parentheses."},
    {"rule.quoted_name", "The name is written as a text. Write {name}('name')."},
    {"rule.table_twice", "Two tables would be called \"{name}\". Rename a register or a list."},
    {"rule.text_character", "A text holds no backslash and no control character. Remove it."},
    {"rule.text_encoding", "This text is not UTF-8. Save the file as UTF-8."},
    {"rule.text_of",
     "Each database writes a value of type {type} in its own way. Write case when … then '…' end."},
    {"rule.text_open", "This text has no closing quote. Add it; a quote inside a text is doubled."},
    {"rule.text_place", "A text cannot stand here. It follows an operator, a comma or a keyword."},
    {"rule.text_prefix",
     "Letters touch this text. Leave a blank; E'…' and the like are not allowed."},
    {"rule.too_deep", "Parentheses stand more than 40 deep. Simplify the rule."},
    {"rule.too_long", "The rule has more than 20,000 bytes. Split it."},
    {"rule.types_differ",
     "A value of type {left} is compared with one of type {right}. Correct one of them."},
    {"rule.word", "The word \"{word}\" is not part of the rule language. Use another name or form."
    },
});

std::string filled(std::string_view sentence, const core::Params& params) {
    std::string text{sentence};
    for (const auto& [name, value] : params) {
        const std::string placeholder = "{" + name + "}";
        const std::size_t at = text.find(placeholder);
        if (at != std::string::npos) {
            text.replace(at, placeholder.size(), value);
        }
    }
    return text;
}

}  // namespace

declarations::Fault fault_at(const ScriptFault& fault, const declarations::Place& place) {
    const auto* sentence = std::ranges::find(kSentences, fault.code, &Sentence::first);
    core::check(sentence != kSentences.end(), "every fault has a sentence");
    declarations::Fault made;
    made.place = place;
    made.place.line += fault.line;
    made.place.column = fault.line == 0 ? place.column + fault.column : fault.column + 1;
    made.code = fault.code;
    made.text = {{{"en", filled(sentence->second, fault.params)}}};
    made.params = fault.params;
    return made;
}

std::vector<std::pair<std::string_view, std::string_view>> sentences() {
    return {kSentences.begin(), kSentences.end()};
}

}  // namespace duban::rules
