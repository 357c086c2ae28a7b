// Random rules over the register of testing.h, for tests.

#pragma once

#include <cctype>
#include <random>
#include <string>
#include <vector>

namespace duban::rules {

/// Rules made by the grammar, right in their types.
class RuleMaker {
public:
    explicit RuleMaker(std::mt19937& random) : random_{random} {}

    std::string truth(int depth) {
        switch (depth <= 0 ? random_() % 4 : random_() % 16) {
            case 0: return "paid";
            case 1: return "o.paid is null";
            case 2: return "false";
            case 3: return "ends_on is not null";
            case 4: return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
            case 5: return "(" + truth(depth - 1) + " or not " + truth(depth - 1) + ")";
            case 6: return number(depth - 1) + compare() + number(depth - 1);
            case 7: return text(depth - 1) + compare() + text(depth - 1);
            case 8: return day(depth - 1) + compare() + day(depth - 1);
            case 9: return "(" + truth(depth - 1) + ") is distinct from " + truth(0);
            case 10: return number(depth - 1) + " between " + number(0) + " and " + number(0);
            case 11: return number(depth - 1) + " not in (1, " + number(0) + ", null)";
            case 12:
                return "exists (select 1 from post_steps s where " + truth(0) +
                       " and s.points > 5)";
            case 13: return "starts_with(" + text(depth - 1) + ", " + text(0) + ")";
            case 14: return "coalesce(" + truth(depth - 1) + ", " + truth(0) + ")";
            default: return "(" + truth(depth - 1) + ") is not true";
        }
    }

    std::string number(int depth) {
        switch (depth <= 0 ? random_() % 4 : random_() % 15) {
            case 0: return "hours";
            case 1: return std::to_string(random_() % 12);
            case 2: return "o.revision";
            case 3: return "fee_minor";
            case 4: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
            case 5: return "(" + number(depth - 1) + " * " + number(0) + " - 3)";
            case 6: return "(" + number(depth - 1) + " / nullif(" + number(0) + ", 0))";
            case 7: return "(" + number(depth - 1) + " % 7)";
            case 8: return "length(" + text(depth - 1) + ")";
            case 9: return "days_between(" + day(depth - 1) + ", " + day(0) + ")";
            case 10: return "workdays_between(" + day(depth - 1) + ", " + day(0) + ")";
            case 11:
                return "(select sum(s.points + " + number(0) +
                       ") from post_steps s where s.position > 0)";
            case 12: return "greatest_of(" + number(depth - 1) + ", " + number(0) + ")";
            case 13:
                return "case when " + truth(depth - 1) + " then " + number(0) + " else - hours end";
            default: return "abs(- " + number(0) + ")";
        }
    }

    std::string text(int depth) {
        switch (depth <= 0 ? random_() % 4 : random_() % 9) {
            case 0: return "body";
            case 1: return "'b'";
            case 2: return "state";
            case 3: return "number";
            case 4: return "concat_of(" + text(depth - 1) + ", " + number(0) + ", " + day(0) + ")";
            case 5: return "cast(" + number(depth - 1) + " as text)";
            case 6: return "(" + text(depth - 1) + " || '-' || " + text(0) + ")";
            case 7: return "cents_to_text(" + number(depth - 1) + ")";
            default: return "coalesce(" + text(depth - 1) + ", 'none')";
        }
    }

    std::string day(int depth) {
        switch (depth <= 0 ? random_() % 4 : random_() % 9) {
            case 0: return "begins_on";
            case 1: return "today()";
            case 2: return "input('day')";
            case 3: return "o.ends_on";
            case 4: return "add_days(" + day(depth - 1) + ", " + number(0) + ")";
            case 5: return "add_months(" + day(depth - 1) + ", " + number(0) + ")";
            case 6: return "add_workdays(" + day(depth - 1) + ", " + number(0) + " - 4)";
            case 7: return "least_of(" + day(depth - 1) + ", '2023-01-09')";
            default: return "(select max(p.begins_on) from post p where p.hours < 25)";
        }
    }

    /// A check: the generated truth inside a sub-select, where `o` is another entry.
    std::string check() {
        const std::string body = truth(3);
        const std::string plain = replaced(body, "o.", "this.");
        switch (random_() % 4) {
            case 0: return "(select count(*) from post o where " + body + ") > 1";
            case 1:
                return "(select max(q.n) from (select o.state, count(*) as n from post o where " +
                       body + " group by o.state) as q) = 2";
            default: return plain;
        }
    }

private:
    std::string compare() {
        static const std::vector<std::string> kSigns = {" = ", " <> ", " < ", " >= ", " != "};
        return kSigns[random_() % kSigns.size()];
    }

    static std::string replaced(std::string text, const std::string& from, const std::string& to) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
            const bool whole =
                at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
            if (whole) {
                text.replace(at, from.size(), to);
            }
            at += to.size();
        }
        return text;
    }

    std::mt19937& random_;
};

}  // namespace duban::rules
