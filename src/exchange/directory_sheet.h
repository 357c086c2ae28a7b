// Units, people, posts and accounts as sheets: what the lines of a CSV file would add to the
// directory or change of it, and what is wrong with them. Nothing is written here.
//
//     const UnitSheet sheet = read_units(csv, words, {.directory = …, .today = …, .make_id = …});
//     if (sheet.faults.empty()) access.put(author, sheet.rows());
//
// A line finds what it speaks of by code, name or mobile number; a cell that is empty, and a column
// that is not there, say nothing. So the same sheet read again changes nothing.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/accounts.h"
#include "access/directory.h"
#include "access/row_faults.h"
#include "core/problem.h"
#include "exchange/csv.h"

namespace duban::exchange {

/// What people of all languages call the columns and what stands in them, each by its key; the
/// first word is the one that is shown.
struct DirectoryWords {
    using Words = std::map<std::string, std::vector<std::string>>;
    Words columns;  ///< "code", "name", "parent", "kind", "mobile", "person", "unit", "role", …
    Words kinds;    ///< "office", … : kinds of units
    Words roles;    ///< "clerk", … : of posts
    Words languages;
    std::vector<std::string> yes;
    std::vector<std::string> no;
};

/// What the lines are read against.
struct StandingDirectory {
    const access::Directory& directory;
    calendar::Date today;
    std::function<core::Id()> make_id;
};

enum class Does {
    Nothing,  ///< it stands so already
    Add,
    Change,
    Waits  ///< it is proposed already and waits for approval
};
[[nodiscard]] std::string_view text_of(Does does);

struct LineFault {
    std::optional<std::size_t> row;  ///< place in Csv::rows; absent: of the whole sheet
    core::FieldError error;          ///< pointer "/code": the column by its key
};

template <typename Row>
struct DirectorySheet {
    struct Line {
        Row row;
        Does does = Does::Nothing;
        std::vector<std::string> changed = {};  ///< columns by their keys
    };
    std::vector<std::string> keys;  ///< of the columns, as the head has them
    std::vector<Line> lines;        ///< one for each of Csv::rows
    std::vector<LineFault> faults;  ///< in the order of lines

    /// What is to be written.
    [[nodiscard]] std::vector<Row> rows() const {
        std::vector<Row> out;
        for (const Line& line : lines) {
            if (line.does == Does::Add || line.does == Does::Change) {
                out.push_back(line.row);
            }
        }
        return out;
    }
};
using UnitSheet = DirectorySheet<access::Unit>;
using PersonSheet = DirectorySheet<access::Person>;
using PostSheet = DirectorySheet<access::Post>;
using AccountSheet = DirectorySheet<access::NewAccount>;

/// The keys of the columns of each sheet, in the order in which they are told.
enum class DirectoryTable { Units, People, Posts, Accounts };
[[nodiscard]] std::vector<std::string> columns_of(DirectoryTable table);

// Problem{Invalid}: csv.no_such_column (column, columns), csv.column_twice (column). Faults:
// csv.row_twice (line), csv.cell_missing, csv.name_taken_by_several (name), field.name_unknown,
// field.name_ambiguous, field.not_a_choice, field.wrong_type, account.*, and those of
// access::find_faults().

/// By code, else by name. Without a parent a new one stands below the top; the parent may stand
/// in the sheet itself.
[[nodiscard]] UnitSheet read_units(
    const Csv& csv, const DirectoryWords& words, const StandingDirectory& standing
);
/// By name; where several have the same one, by mobile number.
[[nodiscard]] PersonSheet read_people(
    const Csv& csv, const DirectoryWords& words, const StandingDirectory& standing
);
/// By person, unit and role. `waiting`: rows of proposals that are open.
[[nodiscard]] PostSheet read_posts(
    const Csv& csv,
    const DirectoryWords& words,
    const StandingDirectory& standing,
    const std::vector<access::Post>& waiting
);
/// By person and name. `known`: the accounts there are.
[[nodiscard]] AccountSheet read_accounts(
    const Csv& csv,
    const DirectoryWords& words,
    const StandingDirectory& standing,
    const std::vector<access::AccountView>& known
);

}  // namespace duban::exchange
