// The sample of a pack: small ledgers of fictitious entries, and what each control finds in them.
// No part of the declaration: `pack check` reads it, an adoption does not (E04).
//
//     for (const SourceFile& file : sample_files("packs/foundation")) {
//         const LoadedSample loaded = read_sample(file, model, "foundation"); …
//     }

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.h"
#include "core/json.h"
#include "declarations/model.h"
#include "declarations/reading.h"

namespace duban::declarations {

/// The value of a field, of the form the API takes, but that a person, a unit and a file are words
/// of the author's choosing and a link is the name of an entry of the sample.
struct SampleValue {
    const Field* field = nullptr;
    core::Json value;
    Place place;
};

struct SampleEntry {
    std::string name;
    const Register* declared = nullptr;
    std::string unit;          ///< a word; empty: the one unit of all that name none
    std::string state;         ///< empty in the file: the procedure's initial state
    std::string number;        ///< empty: none
    std::string due_on;        ///< ISO date; empty: no running deadline
    calendar::Date opened_on;  ///< absent in the file: the day on which the controls look
    std::vector<SampleValue> values;
    Place place;
};

/// A row of a table that rules read beside the registers ("post"): words by column.
struct SampleRow {
    struct Cell {
        std::string text;
        Place place;
    };
    std::string table;
    std::map<std::string, Cell> cells;
    Place place;
};

/// That `control` finds `entry`.
struct SampleFind {
    const Control* control = nullptr;
    std::string entry;
    Place place;
};

/// One file. Points into the model it was read against.
struct Sample {
    calendar::Date today;  ///< the day on which the controls look
    std::vector<SampleEntry> entries;
    std::vector<SampleRow> beside;
    std::vector<SampleFind> finds;

    [[nodiscard]] const SampleEntry* find_entry(std::string_view name) const;
};

struct LoadedSample {
    std::optional<Sample> sample;  ///< present when no fault is an error
    std::vector<Fault> faults;
};

/// Reads `file`, of the pack `pack` of `model`: its entries are of any register there, what it
/// finds is found by the controls of that pack. Never throws on input.
[[nodiscard]] LoadedSample read_sample(
    const SourceFile& file, const Model& model, std::string_view pack
);

/// The files in `sample/` of the folder `path`, sorted by path; none when there is no such folder.
[[nodiscard]] std::vector<SourceFile> sample_files(const std::string& path);

}  // namespace duban::declarations
