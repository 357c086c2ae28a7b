// A document on one line: where its paragraphs began.

#include <algorithm>
#include <array>

#include "reading/zh/chars.h"
#include "reading/zh/lines.h"

namespace duban::reading::zh {
namespace {

using text::zh::Marker;
using text::zh::MarkerKind;
using text::zh::MarkerStrength;

constexpr std::size_t kCutHeadingMax = 60;
constexpr std::size_t kCutTitleMax = 100;
constexpr std::size_t kSignatureLineMax = 60;

constexpr std::array<std::u32string_view, 8> kTitleEnds{
    U"的通报", U"的报告", U"的通知", U"的公示", U"的公告", U"的函", U"情况通报", U"情况报告"
};

class Cutter {
public:
    Cutter(const Page& page, const Paragraph& line) : line_{line}, text_{page.chars(line)} {}

    std::vector<Paragraph> parts() {
        find_title_end();
        find_headings();
        if (headings_ < 2) {
            return {line_};
        }
        find_signature();
        return cut();
    }

private:
    void find_title_end() {
        for (std::size_t at = 0; at < std::min(kCutTitleMax, text_.size()); ++at) {
            const char32_t c = text_[at];
            if (c == U'。' || c == U'《') {
                return;
            }
            const std::u32string_view end = word_at(text_, at, kTitleEnds);
            if (!end.empty()) {
                cuts_.push_back(at + end.size());
                return;
            }
        }
    }

    /// Whether a paragraph may begin at `at`: behind a sentence or a blank, or in a heading that
    /// has not ended, where the next level begins without a sign between.
    bool may_begin(std::size_t at) const {
        if (at == 0 || is_any(text_[at - 1], U"。!?") || is_blank(text_[at - 1])) {
            return true;
        }
        if (is_any(text_[at - 1], U"”)》") && at >= 2 && is_any(text_[at - 2], U"。!?")) {
            return true;
        }
        return heading_open_ && at - heading_at_ <= kCutHeadingMax;
    }

    bool is_expected(const Marker& marker) const {
        if (marker.kind == MarkerKind::None || marker.kind == MarkerKind::Decimal ||
            marker.strength != MarkerStrength::Plain) {
            return false;
        }
        return marker.number() == 1 ||
               marker.number() == last_[static_cast<std::size_t>(marker.kind)] + 1;
    }

    void find_headings() {
        for (std::size_t at = cuts_.empty() ? 0 : cuts_.back(); at < text_.size(); ++at) {
            const char32_t c = text_[at];
            const Mark mark = mark_of(c);
            if (mark == Mark::Stop || mark == Mark::Semicolon || mark == Mark::Comma) {
                heading_open_ = false;
                continue;
            }
            const bool run = at != 0 && mark_of(text_[at - 1]) == mark && mark != Mark::None;
            const bool may =
                (mark == Mark::Digit || mark == Mark::Han) ? !run : c == U'(' || c == U'第';
            if (!may || !may_begin(at)) {
                continue;
            }
            const Marker marker = text::zh::marker_at(text_.substr(at, kCutHeadingMax), 0);
            if (!is_expected(marker)) {
                continue;
            }
            last_[static_cast<std::size_t>(marker.kind)] = marker.number();
            cuts_.push_back(at);
            ++headings_;
            heading_open_ = true;
            heading_at_ = at;
            at += marker.length - 1;
        }
    }

    /// What stands behind the last sentence and is short: issuer and date.
    void find_signature() {
        const std::size_t stop = text_.find_last_of(U"。");
        if (stop != std::u32string_view::npos && text_.size() - stop - 1 <= kSignatureLineMax &&
            stop + 1 < text_.size() && stop + 1 > cuts_.back()) {
            cuts_.push_back(stop + 1);
        }
    }

    std::vector<Paragraph> cut() const {
        std::vector<Paragraph> parts;
        std::size_t begin = 0;
        const auto take = [&](std::size_t end) {
            std::size_t first = begin;
            std::size_t last = end;
            while (first < last && is_blank(text_[first])) {
                ++first;
            }
            while (last > first && is_blank(text_[last - 1])) {
                --last;
            }
            if (first < last) {
                Paragraph part;
                part.begin = line_.begin + static_cast<std::uint32_t>(first);
                part.end = line_.begin + static_cast<std::uint32_t>(last);
                part.recovered = true;
                parts.push_back(part);
            }
            begin = end;
        };
        for (const std::size_t place : cuts_) {
            take(place);
        }
        take(text_.size());
        return parts;
    }

    Paragraph line_;
    std::u32string_view text_;
    std::vector<std::size_t> cuts_;
    std::array<int, text::zh::kMarkerKinds> last_{};
    std::size_t headings_ = 0;
    bool heading_open_ = false;
    std::size_t heading_at_ = 0;
};

}  // namespace

std::vector<Paragraph> cut_apart(const Page& page, const Paragraph& line) {
    return Cutter{page, line}.parts();
}

}  // namespace duban::reading::zh
