#include "exchange/directory_sheet.h"

#include <algorithm>
#include <map>

#include "exchange/internal/cells.h"
#include "exchange/internal/directory_lines.h"

namespace duban::exchange {

namespace {

using access::Person;
using access::Post;
using access::Unit;

/// Notes a cell that says something else than the row has.
template <typename Value>
void bring(
    Value& value, const Value& said, std::string_view key, std::vector<std::string>& changed
) {
    if (value != said) {
        value = said;
        changed.emplace_back(key);
    }
}

void bring_text(
    std::string& value,
    const std::string& said,
    std::string_view key,
    std::vector<std::string>& changed
) {
    if (!said.empty()) {
        bring(value, said, key, changed);
    }
}

void bring_span(access::Span& span, const WantedSpan& said, std::vector<std::string>& changed) {
    access::Span after = span;
    said.put_on(after);
    bring(span.from, after.from, "from", changed);
    bring(span.to, after.to, "to", changed);
}

/// What the line does, after its cells were brought over `line.row`.
template <typename Line>
void settle(Line& line, bool is_new) {
    if (is_new) {
        line.does = Does::Add;
        line.changed.clear();
    } else {
        line.does = line.changed.empty() ? Does::Nothing : Does::Change;
    }
}

/// Adds what the directory itself finds wrong with what would be written.
template <typename Row>
void finish(DirectorySheet<Row>& sheet, const StandingDirectory& standing, DirectoryLines& lines) {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < sheet.lines.size(); ++at) {
        if (sheet.lines[at].does == Does::Add || sheet.lines[at].does == Does::Change) {
            places.push_back(at);
        }
    }
    lines.add(access::find_faults(standing.directory, sheet.rows(), standing.today), places);
    sheet.faults = lines.take();
}

/// Units by code and by name: those that stand, and those that a sheet adds.
class UnitsByName {
public:
    UnitsByName(const std::vector<Unit>& units, calendar::Date today) : today_{today} {
        for (const Unit& unit : units) {
            if (!unit.code.empty()) {
                by_code_.emplace(plain(unit.code), &unit);
            }
            by_name_.emplace(plain(unit.name), &unit);
        }
    }

    /// The unit that a line of units is of, by its code, else by its name; nullptr for a new one.
    const Unit* find(DirectoryLines& lines, const WantedSpan& span) const {
        const std::string code = lines.folded("code");
        const auto of_code = only_one(by_code_, code, "code", lines, [&](const Unit& unit) {
            return span.meets(unit.span, today_);
        });
        if (of_code != nullptr) {
            return of_code.value_or(nullptr);
        }
        // One that has another code is another.
        const auto of_name =
            only_one(by_name_, lines.folded("name"), "name", lines, [&](const Unit& unit) {
                return span.meets(unit.span, today_) && (code.empty() || unit.code.empty());
            });
        return of_name.value_or(nullptr);
    }

    /// The unit whose code or name stands in the cell; nullptr with a fault when none or several
    /// are called so.
    const Unit* load(std::string_view key, DirectoryLines& lines, const WantedSpan& span) const {
        const std::string called = lines.folded(key);
        const auto fits = [&](const Unit& unit) { return span.meets_or_stands(unit.span, today_); };
        auto found = only_one(by_code_, called, key, lines, fits);
        if (found == nullptr) {
            found = only_one(by_name_, called, key, lines, fits);
        }
        if (found == nullptr) {
            lines.fault(key, "field.name_unknown", {{"name", called}});
        }
        return found.value_or(nullptr);
    }

private:
    calendar::Date today_;
    ByName<Unit> by_code_;
    ByName<Unit> by_name_;
};

/// Reads all of a line but its parent, which may stand in a later one.
UnitSheet::Line read_unit(
    DirectoryLines& lines,
    const DirectoryWords& words,
    const StandingDirectory& standing,
    const UnitsByName& known
) {
    const std::string code = lines.folded("code");
    const std::string name = lines.folded("name");
    const WantedSpan span = wanted_span(lines);
    const Unit* const found = known.find(lines, span);
    if (code.empty() && name.empty()) {
        lines.fault("name", "csv.cell_missing");
    } else {
        const std::string thing =
            found == nullptr ? (code.empty() ? "n" + name : "c" + code) : found->id.text();
        lines.only_once(code.empty() ? "name" : "code", thing);
    }
    UnitSheet::Line line;
    if (found != nullptr) {
        line.row = *found;
    } else {
        line.row.id = standing.make_id();
        line.row.span.from = standing.today;
        if (name.empty() && !code.empty()) {
            lines.fault("name", "csv.cell_missing");
        }
    }
    bring_text(line.row.name, lines.text("name"), "name", line.changed);
    bring_text(line.row.code, code, "code", line.changed);
    if (const auto kind = lines.choice("kind", words.kinds)) {
        const auto read = access::find_unit_kind(*kind);
        const bool is_top = read == access::UnitKind::Root;
        if (!read || (is_top && line.row.kind != access::UnitKind::Root)) {
            lines.fault("kind", "field.not_a_choice");
        } else {
            bring(line.row.kind, *read, "kind", line.changed);
        }
    }
    bring_span(line.row.span, span, line.changed);
    settle(line, found == nullptr);
    return line;
}

/// The top of the house on the first day of a unit.
core::Id top_of(const access::Directory& directory, calendar::Date day) {
    const auto found = std::ranges::find_if(directory.units(), [&](const Unit& unit) {
        return unit.parent.is_nil() && unit.span.covers(day);
    });
    return found == directory.units().end() ? core::Id{} : found->id;
}

void read_parents(UnitSheet& sheet, DirectoryLines& lines, const StandingDirectory& standing) {
    std::vector<Unit> written;
    for (const UnitSheet::Line& line : sheet.lines) {
        written.push_back(line.row);
    }
    const access::Directory after = standing.directory.with(written);
    const UnitsByName known{after.units(), standing.today};
    for (std::size_t row = 0; row < sheet.lines.size(); ++row) {
        lines.look_at(row);
        UnitSheet::Line& line = sheet.lines[row];
        const bool is_new = line.does == Does::Add;
        if (lines.text("parent").empty()) {
            if (is_new) {
                line.row.parent = top_of(standing.directory, standing.today);
            }
            continue;
        }
        if (const Unit* const parent = known.load("parent", lines, {})) {
            bring(line.row.parent, parent->id, "parent", line.changed);
            settle(line, is_new);
        }
    }
}

}  // namespace

std::string_view text_of(Does does) {
    switch (does) {
        case Does::Nothing: return "nothing";
        case Does::Add: return "add";
        case Does::Change: return "change";
        case Does::Waits: return "waits";
    }
    return "nothing";
}

std::vector<std::string> columns_of(DirectoryTable table) {
    switch (table) {
        case DirectoryTable::Units: return {"code", "name", "parent", "kind", "from", "to"};
        case DirectoryTable::People: return {"name", "mobile", "from", "to"};
        case DirectoryTable::Posts:
            return {"person", "mobile", "unit", "role", "outside", "from", "to"};
        case DirectoryTable::Accounts: return {"person", "mobile", "account", "language"};
    }
    return {};
}

UnitSheet read_units(
    const Csv& csv, const DirectoryWords& words, const StandingDirectory& standing
) {
    DirectoryLines lines{csv, words, DirectoryTable::Units};
    const UnitsByName known{standing.directory.units(), standing.today};
    UnitSheet sheet;
    sheet.keys = lines.keys();
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        lines.look_at(row);
        sheet.lines.push_back(read_unit(lines, words, standing, known));
    }
    read_parents(sheet, lines, standing);
    finish(sheet, standing, lines);
    return sheet;
}

namespace {

/// Whom a line of people is of: who has its mobile number, else who has none yet; without one,
/// whoever has the name. nullptr for a new one.
const Person* find_person(
    const ByName<Person>& known, DirectoryLines& lines, const WantedSpan& span, calendar::Date today
) {
    const std::string mobile = lines.folded("mobile");
    const auto find = [&](const std::string& number) {
        return only_one(known, lines.folded("name"), "name", lines, [&](const Person& person) {
            return span.meets(person.span, today) &&
                   (mobile.empty() || plain(person.mobile) == number);
        });
    };
    auto found = find(mobile);
    if (found == nullptr && !mobile.empty()) {
        found = find("");
    }
    return found.value_or(nullptr);
}

}  // namespace

PersonSheet read_people(
    const Csv& csv, const DirectoryWords& words, const StandingDirectory& standing
) {
    DirectoryLines lines{csv, words, DirectoryTable::People};
    ByName<Person> known;
    for (const Person& person : standing.directory.people()) {
        known.emplace(plain(person.name), &person);
    }
    std::map<std::string, std::size_t> namesakes;
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        lines.look_at(row);
        ++namesakes[lines.folded("name")];
    }
    PersonSheet sheet;
    sheet.keys = lines.keys();
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        lines.look_at(row);
        const std::string name = lines.folded("name");
        const std::string mobile = lines.folded("mobile");
        const WantedSpan span = wanted_span(lines);
        PersonSheet::Line line;
        if (name.empty()) {
            lines.fault("name", "csv.cell_missing");
            sheet.lines.push_back(line);
            continue;
        }
        const Person* const found = find_person(known, lines, span, standing.today);
        if (mobile.empty() && namesakes[name] > 1) {
            lines.fault("mobile", "csv.name_taken_by_several", {{"name", name}});
        }
        lines.only_once("name", found == nullptr ? "n" + name + "\n" + mobile : found->id.text());
        if (found != nullptr) {
            line.row = *found;
        } else {
            line.row.id = standing.make_id();
            line.row.span.from = standing.today;
        }
        bring_text(line.row.name, lines.text("name"), "name", line.changed);
        bring_text(line.row.mobile, mobile, "mobile", line.changed);
        bring_span(line.row.span, span, line.changed);
        settle(line, found == nullptr);
        sheet.lines.push_back(std::move(line));
    }
    finish(sheet, standing, lines);
    return sheet;
}

namespace {

bool is_same_post(const Post& one, const Post& other) {
    return one.person == other.person && one.unit == other.unit && one.role == other.role;
}

/// Brings the line's cells over the post that stands, or over a new one.
void read_post_cells(
    PostSheet::Line& line,
    DirectoryLines& lines,
    const StandingDirectory& standing,
    const WantedSpan& span
) {
    const auto& posts = standing.directory.posts();
    const auto found = std::ranges::find_if(posts, [&](const Post& post) {
        return is_same_post(post, line.row) && span.meets(post.span, standing.today);
    });
    const bool is_new = found == posts.end();
    if (is_new) {
        line.row.id = standing.make_id();
        line.row.span.from = standing.today;
    } else {
        line.row = *found;
    }
    if (const auto outside = lines.truth("outside")) {
        bring(line.row.outside, *outside, "outside", line.changed);
    }
    bring_span(line.row.span, span, line.changed);
    settle(line, is_new);
}

}  // namespace

PostSheet read_posts(
    const Csv& csv,
    const DirectoryWords& words,
    const StandingDirectory& standing,
    const std::vector<Post>& waiting
) {
    DirectoryLines lines{csv, words, DirectoryTable::Posts};
    const PeopleByName people{standing};
    const UnitsByName units{standing.directory.units(), standing.today};
    PostSheet sheet;
    sheet.keys = lines.keys();
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        lines.look_at(row);
        const WantedSpan span = wanted_span(lines);
        const Person* const person = people.load(lines, span);
        const Unit* unit = nullptr;
        if (lines.text("unit").empty()) {
            lines.fault("unit", "csv.cell_missing");
        } else {
            unit = units.load("unit", lines, span);
        }
        const auto role = lines.choice("role", words.roles);
        if (lines.text("role").empty()) {
            lines.fault("role", "csv.cell_missing");
        }
        PostSheet::Line line;
        if (person != nullptr && unit != nullptr && role) {
            line.row.person = person->id;
            line.row.unit = unit->id;
            line.row.role = *role;
            read_post_cells(line, lines, standing, span);
            const auto is_it = [&](const Post& post) {
                return is_same_post(post, line.row) && post.span.overlaps(line.row.span);
            };
            for (std::size_t before = 0; before < row; ++before) {
                if (is_it(sheet.lines[before].row)) {
                    lines.fault("person", "csv.row_twice", {{"line", lines.line_text(before)}});
                }
            }
            if (line.does != Does::Nothing && std::ranges::any_of(waiting, is_it)) {
                line.does = Does::Waits;
                line.changed.clear();
            }
        }
        sheet.lines.push_back(std::move(line));
    }
    finish(sheet, standing, lines);
    return sheet;
}

AccountSheet read_accounts(
    const Csv& csv,
    const DirectoryWords& words,
    const StandingDirectory& standing,
    const std::vector<access::AccountView>& known
) {
    DirectoryLines lines{csv, words, DirectoryTable::Accounts};
    const PeopleByName people{standing};
    AccountSheet sheet;
    sheet.keys = lines.keys();
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        lines.look_at(row);
        AccountSheet::Line line{.row = {}, .does = Does::Add};
        const Person* const person = people.load(lines, {});
        line.row.person = person == nullptr ? core::Id{} : person->id;
        line.row.language = lines.choice("language", words.languages).value_or("zh");
        const auto name = access::Accounts::find_name(lines.folded("account"));
        if (!name) {
            const bool is_empty = lines.text("account").empty();
            lines.fault("account", is_empty ? "csv.cell_missing" : "account.name_malformed");
        } else {
            line.row.name = *name;
            lines.only_once("account", "a" + *name);
        }
        if (person != nullptr && name) {
            lines.only_once("person", person->id.text());
            for (const access::AccountView& account : known) {
                const bool same_name = account.name == *name;
                const bool same_person = account.person == person->id;
                if (same_name && same_person) {
                    line.does = Does::Nothing;
                } else if (same_name) {
                    lines.fault("account", "account.name_taken", {{"name", *name}});
                } else if (same_person) {
                    lines.fault("person", "account.person_has_one", {{"name", account.name}});
                }
            }
        }
        sheet.lines.push_back(std::move(line));
    }
    sheet.faults = lines.take();
    return sheet;
}

}  // namespace duban::exchange
