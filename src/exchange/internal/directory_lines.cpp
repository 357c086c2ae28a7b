#include "exchange/internal/directory_lines.h"

#include <algorithm>
#include <set>

#include "exchange/internal/cells.h"

namespace duban::exchange {

namespace {

using core::Problem;
using core::ProblemKind;

bool is_one_of(const std::vector<std::string>& words, const std::string& cell) {
    return std::ranges::any_of(words, [&](const std::string& word) { return plain(word) == cell; });
}

/// The key that has this word; empty for none.
std::string key_of(const DirectoryWords::Words& words, const std::string& cell) {
    for (const auto& [key, called] : words) {
        if (key == cell || is_one_of(called, cell)) {
            return key;
        }
    }
    return {};
}

}  // namespace

std::string bare(std::string_view cell) {
    const auto first = cell.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string{cell.substr(first, cell.find_last_not_of(" \t\r\n") - first + 1)};
}

DirectoryLines::DirectoryLines(const Csv& csv, const DirectoryWords& words, DirectoryTable table)
    : csv_{csv}, words_{words} {
    DirectoryWords::Words known;
    std::string told;
    for (const std::string& key : columns_of(table)) {
        const auto found = words.columns.find(key);
        known[key] = found == words.columns.end() ? std::vector{key} : found->second;
        told += (told.empty() ? "" : ", ") + known[key].front();
    }
    for (std::size_t at = 0; at < csv.head.size(); ++at) {
        const std::string key = key_of(known, plain(csv.head[at]));
        if (key.empty()) {
            throw Problem{
                ProblemKind::Invalid,
                "csv.no_such_column",
                {{"column", csv.head[at]}, {"columns", told}}
            };
        }
        keys_.push_back(key);
        if (!columns_.emplace(key, at).second) {
            throw Problem{ProblemKind::Invalid, "csv.column_twice", {{"column", csv.head[at]}}};
        }
    }
}

std::string DirectoryLines::text(std::string_view key) const {
    const auto column = columns_.find(std::string{key});
    return column == columns_.end() ? std::string{} : bare(csv_.rows[row_].cells[column->second]);
}

std::string DirectoryLines::folded(std::string_view key) const {
    return plain(text(key));
}

void DirectoryLines::fault(std::string_view key, std::string code, core::Params params) {
    faults_.push_back(
        {.row = row_, .error = {"/" + std::string{key}, std::move(code), std::move(params), {}}}
    );
}

std::optional<calendar::Date> DirectoryLines::day(std::string_view key) {
    const std::string cell = folded(key);
    if (cell.empty()) {
        return std::nullopt;
    }
    const auto day = find_date(cell);
    if (!day) {
        fault(key, "field.wrong_type", {{"type", "date"}});
    }
    return day;
}

std::optional<bool> DirectoryLines::truth(std::string_view key) {
    const std::string cell = folded(key);
    if (cell.empty()) {
        return std::nullopt;
    }
    if (is_one_of(words_.yes, cell) || cell == "true" || cell == "1") {
        return true;
    }
    if (is_one_of(words_.no, cell) || cell == "false" || cell == "0") {
        return false;
    }
    fault(key, "field.wrong_type", {{"type", "boolean"}});
    return std::nullopt;
}

std::optional<std::string> DirectoryLines::choice(
    std::string_view key, const DirectoryWords::Words& choices
) {
    const std::string cell = folded(key);
    if (cell.empty()) {
        return std::nullopt;
    }
    std::string chosen = key_of(choices, cell);
    if (chosen.empty()) {
        fault(key, "field.not_a_choice");
        return std::nullopt;
    }
    return chosen;
}

void DirectoryLines::only_once(std::string_view key, const std::string& thing) {
    const auto [found, is_first] = first_lines_.emplace(thing, csv_.rows[row_].line);
    if (!is_first) {
        fault(key, "csv.row_twice", {{"line", std::to_string(found->second)}});
    }
}

std::string DirectoryLines::line_text(std::size_t row) const {
    return std::to_string(csv_.rows[row].line);
}

void DirectoryLines::add(
    const std::vector<access::RowFault>& faults, const std::vector<std::size_t>& places
) {
    std::set<std::size_t> unread;
    for (const LineFault& fault : faults_) {
        unread.insert(fault.row.value_or(0));
    }
    for (const access::RowFault& fault : faults) {
        if (fault.row ? unread.contains(places.at(*fault.row)) : !unread.empty()) {
            continue;
        }
        faults_.push_back(
            {.row = fault.row ? std::optional{places.at(*fault.row)} : std::nullopt,
             .error =
                 {fault.column.empty() ? std::string{} : "/" + fault.column,
                  fault.code,
                  fault.params,
                  {}}}
        );
    }
}

std::vector<LineFault> DirectoryLines::take() {
    std::ranges::stable_sort(faults_, {}, [&](const LineFault& fault) {
        return fault.row.value_or(csv_.rows.size());
    });
    return std::move(faults_);
}

bool WantedSpan::meets(const access::Span& held, calendar::Date today) const {
    const calendar::Date first = from.value_or(to.value_or(today));
    return held.overlaps({.from = first, .to = to});
}

void WantedSpan::put_on(access::Span& span) const {
    if (from) {
        span.from = *from;
    }
    if (to) {
        span.to = to;
    }
}

WantedSpan wanted_span(DirectoryLines& lines) {
    return {.from = lines.day("from"), .to = lines.day("to")};
}

PeopleByName::PeopleByName(const StandingDirectory& standing) : today_{standing.today} {
    for (const access::Person& person : standing.directory.people()) {
        people_.emplace(plain(person.name), &person);
    }
}

const access::Person* PeopleByName::load(DirectoryLines& lines, const WantedSpan& span) const {
    const std::string name = lines.folded("person");
    const std::string mobile = lines.folded("mobile");
    if (name.empty()) {
        lines.fault("person", "csv.cell_missing");
        return nullptr;
    }
    const auto found = only_one(people_, name, "person", lines, [&](const access::Person& person) {
        return span.meets_or_stands(person.span, today_) &&
               (mobile.empty() || plain(person.mobile) == mobile);
    });
    if (found == nullptr) {
        lines.fault("person", "field.name_unknown", {{"name", name}});
    }
    return found.value_or(nullptr);
}

}  // namespace duban::exchange
