// What the sheets of the directory share: the head, the cells of a line by the keys of their
// columns, days, and finding people and units by what a sheet calls them.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/directory_sheet.h"

namespace duban::exchange {

/// Without white space around it, otherwise as it was written.
[[nodiscard]] std::string bare(std::string_view cell);

/// The columns of a sheet and its lines, one looked at after the other.
class DirectoryLines {
public:
    /// Problem{Invalid}: csv.no_such_column, csv.column_twice.
    DirectoryLines(const Csv& csv, const DirectoryWords& words, DirectoryTable table);

    [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }

    void look_at(std::size_t row) { row_ = row; }
    /// The cell under the column of this key; empty when there is no such column.
    [[nodiscard]] std::string text(std::string_view key) const;
    /// The same folded, for what is compared: codes, names, numbers.
    [[nodiscard]] std::string folded(std::string_view key) const;

    void fault(std::string_view key, std::string code, core::Params params = {});
    /// A day; nullopt when the cell is empty or, with a fault, when it is none.
    std::optional<calendar::Date> day(std::string_view key);
    /// yes or no, as day().
    std::optional<bool> truth(std::string_view key);
    /// The key that `choices` have for the cell, as day().
    std::optional<std::string> choice(std::string_view key, const DirectoryWords::Words& choices);
    /// Faults when a line before was of the same thing.
    void only_once(std::string_view key, const std::string& thing);
    /// The line in the file, for messages.
    [[nodiscard]] std::string line_text(std::size_t row) const;

    /// Those of access::find_faults() on the rows of the lines in `places`. Of a line that could
    /// not be read they would say nothing new.
    void add(const std::vector<access::RowFault>& faults, const std::vector<std::size_t>& places);
    /// In the order of lines.
    [[nodiscard]] std::vector<LineFault> take();

private:
    const Csv& csv_;
    const DirectoryWords& words_;
    std::vector<std::string> keys_;
    std::unordered_map<std::string, std::size_t> columns_;
    std::unordered_map<std::string, std::size_t> first_lines_;
    std::vector<LineFault> faults_;
    std::size_t row_ = 0;
};

/// The days a line says.
struct WantedSpan {
    std::optional<calendar::Date> from;
    std::optional<calendar::Date> to;

    /// Whether a row that holds for `held` is what the line may speak of: its own days; without
    /// them, what holds today or later.
    [[nodiscard]] bool meets(const access::Span& held, calendar::Date today) const;
    /// The same, or what holds today or later.
    [[nodiscard]] bool meets_or_stands(const access::Span& held, calendar::Date today) const {
        return meets(held, today) || WantedSpan{}.meets(held, today);
    }
    /// Brought over `span`, which a new row has from today.
    void put_on(access::Span& span) const;
};
[[nodiscard]] WantedSpan wanted_span(DirectoryLines& lines);

/// Rows by what they are called.
template <typename Row>
using ByName = std::unordered_multimap<std::string, const Row*>;

/// The one of these rows that fits; nullptr when none does, nullopt, with a fault, when several do.
template <typename Row, typename Fits>
std::optional<const Row*> only_one(
    const ByName<Row>& rows,
    const std::string& name,
    std::string_view key,
    DirectoryLines& lines,
    const Fits& fits
) {
    const Row* found = nullptr;
    const auto [first, last] = rows.equal_range(name);
    for (auto at = first; at != last; ++at) {
        if (!fits(*at->second)) {
            continue;
        }
        if (found != nullptr) {
            lines.fault(key, "field.name_ambiguous", {{"name", name}});
            return std::nullopt;
        }
        found = at->second;
    }
    return found;
}

/// People, found by name and, where that is not enough, by mobile number.
class PeopleByName {
public:
    explicit PeopleByName(const StandingDirectory& standing);
    /// On the books today or on the days of the line; nullptr with a fault when none or several
    /// are called so.
    const access::Person* load(DirectoryLines& lines, const WantedSpan& span) const;

private:
    calendar::Date today_;
    ByName<access::Person> people_;
};

}  // namespace duban::exchange
