// Comma-separated values as offices' programs write them (RFC 4180): commas, semicolons or tabs,
// UTF-8 with or without its mark, UTF-16 with its mark, GB 18030.
//
//     const Csv sheet = read_csv(bytes);
//     sheet.head;              // {"编号", "措施"}
//     sheet.rows[0].line;      // 2: where it begins, for messages

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duban::exchange {

inline constexpr std::size_t kColumnsMax = 300;
inline constexpr std::size_t kRowsMax = 2000;  ///< E15: more come as a series of sheets

struct Csv {
    struct Row {
        std::size_t line = 0;            ///< first line of the row, from 1
        std::vector<std::string> cells;  ///< as many as the head has
    };
    std::vector<std::string> head;  ///< trimmed
    std::vector<Row> rows;          ///< without empty ones
};

/// Reads a sheet; the separator is the one that the head uses. Short rows are filled with empty
/// cells. Problem{Invalid}: csv.undecodable, csv.empty, csv.quote_open (line), csv.after_quote
/// (line), csv.too_many_cells (line), csv.too_many_columns (max), csv.too_many_rows (max).
[[nodiscard]] Csv read_csv(std::string_view bytes, std::size_t rows_max = kRowsMax);

/// One line with CRLF. A cell that a spreadsheet would calculate (it begins with = + - @, tab or
/// carriage return and is no number) gets an apostrophe in front, which read_csv() takes off.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

/// What marks UTF-8 for spreadsheet programs: at the head of a file.
inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

}  // namespace duban::exchange
