// Sheets from strangers' programs: a reading has its limits and its lines, and what is written out
// again reads as it was.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/problem.h"
#include "exchange/csv.h"

namespace {

using namespace duban;

void write_and_read(const exchange::Csv& sheet) {
    std::string written{exchange::kCsvMark};
    written += exchange::csv_line(sheet.head);
    for (const auto& row : sheet.rows) {
        written += exchange::csv_line(row.cells);
    }
    const exchange::Csv again = exchange::read_csv(written);
    core::check(again.rows.size() == sheet.rows.size(), "every row comes back");
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        core::check(again.rows[i].cells == sheet.rows[i].cells, "every cell comes back");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    try {
        const exchange::Csv sheet = exchange::read_csv(input);
        core::check(sheet.head.size() <= exchange::kColumnsMax, "columns have a limit");
        core::check(sheet.rows.size() <= exchange::kRowsMax, "rows have a limit");
        std::size_t line = 0;
        for (const auto& row : sheet.rows) {
            core::check(row.cells.size() == sheet.head.size(), "a row is as long as the head");
            core::check(row.line > line, "rows come in the order of their lines");
            line = row.line;
        }
        write_and_read(sheet);
    } catch (const core::Problem&) {
        // Refused.
    }
    return 0;
}
