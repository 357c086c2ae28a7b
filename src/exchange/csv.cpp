#include "exchange/csv.h"

#include <algorithm>
#include <array>

#include "core/problem.h"
#include "text/encoding.h"

namespace duban::exchange {

namespace {

using core::Problem;
using core::ProblemKind;

constexpr std::string_view kCalculated = "=+-@\t\r";

[[noreturn]] void refuse(const char* code, std::size_t line) {
    throw Problem{ProblemKind::Invalid, code, {{"line", std::to_string(line)}}};
}

bool is_number(std::string_view text) {
    return text.size() > 1 && text.find_first_not_of("0123456789.,", 1) == std::string_view::npos;
}

bool is_calculated(std::string_view cell) {
    while (!cell.empty() && cell.front() == '\'') {
        cell.remove_prefix(1);
    }
    return !cell.empty() && kCalculated.find(cell.front()) != std::string_view::npos &&
           !is_number(cell);
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

std::string decoded(std::string_view bytes) {
    text::Decoded decoded = text::decode(bytes);
    if (decoded.encoding == text::Encoding::Damaged) {
        throw Problem{ProblemKind::Invalid, "csv.undecodable"};
    }
    return std::move(decoded.text);
}

/// The returns at the end of a line's text: programs that translate line ends twice leave several.
void drop_returns(std::string& text) {
    text.erase(text.find_last_not_of('\r') + 1);
}

/// The separator that the first line holds most of, outside quotes.
char separator_of(std::string_view text) {
    constexpr std::array kSeparators = {',', ';', '\t'};
    std::array<std::size_t, kSeparators.size()> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == '\n') {
            break;
        }
        for (std::size_t i = 0; i < kSeparators.size(); ++i) {
            counts[i] += !quoted && c == kSeparators[i] ? 1U : 0U;
        }
    }
    return kSeparators[static_cast<std::size_t>(
        std::max_element(counts.begin(), counts.end()) - counts.begin()
    )];
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_{text}, separator_{separator_of(text)} {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t line() const { return line_; }

    std::vector<std::string> row() {
        std::vector<std::string> cells;
        do {
            if (cells.size() == kColumnsMax) {
                throw Problem{
                    ProblemKind::Invalid,
                    "csv.too_many_columns",
                    {{"max", std::to_string(kColumnsMax)}}
                };
            }
            cells.push_back(cell());
        } while (take(separator_));
        while (take('\r')) {
        }
        if (take('\n')) {
            ++line_;
        }
        return cells;
    }

private:
    bool take(char c) {
        if (at_end() || text_[at_] != c) {
            return false;
        }
        ++at_;
        return true;
    }

    std::string cell() {
        std::string out = take('"') ? quoted() : plain();
        if (out.size() > 1 && out.front() == '\'' &&
            is_calculated(std::string_view{out}.substr(1))) {
            out.erase(0, 1);
        }
        return out;
    }

    std::string plain() {
        const std::size_t from = at_;
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n') {
            ++at_;
        }
        std::string out{text_.substr(from, at_ - from)};
        if (at_end() || text_[at_] == '\n') {
            drop_returns(out);
        }
        return out;
    }

    /// After a closing quote: only returns stand before the end of the line.
    [[nodiscard]] bool ends_line() const {
        const std::size_t next = text_.find_first_not_of('\r', at_);
        return next == std::string_view::npos || text_[next] == '\n';
    }

    std::string quoted() {
        const std::size_t begins = line_;
        std::string out;
        while (true) {
            if (at_end()) {
                refuse("csv.quote_open", begins);
            }
            const char c = text_[at_++];
            if (c == '"' && !take('"')) {
                break;
            }
            if (c == '\n') {
                ++line_;
                drop_returns(out);
            }
            out += c;
        }
        if (!at_end() && text_[at_] != separator_ && !ends_line()) {
            refuse("csv.after_quote", line_);
        }
        return out;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

bool is_empty(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
        return cell.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

std::vector<std::string> read_head(Reader& reader) {
    std::vector<std::string> head;
    while (head.empty() && !reader.at_end()) {
        head = reader.row();
        if (is_empty(head)) {
            head.clear();
        }
    }
    for (std::string& name : head) {
        name = trimmed(name);
    }
    while (!head.empty() && head.back().empty()) {
        head.pop_back();
    }
    return head;
}

}  // namespace

Csv read_csv(std::string_view bytes, std::size_t rows_max) {
    const std::string text = decoded(bytes);
    Reader reader{text};
    Csv csv{.head = read_head(reader), .rows = {}};
    if (csv.head.empty()) {
        throw Problem{ProblemKind::Invalid, "csv.empty"};
    }
    while (!reader.at_end()) {
        Csv::Row row{.line = reader.line(), .cells = reader.row()};
        if (is_empty(row.cells)) {
            continue;
        }
        if (csv.rows.size() == rows_max) {
            throw Problem{
                ProblemKind::Invalid, "csv.too_many_rows", {{"max", std::to_string(rows_max)}}
            };
        }
        while (row.cells.size() > csv.head.size() && row.cells.back().empty()) {
            row.cells.pop_back();
        }
        if (row.cells.size() > csv.head.size()) {
            refuse("csv.too_many_cells", row.line);
        }
        row.cells.resize(csv.head.size());
        csv.rows.push_back(std::move(row));
    }
    return csv;
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += i == 0 ? "" : ",";
        const std::string cell = (is_calculated(cells[i]) ? "'" : "") + cells[i];
        if (cell.find_first_of(",;\"\r\n\t") == std::string::npos) {
            out += cell;
            continue;
        }
        out += '"';
        for (const char c : cell) {
            out += c;
            if (c == '"') {
                out += '"';
            }
        }
        out += '"';
    }
    return out + "\r\n";
}

}  // namespace duban::exchange
