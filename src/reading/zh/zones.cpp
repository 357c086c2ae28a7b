#include "reading/zh/zones.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "reading/zh/chars.h"
#include "text/zh/numerals.h"

namespace duban::reading::zh {
namespace {

using text::zh::Marker;
using text::zh::MarkerKind;

constexpr std::size_t kEntryMax = 60;
constexpr std::size_t kFurnitureMax = 80;

constexpr std::array<std::u32string_view, 18> kFurniture{
    U"上一篇",
    U"下一篇",
    U"相关阅读",
    U"相关链接",
    U"相关文章",
    U"相关新闻",
    U"相关信息",
    U"推荐阅读",
    U"热门",
    U"版权所有",
    U"网站地图",
    U"友情链接",
    U"责任编辑",
    U"主办单位",
    U"承办单位",
    U"技术支持",
    U"扫一扫",
    U"分享到"
};

/// …… 3, ...... 3 or a tab and a number at the end of a line: its length, or 0.
std::size_t page_reference(std::u32string_view line) {
    std::size_t at = line.size();
    while (at > 0 && is_digit(line[at - 1])) {
        --at;
    }
    if (at == line.size() || line.size() - at > 4) {
        return 0;
    }
    const std::size_t number = at;
    std::size_t dots = 0;
    bool tab = false;
    while (at > 0 && (is_any(line[at - 1], U".·…⋯—-_") || is_blank(line[at - 1]))) {
        dots += is_blank(line[at - 1]) ? 0U : 1U;
        tab = tab || line[at - 1] == U'\t';
        --at;
    }
    const bool leaders = dots >= 3 || tab || (dots == 0 && number - at >= 3);
    return leaders && at > 0 ? line.size() - at : 0;
}

bool has_leaders(std::u32string_view line) {
    const std::size_t reference = page_reference(line);
    return reference >= 4 &&
           line.substr(line.size() - reference).find_first_of(U".·…⋯") != std::u32string_view::npos;
}

bool is_attachment_word(std::u32string_view text) {
    return text.starts_with(U"附件") || text.starts_with(U"附表");
}

/// An entry of a table of contents without its page.
std::u32string_view entry_name(std::u32string_view line) {
    return trimmed(line.substr(0, line.size() - page_reference(line)));
}

/// 附件, 附件1, 附件二 standing alone.
bool is_attachment_head(std::u32string_view line) {
    if (line.size() > 8 || line.front() != U'附') {
        return false;
    }
    const std::u32string text = squeezed(line);
    if (!is_attachment_word(text) || text.size() > 5) {
        return false;
    }
    const text::zh::Numeral number = text::zh::number_at(text, 2);
    return number.length + 2 == text.size();
}

/// 附件:1.… — how many characters up to what is listed; 0 when it is no such line.
std::size_t attachment_list(std::u32string_view line) {
    const bool word = is_attachment_word(line);
    if (!word && !line.starts_with(U"附:")) {
        return 0;
    }
    std::size_t at = word ? 2 : 1;
    at += text::zh::number_at(line, at).length;
    while (is_blank(char_at(line, at))) {
        ++at;
    }
    return char_at(line, at) == U':' ? at + 1 : 0;
}

class Walker {
public:
    Walker(const Page& page, Frame& frame) : page_{page}, frame_{frame} {}

    void walk() {
        frame_.zones.assign(page_.paragraphs.size(), Zone::Body);
        frame_.restarts.assign(page_.paragraphs.size(), false);
        bool ended = false;
        for (std::size_t i = 0; i < page_.paragraphs.size(); ++i) {
            ended = ended || (i > frame_.title_last && is_furniture(i));
            frame_.zones[i] = ended || i < frame_.title_first ? Zone::Around
                              : i < frame_.title_last         ? Zone::Title
                                                              : zone_of(i);
        }
    }

private:
    bool is_furniture(std::size_t i) const {
        const auto line = page_.chars(page_.paragraphs[i]);
        return line.size() <= kFurnitureMax && !word_at(line, 0, kFurniture).empty();
    }

    Zone zone_of(std::size_t i) {
        const Paragraph& paragraph = page_.paragraphs[i];
        const auto line = page_.chars(paragraph);
        if (paragraph.table) {
            return Zone::Table;
        }
        if (line.size() <= 8 && squeezed(line) == U"目录") {
            contents_ = true;
            entries_.clear();
            return Zone::Contents;
        }
        if (has_leaders(line)) {
            entries_.insert(squeezed(entry_name(line)));
            return Zone::Contents;
        }
        if (contents_ && is_entry(line)) {
            return Zone::Contents;
        }
        contents_ = false;
        if (is_listed(i, line)) {
            return Zone::List;
        }
        if (is_attachment_head(line)) {
            frame_.restarts[i] = true;
            return Zone::Title;
        }
        return Zone::Body;
    }

    /// Whether a line behind 目录 still belongs to it. A heading that is there twice begins the
    /// text.
    bool is_entry(std::u32string_view line) {
        const std::size_t reference = page_reference(line);
        const bool marked = text::zh::marker_at(line, 0).kind != MarkerKind::None;
        if (line.size() > kEntryMax || line.back() == U'。' || (!marked && reference == 0)) {
            return false;
        }
        return entries_.insert(squeezed(entry_name(line))).second;
    }

    bool is_listed(std::size_t i, std::u32string_view line) {
        if (const std::size_t begin = attachment_list(line); begin != 0) {
            if (i > frame_.signature) {
                frame_.restarts[i] = true;  // 附件1:… behind the signature is the attachment itself
                return true;
            }
            std::size_t at = begin;
            while (is_blank(char_at(line, at))) {
                ++at;
            }
            const Marker first = text::zh::marker_at(line, at);
            listed_ = at == line.size() ? 0 : first.kind == MarkerKind::None ? 1 : first.number();
            listing_ = true;
            return true;
        }
        if (!listing_) {
            return false;
        }
        const Marker marker = text::zh::marker_at(line, 0);
        listing_ = marker.kind == MarkerKind::Number && marker.number() == listed_ + 1 &&
                   line.back() != U'。' && line.size() <= kEntryMax * 2;
        listed_ += listing_ ? 1 : 0;
        return listing_;
    }

    const Page& page_;
    Frame& frame_;
    bool contents_ = false;
    std::set<std::u32string> entries_;
    bool listing_ = false;
    int listed_ = 0;
};

}  // namespace

std::u32string squeezed(std::u32string_view text) {
    std::u32string kept;
    std::ranges::copy_if(text, std::back_inserter(kept), [](char32_t c) { return !is_blank(c); });
    return kept;
}

void find_zones(const Page& page, Frame& frame) {
    Walker{page, frame}.walk();
}

}  // namespace duban::reading::zh
