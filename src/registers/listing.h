// Lists of a register: the entries one reaches, through a declared view, page by page (E19).
//
//     const Page page = listing.page(reader, actor, {.register_name = "measure",
//         .filters = {{.field = "state", .values = {"in_progress"}}}, .sort = "due"});

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registers/registers.h"

namespace duban::registers {

/// A filter of the view: one of `values`, or from `from` to `to`, both included.
struct Filter {
    std::string field;  ///< a field, `unit`, `state` or `due`
    std::vector<std::string> values;
    std::string from;
    std::string to;
};

struct ListRequest {
    std::string register_name;
    std::string view;  ///< empty: the first; a register without views lists all columns
    std::vector<Filter> filters;
    std::string sort;    ///< empty: the view's first; "-x" descends
    std::string at;      ///< start at the first entry not before this sort value
    bool below = false;  ///< with a unit filter: also the units below
    std::size_t limit = 50;
    std::string cursor;
};

struct Page {
    std::vector<Entry> entries;                ///< without their lists
    std::string next;                          ///< cursor; empty on the last page
    std::optional<std::int64_t> total;         ///< with the first page only; 10,001 means "10,000+"
    const declarations::View* view = nullptr;  ///< nullptr: the register declares none
    std::shared_ptr<const Adopted> adopted;    ///< keeps `view` alive
};

inline constexpr std::int64_t kTotalMax = 10001;
inline constexpr std::size_t kPageMax = 200;

class Listing {
public:
    explicit Listing(const Registers& registers) : registers_{registers} {}

    /// Refuses with view.not_found, query.filter_not_declared, query.sort_not_declared,
    /// query.value_malformed, cursor.malformed, cursor.other_query, query.too_expensive.
    [[nodiscard]] Page page(
        store::Reader& reader, const access::Actor& actor, const ListRequest& request
    ) const;

    /// Entries by unit and state over what the actor reaches, in this order: from the kept
    /// counters, and those he opened elsewhere where opening lets one read.
    struct Count {
        core::Id unit;
        std::string state;
        std::int64_t entries = 0;
    };
    [[nodiscard]] std::vector<Count> counts(
        store::Reader& reader, const access::Actor& actor, std::string_view register_name
    ) const;

    /// How many running entries reached by the actor are due before `day`, or from it on within
    /// `days`: for lights. Uses the index on (org, unit, state, due).
    [[nodiscard]] std::int64_t due_between(
        store::Reader& reader,
        const access::Actor& actor,
        std::string_view register_name,
        const std::string& from,
        const std::string& to
    ) const;

private:
    const Registers& registers_;
};

}  // namespace duban::registers
