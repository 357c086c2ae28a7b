#include "registers/internal/numbers.h"

#include <charconv>

namespace duban::registers {

namespace {

constexpr store::Query kFindLast{
    "registers.find_last_number",
    "select last from d_number where org = $1 and register = $2 and period = $3"
};
constexpr store::Query kInsertLast{
    "registers.insert_last_number",
    "insert into d_number (org, register, period, last) values ($1, $2, $3, $4)"
};
constexpr store::Query kUpdateLast{
    "registers.update_last_number",
    "update d_number set last = $4 where org = $1 and register = $2 and period = $3"
};
constexpr store::Query kFindCount{
    "registers.find_count",
    "select entries from d_counter where org = $1 and register = $2 and unit = $3 and state = $4"
};
constexpr store::Query kInsertCount{
    "registers.insert_count",
    "insert into d_counter (org, register, unit, state, entries) values ($1, $2, $3, $4, $5)"
};
constexpr store::Query kUpdateCount{
    "registers.update_count",
    "update d_counter set entries = $5"
    " where org = $1 and register = $2 and unit = $3 and state = $4"
};

std::int64_t next_sequence(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const std::string& period
) {
    const std::vector<store::Value> key = {store::value(org), std::string{register_name}, period};
    const store::Rows rows = tx.query(kFindLast, key);
    std::vector<store::Value> row = key;
    row.emplace_back(rows.empty() ? std::int64_t{1} : rows.front().integer(0) + 1);
    tx.execute(rows.empty() ? kInsertLast : kUpdateLast, row);
    return std::get<std::int64_t>(row.back());
}

std::string padded(std::int64_t number, std::string_view width_text) {
    std::size_t width = 0;
    std::from_chars(width_text.data(), width_text.data() + width_text.size(), width);
    std::string digits = std::to_string(number);
    if (digits.size() < width) {
        digits.insert(0, width - digits.size(), '0');
    }
    return digits;
}

void add_to_count(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& unit,
    std::string_view state,
    std::int64_t change
) {
    std::vector<store::Value> row = {
        store::value(org), std::string{register_name}, store::value(unit), std::string{state}
    };
    const store::Rows rows = tx.query(kFindCount, row);
    row.emplace_back(rows.empty() ? change : rows.front().integer(0) + change);
    tx.execute(rows.empty() ? kInsertCount : kUpdateCount, row);
}

}  // namespace

NumberParts number_parts(
    const declarations::NumberRule& rule, calendar::Date on, std::string_view unit_code
) {
    NumberParts parts;
    bool seen = false;
    for (std::size_t at = 0; at < rule.format.size();) {
        std::string& out = seen ? parts.after : parts.before;
        if (rule.format[at] != '{') {
            out.push_back(rule.format[at++]);
            continue;
        }
        const std::size_t end = rule.format.find('}', at);
        const std::string name = rule.format.substr(at + 1, end - at - 1);
        at = end + 1;
        if (name == "year") {
            out += std::to_string(on.year());
        } else if (name == "unit") {
            out += unit_code;
        } else if (name.starts_with("seq")) {
            parts.width = name.size() > 4 ? name.substr(4) : "1";
            seen = true;
        }
    }
    return parts;
}

std::string next_number(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const declarations::NumberRule& rule,
    calendar::Date on,
    std::string_view unit_code
) {
    const NumberParts parts = number_parts(rule, on, unit_code);
    const std::int64_t next = next_sequence(tx, org, register_name, parts.period());
    return parts.before + padded(next, parts.width) + parts.after;
}

void count_move(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& unit_before,
    std::string_view state_before,
    const core::Id& unit_after,
    std::string_view state_after
) {
    if (unit_before == unit_after && state_before == state_after) {
        return;
    }
    if (!state_before.empty()) {
        add_to_count(tx, org, register_name, unit_before, state_before, -1);
    }
    if (!state_after.empty()) {
        add_to_count(tx, org, register_name, unit_after, state_after, 1);
    }
}

}  // namespace duban::registers
