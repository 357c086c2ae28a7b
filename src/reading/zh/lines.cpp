#include "reading/zh/lines.h"

#include <algorithm>

#include "reading/zh/chars.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kWrapLinesMin = 6;
constexpr std::size_t kWrapWidthMin = 12;
constexpr std::size_t kWrapWidthMax = 80;
constexpr std::size_t kCellsMax = 400;
constexpr std::size_t kLineUsual = 32;
constexpr std::size_t kOneLineLines = 3;
constexpr std::size_t kOneLineMin = 120;

struct Line {
    Paragraph place;
    std::uint32_t gap = 0;     ///< empty lines before it
    std::uint32_t narrow = 0;  ///< width in Han characters, ASCII counted half
    std::uint32_t wide = 0;    ///< the same, ASCII counted whole: the true width lies between
};

/// A row of a table; `tabs` tells whether the text holds any tab.
bool is_cells(std::u32string_view line, bool tabs) {
    return line.front() == U'|' ||
           (tabs && line.size() <= kCellsMax && std::ranges::count(line, U'\t') >= 2);
}

/// `tabs` tells whether the text holds any.
std::vector<Line> find_lines(const Page& page, bool& tabs) {
    const std::u32string_view text = page.all();
    std::vector<Line> lines;
    lines.reserve(text.size() / kLineUsual + 1);
    std::uint32_t gap = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        unsigned tab = 0;
        while (end < text.size() && !is_line_break(text[end])) {
            tab |= text[end] == U'\t' ? 1U : 0U;
            ++end;
        }
        tabs = tabs || tab != 0;
        std::size_t begin = at;
        while (begin < end && is_blank(text[begin])) {
            ++begin;
        }
        std::size_t last = end;
        while (last > begin && is_blank(text[last - 1])) {
            --last;
        }
        if (begin == last) {
            ++gap;
        } else {
            Line line;
            line.place.begin = static_cast<std::uint32_t>(begin);
            line.place.end = static_cast<std::uint32_t>(last);
            line.place.indent = static_cast<std::uint32_t>(begin - at);
            line.place.after_blank = gap != 0;
            line.gap = gap;
            lines.push_back(line);
            gap = 0;
        }
        at = end + 1;
    }
    return lines;
}

/// — 3 —, - 3 -, 第 3 页 共 10 页; a bare number too where lines were broken by pages.
bool is_page_number(std::u32string_view line, bool bare) {
    if (line.size() > 16) {
        return false;
    }
    std::size_t digits = 0;
    std::size_t signs = 0;
    for (const char32_t c : line) {
        if (is_digit(c)) {
            ++digits;
        } else if (is_any(c, U"-—–─·第页共/")) {
            ++signs;
        } else if (!is_blank(c)) {
            return false;
        }
    }
    const bool framed = is_any(line.front(), U"-—–─·第") && is_any(line.back(), U"-—–─·页");
    return digits >= 1 && digits <= 6 && (signs == 0 ? bare && digits <= 3 : framed);
}

bool is_letter(char32_t c) {
    return is_ascii_word(c) && !is_digit(c);
}

bool ends_sentence(std::u32string_view line) {
    return is_any(line.back(), U"。;:!?”》)");
}

/// How the lines of a document were broken, if they were.
struct Wrapping {
    std::size_t width = 0;  ///< 0: not at all
    std::uint32_t gap = 0;  ///< empty lines between lines of one paragraph
    bool indents = false;   ///< paragraphs begin indented
    std::uint32_t base = 0;

    [[nodiscard]] bool is_full(const Line& line) const {
        const std::uint32_t indent = std::max(line.place.indent, base) - base;
        return line.wide + std::min(indent, 2U) + 2 >= width;
    }
    [[nodiscard]] bool is_indented(const Line& line) const { return line.place.indent >= base + 2; }
};

template <typename Of>
std::uint32_t percentile(const std::vector<Line>& lines, std::size_t percent, Of of) {
    std::vector<std::uint32_t> values;
    values.reserve(lines.size());
    std::ranges::transform(lines, std::back_inserter(values), of);
    const auto nth =
        values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) * percent / 100);
    std::ranges::nth_element(values, nth);
    return *nth;
}

void measure(const Page& page, std::vector<Line>& lines) {
    for (Line& line : lines) {
        const auto text = page.chars(line.place);
        const auto ascii = static_cast<std::uint32_t>(std::ranges::count_if(text, [](char32_t c) {
            return c < 0x80;
        }));
        line.wide = static_cast<std::uint32_t>(text.size());
        line.narrow = line.wide - ascii + ascii / 2;
    }
}

Wrapping find_wrapping(const Page& page, std::vector<Line>& lines) {
    if (lines.size() < kWrapLinesMin || percentile(lines, 90, [](const Line& l) {
                                            return l.place.end - l.place.begin;
                                        }) > 2 * kWrapWidthMax) {
        return {};
    }
    measure(page, lines);
    Wrapping wrapping;
    wrapping.width = percentile(lines, 90, [](const Line& l) { return l.narrow; });
    wrapping.gap = percentile(lines, 50, [](const Line& l) { return l.gap; });
    wrapping.base = percentile(lines, 10, [](const Line& l) { return l.place.indent; });
    if (wrapping.width < kWrapWidthMin || wrapping.width > kWrapWidthMax || wrapping.gap > 1) {
        return {};
    }
    std::size_t indented = 0;
    std::size_t broken = 0;
    std::size_t longer = 0;
    std::size_t full = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        indented += wrapping.is_indented(lines[i]) ? 1U : 0U;
        full += wrapping.is_full(lines[i]) ? 1U : 0U;
        longer += lines[i].narrow > wrapping.width + wrapping.width / 4 + 2 ? 1U : 0U;
        if (i + 1 < lines.size() && lines[i + 1].gap <= wrapping.gap &&
            wrapping.is_full(lines[i]) && !ends_sentence(page.chars(lines[i].place)) &&
            !lines[i].place.table &&
            text::zh::marker_at(page.chars(lines[i + 1].place), 0).kind ==
                text::zh::MarkerKind::None) {
            ++broken;
        }
    }
    // What was broken to a width has no longer line; lines with a gap need to be full by half.
    if (broken < std::max<std::size_t>(3, lines.size() / 8) || longer * 50 > lines.size() ||
        (wrapping.gap != 0 && full * 2 < lines.size())) {
        return {};
    }
    wrapping.indents = indented >= 3;
    return wrapping;
}

bool continues(const Page& page, const Wrapping& wrapping, const Line& line, const Line& next) {
    if (next.gap > wrapping.gap || !wrapping.is_full(line) || line.place.table ||
        next.place.table) {
        return false;
    }
    if (wrapping.indents) {
        return !wrapping.is_indented(next);
    }
    const auto marker = text::zh::marker_at(page.chars(next.place), 0);
    const bool strong = marker.kind != text::zh::MarkerKind::None &&
                        marker.strength == text::zh::MarkerStrength::Plain;
    return !strong;
}

/// Joins what was broken: the breaks and the blanks around them leave the folded text.
std::vector<Paragraph> join(Page& page, const Wrapping& wrapping, const std::vector<Line>& lines) {
    text::Folded joined;
    std::vector<Paragraph> paragraphs;
    const auto take = [&](std::size_t begin, std::size_t end) {
        joined.chars.append(page.folded.chars, begin, end - begin);
        joined.offsets.insert(
            joined.offsets.end(),
            page.folded.offsets.begin() + static_cast<std::ptrdiff_t>(begin),
            page.folded.offsets.begin() + static_cast<std::ptrdiff_t>(end)
        );
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Paragraph& line = lines[i].place;
        const bool joins = i != 0 && continues(page, wrapping, lines[i - 1], lines[i]);
        if (joins && is_letter(joined.chars.back()) && is_letter(page.all()[line.begin])) {
            joined.chars += U' ';
            joined.offsets.push_back(page.folded.offsets[line.begin - 1]);
        } else if (!joins && i != 0) {
            joined.chars += U'\n';
            joined.offsets.push_back(page.folded.offsets[line.begin - 1]);
        }
        const auto begin = static_cast<std::uint32_t>(joined.chars.size());
        take(line.begin, line.end);
        if (!joins) {
            paragraphs.push_back(line);
            paragraphs.back().begin = begin;
        }
        paragraphs.back().end = static_cast<std::uint32_t>(joined.chars.size());
    }
    joined.offsets.push_back(page.folded.offsets.back());
    page.folded = std::move(joined);
    page.whole = false;
    return paragraphs;
}

std::vector<Paragraph> places(const std::vector<Line>& lines) {
    std::vector<Paragraph> paragraphs;
    paragraphs.reserve(lines.size());
    for (const Line& line : lines) {
        paragraphs.push_back(line.place);
    }
    return paragraphs;
}

/// A document of very few lines, one of which holds nearly all of it.
std::vector<Paragraph> recover(
    const Page& page, const std::vector<Line>& lines, Diagnostics& diagnostics
) {
    std::vector<Paragraph> paragraphs;
    for (const Line& line : lines) {
        if (line.place.size() < kOneLineMin) {
            paragraphs.push_back(line.place);
            continue;
        }
        const std::vector<Paragraph> parts = cut_apart(page, line.place);
        if (parts.size() > 1) {
            const std::size_t shown =
                line.place.begin + std::min<std::size_t>(20, line.place.size());
            diagnostics.push_back(
                {"lines.recovered",
                 page.words(line.place.begin, shown),
                 page.span(line.place.begin, line.place.end)}
            );
        }
        paragraphs.insert(paragraphs.end(), parts.begin(), parts.end());
    }
    return paragraphs;
}

}  // namespace

std::vector<Paragraph> find_paragraphs(Page& page, Diagnostics& diagnostics) {
    bool tabs = false;
    std::vector<Line> lines = find_lines(page, tabs);
    for (Line& line : lines) {
        line.place.table = is_cells(page.chars(line.place), tabs);
    }
    if (!lines.empty() && lines.size() <= kOneLineLines) {
        return recover(page, lines, diagnostics);
    }
    const Wrapping wrapping = find_wrapping(page, lines);
    const std::size_t before = lines.size();
    std::erase_if(lines, [&](const Line& line) {
        return is_page_number(page.chars(line.place), wrapping.width != 0);
    });
    if (wrapping.width == 0 || lines.empty()) {
        return places(lines);
    }
    if (lines.size() != before) {  // a page number and its empty lines part no paragraph
        for (Line& line : lines) {
            line.gap = std::min(line.gap, wrapping.gap + (line.gap > wrapping.gap + 1 ? 1U : 0U));
        }
    }
    diagnostics.push_back(
        {"lines.joined",
         std::to_string(wrapping.width),
         page.span(lines.front().place.begin, lines.back().place.end)}
    );
    return join(page, wrapping, lines);
}

}  // namespace duban::reading::zh
