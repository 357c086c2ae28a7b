#include "reading/zh/title.h"

#include <algorithm>
#include <array>

#include "reading/zh/chars.h"
#include "reading/zh/head.h"

namespace duban::reading::zh {
namespace {

using text::zh::MarkerKind;

constexpr std::size_t kTitleMax = 120;
constexpr std::size_t kTitleMin = 6;
constexpr std::size_t kTitleLines = 4;
constexpr std::size_t kSearched = 60;
constexpr std::u32string_view kAbout = U"关于";

constexpr std::array<std::u32string_view, 32> kPapers{
    U"通报", U"报告", U"通知", U"公示", U"公告", U"通告", U"意见", U"请示",
    U"批复", U"决定", U"纪要", U"方案", U"办法", U"规定", U"情况", U"说明",
    U"总结", U"要点", U"计划", U"清单", U"细则", U"条例", U"规则", U"制度",
    U"规划", U"准则", U"决议", U"答复", U"措施", U"台账", U"指南", U"函"
};

constexpr std::array<std::u32string_view, 46> kBodies{
    U"党组",   U"党委",   U"委员会",   U"支部",   U"总支",   U"工委", U"纪委",   U"监委",
    U"巡察办", U"办公室", U"办公厅",   U"局",     U"厅",     U"部",   U"委",     U"政府",
    U"公司",   U"集团",   U"学校",     U"中学",   U"小学",   U"大学", U"学院",   U"幼儿园",
    U"医院",   U"中心",   U"研究院",   U"研究所", U"银行",   U"法院", U"检察院", U"协会",
    U"学会",   U"街道",   U"领导小组", U"巡察组", U"巡视组", U"园",   U"院",     U"馆",
    U"站",     U"队",     U"镇",       U"乡",     U"区",     U"县"
};

/// Without a closing note: …办法(试行).
std::u32string_view without_note(std::u32string_view line) {
    if (!line.empty() && line.back() == U')') {
        const std::size_t open = line.rfind(U'(');
        if (open != std::u32string_view::npos && line.size() - open <= 12 && open != 0) {
            return trimmed(line.substr(0, open));
        }
    }
    return line;
}

/// Whether a line may be part of a title: no sentence, no field, no path of navigation.
bool is_title_line(std::u32string_view line) {
    if (line.size() > kTitleMax || line.find_first_of(U"。;>|@!?\t") != std::u32string_view::npos) {
        return false;
    }
    if (std::ranges::any_of(line, [](char32_t c) { return c < U' '; })) {
        return false;  // what no text has
    }
    const std::size_t colon = line.find(U':');
    return colon == std::u32string_view::npos || (colon > 8 && colon + 1 < line.size());
}

bool ends_as_paper(std::u32string_view line) {
    return !word_before(without_note(line), kPapers).empty();
}

/// 深教党〔2023〕5号: the number of a document, over its title.
bool is_document_number(std::u32string_view line) {
    return line.back() == U'号' && line.find_first_of(U"〔[(【") != std::u32string_view::npos;
}

class TitleFinder {
public:
    TitleFinder(const Page& page, std::size_t last) : page_{page}, last_{last} {}

    /// Paragraphs [first, last); equal when there is no title.
    std::pair<std::size_t, std::size_t> find() const {
        std::optional<std::size_t> weak;
        for (std::size_t i = 0; i < last_; ++i) {
            const auto line = text(i);
            if (!is_title_line(line)) {
                continue;
            }
            if (ends_as_paper(line)) {
                const std::size_t first = gathered(i);
                if (joined_has_about(first, i)) {
                    return {first, continued(i) + 1};
                }
                if (!weak && line.size() >= 2 * kTitleMin - 2) {
                    weak = i;
                }
            }
        }
        if (weak) {
            return {*weak, *weak + 1};
        }
        for (std::size_t i = 0; i < last_; ++i) {
            if (is_title_line(text(i)) && text(i).size() >= 10 && has_about(text(i))) {
                return {gathered(i), i + 1};
            }
        }
        return {0, 0};
    }

private:
    std::u32string_view text(std::size_t i) const { return page_.chars(page_.paragraphs[i]); }

    static bool has_about(std::u32string_view line) {
        return line.find(kAbout) != std::u32string_view::npos;
    }
    bool joined_has_about(std::size_t first, std::size_t last) const {
        for (std::size_t i = first; i <= last; ++i) {
            if (has_about(text(i))) {
                return true;
            }
        }
        return text(last).size() >= 2 && first != last && text(first).ends_with(U"关") &&
               text(first + 1).starts_with(U"于");
    }

    /// The last line of a title that seemed to end with line `last`: …反馈意见 / 整改情况的通报.
    std::size_t continued(std::size_t last) const {
        for (std::size_t i = last + 1; i < std::min(last_, last + 3); ++i) {
            const auto line = text(i);
            if (page_.paragraphs[i].after_blank || !is_title_line(line) || has_about(line) ||
                line.find(U':') != std::u32string_view::npos) {
                break;
            }
            if (ends_as_paper(line)) {
                return i;
            }
        }
        return last;
    }

    /// The first line of the title that ends with line `last`.
    std::size_t gathered(std::size_t last) const {
        std::size_t first = last;
        while (first > 0 && last - first + 1 < kTitleLines) {
            const auto line = text(first);
            const std::size_t about = line.find(kAbout);
            const auto before = text(first - 1);
            if (!is_title_line(before) || is_document_number(before) || before.ends_with(U"文件") ||
                (ends_as_paper(before) && !has_about(before)) ||
                page_.paragraphs[first - 1].table) {
                break;
            }
            const bool begun = about != std::u32string_view::npos && about != 0;
            if (begun || (about == 0 && !is_body_name(before))) {
                break;
            }
            --first;
            if (has_about(text(first)) && text(first).find(kAbout) != 0) {
                break;
            }
        }
        return joined_has_about(first, last) ? first : last;
    }

    const Page& page_;
    std::size_t last_;
};

/// Behind 【通报】 and the like, with or without its second bracket.
std::size_t label_length(std::u32string_view line) {
    if (line.empty() || (line[0] != U'【' && line[0] != U'[')) {
        return 0;
    }
    const std::size_t close = line.find_first_of(U"】]");
    if (close != std::u32string_view::npos && close <= 10) {
        return close + 1;
    }
    const std::u32string_view word = word_at(line, 1, kPapers);
    return word.empty() ? 1 : 1 + word.size();
}

}  // namespace

bool is_body_name(std::u32string_view line) {
    return line.size() >= 3 && line.size() <= 60 &&
           line.find_first_of(U"。;:,>|@") == std::u32string_view::npos &&
           !word_before(without_note(line), kBodies).empty();
}

std::optional<Mention> find_title(const Page& page, Frame& frame, Diagnostics& diagnostics) {
    const std::size_t text_begin = header_end(page);
    const std::size_t searched = std::min(page.paragraphs.size(), kSearched);
    std::size_t heading = 0;
    while (heading < searched) {
        const MarkerKind kind = text::zh::marker_at(page.chars(page.paragraphs[heading]), 0).kind;
        if (kind == MarkerKind::HanComma || kind == MarkerKind::HanParen ||
            kind == MarkerKind::Chapter) {
            break;
        }
        ++heading;
    }
    auto [first, last] =
        TitleFinder{page, std::max(heading, std::min(text_begin, searched))}.find();
    if (first == last && text_begin > 0 && page.paragraphs.size() > 1) {
        const auto line = page.chars(page.paragraphs[0]);
        if (is_title_line(line) && line.size() >= kTitleMin && line.size() <= 60 &&
            line.find(U':') == std::u32string_view::npos && !page.paragraphs[0].table) {
            last = 1;
            diagnostics.push_back(
                {"title.uncertain",
                 page.words(page.paragraphs[0].begin, page.paragraphs[0].end),
                 page.span(page.paragraphs[0].begin, page.paragraphs[0].end)}
            );
        }
    }
    frame.title_first = first;
    frame.title_last = last;
    if (first == last) {
        diagnostics.push_back({"title.absent", {}, {}});
        return std::nullopt;
    }
    Mention title;
    std::size_t begin = page.paragraphs[first].begin;
    begin += label_length(page.chars(page.paragraphs[first]));
    title.span = page.span(begin, page.paragraphs[last - 1].end);
    for (std::size_t i = first; i < last; ++i) {
        title.text +=
            page.words(i == first ? begin : page.paragraphs[i].begin, page.paragraphs[i].end);
    }
    return title;
}

}  // namespace duban::reading::zh
