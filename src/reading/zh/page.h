// A page: the folded text of a document without markup, cut into paragraphs, with the places that
// matter listed once, so that everything after it walks over those places and not over characters.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reading/reading.h"
#include "text/fold.h"

namespace duban::reading::zh {

inline constexpr std::size_t kDiagnosticsMax = 1000;

/// Uncertain places, up to a bound: a hostile text has one at every character.
class Diagnostics {
public:
    void push_back(Diagnostic diagnostic) {
        if (list_.size() < kDiagnosticsMax) {
            list_.push_back(std::move(diagnostic));
        } else {
            ++more_;
        }
    }
    [[nodiscard]] bool is_full() const { return list_.size() == kDiagnosticsMax; }
    /// One more that is only counted.
    void count() { ++more_; }

    /// All of them in the order of their places.
    [[nodiscard]] std::vector<Diagnostic> take();

private:
    std::vector<Diagnostic> list_;
    std::size_t more_ = 0;
};

/// What stands at a place.
enum class Mark : std::uint8_t {
    None,
    Stop,  ///< 。！？
    Semicolon,
    Colon,
    Comma,  ///< ，、
    Open,   ///< “ ‘ ( 《 〈 【 〔 [ 「
    Close,
    Digit,    ///< the first of a run of digits
    Han,      ///< the first of a run of Han numerals
    Ordinal,  ///< 首 其 再 最: may begin 首先, 其一, 再次, 最后
    At,       ///< @
    Address   ///< 址 箱
};

inline constexpr std::uint32_t kNoMatch = UINT32_MAX;

struct Event {
    std::uint32_t at = 0;
    std::uint32_t match = kNoMatch;  ///< of a bracket: the event of its other side
    Mark mark = Mark::None;
};

/// Characters [begin, end), trimmed, and the events inside.
struct Paragraph {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t first_event = 0;
    std::uint32_t last_event = 0;
    std::uint32_t indent = 0;  ///< blanks before it on its line
    bool after_blank = false;  ///< an empty line stands before it
    bool recovered = false;    ///< cut out of a line that held the whole document
    bool table = false;        ///< a row of cells

    [[nodiscard]] std::size_t size() const { return end - begin; }
};

struct Page {
    std::string_view source;
    text::Folded folded;
    std::vector<Paragraph> paragraphs;
    std::vector<Event> events;
    bool whole = true;  ///< nothing was left out: every span is its own words

    [[nodiscard]] std::u32string_view all() const { return folded.chars; }
    [[nodiscard]] std::u32string_view chars(std::size_t begin, std::size_t end) const {
        return all().substr(begin, end - begin);
    }
    [[nodiscard]] std::u32string_view chars(const Paragraph& p) const {
        return chars(p.begin, p.end);
    }

    /// Source bytes of the folded characters [begin, end), which are not empty.
    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
    /// Those bytes without line breaks and markup.
    [[nodiscard]] std::string words(std::size_t begin, std::size_t end) const;
    [[nodiscard]] Mention mention(std::size_t begin, std::size_t end) const {
        return {words(begin, end), span(begin, end)};
    }
};

/// Lays out `source`, which must outlive the page; uncertain places go to `diagnostics`.
[[nodiscard]] Page lay_out(std::string_view source, Diagnostics& diagnostics);

/// What kind of place one folded character is.
[[nodiscard]] Mark mark_of(char32_t c);

}  // namespace duban::reading::zh
