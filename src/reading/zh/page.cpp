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

constexpr Table make_table() {
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
    set(U"址箱", Mark::Address);
    return table;
}

constexpr Table kMarks = make_table();

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

/// In a text without one 。 a point between Han characters ends a sentence; behind a Han numeral it
/// belongs to a marker.
void set_stops(std::u32string& text) {
    if (text.find(U'。') != std::u32string::npos) {
        return;
    }
    for (std::size_t at = text.find(U'.', 1); at < text.size(); at = text.find(U'.', at + 1)) {
        const char32_t before = text[at - 1];
        const char32_t after = char_at(text, at + 1);
        const bool ends = after == 0 || is_blank(after) || is_line_break(after) || is_han(after) ||
                          is_any(after, U"(\"”");
        const char32_t last =
            before == U')' && at > 1 ? text[at - 2] : before;  // (一). is a marker
        const bool words =
            is_any(last, U"\"”》") || (is_han(last) && !text::zh::is_han_numeral(last));
        if (ends && words) {
            text[at] = U'。';
        }
    }
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

/// 1 where a character with these last bits may have a mark: small enough to stay in the nearest
/// cache, so that the table is asked for few others.
using Sieve = std::array<std::uint8_t, 1024>;

constexpr Sieve make_sieve() {
    Sieve sieve{};
    for (std::size_t c = 0; c < kTableSize; ++c) {
        if (kMarks[c] != Mark::None) {
            sieve[c % sieve.size()] = 1;
        }
    }
    return sieve;
}

constexpr Sieve kSieve = make_sieve();

/// Writes where marks may stand in `text`, which is as long as `places` at most; returns how many.
/// Without a branch: where the next mark stands cannot be foretold.
std::size_t sift(std::u32string_view text, std::uint32_t* places) {
    std::size_t found = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        places[found] = static_cast<std::uint32_t>(at);
        found += kSieve[text[at] % kSieve.size()];
    }
    return found;
}

void find_events(Page& page) {
    constexpr std::size_t kAtOnce = 1024;
    std::array<std::uint32_t, kAtOnce> places{};
    // As many as the beginning lets expect: what grows is copied, and a copy of much is dear.
    const std::size_t looked = std::min(page.folded.chars.size(), kAtOnce);
    const std::size_t of_looked = sift(page.chars(0, looked), places.data());
    page.events.reserve((of_looked + 1) * (page.folded.chars.size() / (looked + 1) + 1));
    for (Paragraph& paragraph : page.paragraphs) {
        paragraph.first_event = static_cast<std::uint32_t>(page.events.size());
        for (std::size_t from = paragraph.begin; from < paragraph.end; from += kAtOnce) {
            const auto text =
                page.chars(from, std::min<std::size_t>(paragraph.end, from + kAtOnce));
            const std::size_t found = sift(text, places.data());
            for (std::size_t i = 0; i < found; ++i) {
                const auto at = static_cast<std::uint32_t>(from + places[i]);
                const Mark mark = mark_of(page.all()[at]);
                const bool run = (mark == Mark::Digit || mark == Mark::Han) &&
                                 at > paragraph.begin && mark_of(page.all()[at - 1]) == mark;
                if (mark != Mark::None && !run) {
                    page.events.push_back({.at = at, .match = kNoMatch, .mark = mark});
                }
            }
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
    return c < kTableSize ? kMarks[c] : Mark::None;
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
    set_stops(page.folded.chars);
    page.paragraphs = find_paragraphs(page, diagnostics);
    find_events(page);
    return page;
}

}  // namespace duban::reading::zh
