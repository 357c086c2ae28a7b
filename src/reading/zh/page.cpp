#include "reading/zh/page.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "reading/zh/chars.h"
#include "reading/zh/lines.h"
#include "reading/zh/markup.h"
#include "text/utf8.h"
#include "text/zh/numerals.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kTableSize = 0x10000;
constexpr std::u32string_view kOpen = U"“‘(《〈【〔[「";
constexpr std::u32string_view kClose = U"”’)》〉】〕]」";

using Table = std::array<Mark, kTableSize>;

Table make_table() {
    Table table{};
    const auto set = [&](std::u32string_view chars, Mark mark) {
        for (const char32_t c : chars) {
            table[c] = mark;
        }
    };
    for (const char32_t c :
         std::u32string_view{U"一二三四五六七八九十百千万亿两零〇○壹贰叁肆伍陆柒捌玖拾佰仟"}) {
        table[c] = Mark::Han;
    }
    set(U"。!?", Mark::Stop);
    set(U";", Mark::Semicolon);
    set(U":", Mark::Colon);
    set(U",、", Mark::Comma);
    set(kOpen, Mark::Open);
    set(kClose, Mark::Close);
    set(U"0123456789", Mark::Digit);
    set(U"首其再最第", Mark::Ordinal);
    set(U"@", Mark::At);
    set(U"址", Mark::Address);
    return table;
}

const Table& table() {
    static const Table marks = make_table();
    return marks;
}

/// Whether the text holds anything that without_markup() would take out.
bool needs_cleaning(std::u32string_view text) {
    return std::ranges::any_of(text, [](char32_t c) {
        if (c >= 0x3000) {
            return c == 0xFEFF;
        }
        return (c < 0x80 && (c == U'<' || c == U'&' || c == U'*' || c == U'#' || c == U'\\' ||
                             c == U'`' || c == U'_' || c == U'>')) ||
               (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || c == 0xAD;
    });
}

/// Finds the partner of every bracket inside one paragraph; those without stay kNoMatch.
void match_brackets(const Page& page, std::vector<Event>& events, const Paragraph& paragraph) {
    std::array<std::size_t, kOpen.size()> waiting{};
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = paragraph.first_event; i < paragraph.last_event; ++i) {
        const char32_t c = page.all()[events[i].at];
        if (events[i].mark == Mark::Open) {
            ++waiting[kOpen.find(c)];
            open.push_back(i);
        } else if (events[i].mark == Mark::Close) {
            const std::size_t kind = kClose.find(c);
            if (waiting[kind] == 0) {
                continue;
            }
            while (true) {
                const std::uint32_t last = open.back();
                open.pop_back();
                const std::size_t last_kind = kOpen.find(page.all()[events[last].at]);
                --waiting[last_kind];
                if (last_kind == kind) {
                    events[last].match = i;
                    events[i].match = last;
                    break;
                }
            }
        }
    }
}

void find_events(Page& page) {
    const Table& marks = table();
    page.events.reserve(page.folded.chars.size() / 6 + 16);
    for (Paragraph& paragraph : page.paragraphs) {
        paragraph.first_event = static_cast<std::uint32_t>(page.events.size());
        Mark before = Mark::None;
        for (std::uint32_t at = paragraph.begin; at < paragraph.end; ++at) {
            const char32_t c = page.folded.chars[at];
            const Mark mark = c < kTableSize ? marks[c] : Mark::None;
            const bool run = (mark == Mark::Digit || mark == Mark::Han) && mark == before;
            if (mark != Mark::None && !run) {
                page.events.push_back({.at = at, .match = kNoMatch, .mark = mark});
            }
            before = mark;
        }
        paragraph.last_event = static_cast<std::uint32_t>(page.events.size());
        match_brackets(page, page.events, paragraph);
    }
}

/// The source bytes of the one folded character at `at`, entities included.
std::size_t source_end(const Page& page, std::size_t at) {
    std::size_t end = page.folded.offsets[at];
    const std::size_t begin = end;
    const char32_t c = text::next(page.source, end);
    const bool entity = (c == U'&' || c == 0xFF06) && page.folded.chars[at] != U'&';
    if (entity) {
        while (end < page.source.size() && page.source[end] != ';' && end - begin < 40) {
            if (text::next(page.source, end) == 0xFF1B) {
                return end;
            }
        }
        return std::min(end + 1, page.source.size());
    }
    if (c == U'\\' && page.folded.chars[at] != U'\\') {
        static_cast<void>(text::next(page.source, end));
    }
    return end;
}

}  // namespace

std::vector<Diagnostic> Diagnostics::take() {
    std::ranges::sort(list_, {}, [](const Diagnostic& d) {
        return std::tuple{d.span.begin, d.span.end, std::string_view{d.code}};
    });
    if (more_ != 0) {
        list_.push_back({"diagnostics.cut", std::to_string(more_), list_.back().span});
    }
    return std::move(list_);
}

Mark mark_of(char32_t c) {
    return c < kTableSize ? table()[c] : Mark::None;
}

Span Page::span(std::size_t begin, std::size_t end) const {
    return {folded.offsets[begin], source_end(*this, end - 1)};
}

std::string Page::words(std::size_t begin, std::size_t end) const {
    const Span place = span(begin, end);
    const std::string_view cut = source.substr(place.begin, place.end - place.begin);
    if (whole) {
        return std::string{cut};
    }
    // Each code point of the source gave at least one folded character unless it was left out.
    const std::size_t points = text::length(cut);
    std::size_t distinct = 1;
    for (std::size_t i = begin + 1; i < end; ++i) {
        distinct += folded.offsets[i] != folded.offsets[i - 1] ? 1U : 0U;
    }
    if (points == distinct) {
        return std::string{cut};
    }
    std::string kept;
    for (std::size_t i = begin; i < end; ++i) {
        if (i != begin && folded.offsets[i] == folded.offsets[i - 1]) {
            continue;
        }
        std::size_t at = folded.offsets[i];
        const char32_t c = text::next(source, at);
        const bool stands_for =
            (c == U'&' || c == 0xFF06 || c == U'<' || c == U'\\') && c != folded.chars[i];
        text::append(kept, stands_for ? folded.chars[i] : c);
    }
    return kept;
}

Page lay_out(std::string_view source, Diagnostics& diagnostics) {
    Page page;
    page.source = source;
    page.folded = text::fold(source);
    if (needs_cleaning(page.folded.chars)) {
        page.folded = without_markup(page.folded);
        page.whole = false;
    }
    page.paragraphs = find_paragraphs(page, diagnostics);
    find_events(page);
    return page;
}

}  // namespace duban::reading::zh
