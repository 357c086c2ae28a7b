// Which words an amount counts.

#include <algorithm>
#include <array>

#include "reading/zh/chars.h"
#include "reading/zh/facts.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kGapMax = 8;
constexpr std::size_t kMoneyGapMax = 16;  // 追回应由个人承担的资金146万元
constexpr std::size_t kNoteMax = 16;

/// Words of status, which may also stand behind their number: 19个已完成整改. Longer ones first.
constexpr std::array<std::u32string_view, 39> kStatusWords{
    U"整改完成率",   U"完成率",     U"整改率",     U"办结率",     U"销号率",       U"满意率",
    U"满意度",       U"已完成整改", U"已整改完成", U"已整改到位", U"未整改到位",   U"已基本完成",
    U"基本完成整改", U"基本完成",   U"未完成整改", U"未完成",     U"未整改",       U"完成整改",
    U"整改完成",     U"整改到位",   U"分阶段整改", U"正在整改",   U"正在推进",     U"持续整改",
    U"持续推进",     U"长期坚持",   U"长期推进",   U"部分整改",   U"立行立改",     U"已销号",
    U"已办结",       U"未办结",     U"已完成",     U"已整改",     U"达到序时进度", U"进度滞后",
    U"完成",         U"反馈问题",   U"反馈"
};
/// Outcomes, which stand before their number: 诫勉0人, 追缴7.132万元.
constexpr std::array<std::u32string_view, 41> kOutcomeWords{
    U"党纪政务处分", U"党纪处分", U"政务处分", U"组织处理", U"诫勉谈话",      U"诫勉",
    U"约谈",         U"提醒谈话", U"谈话提醒", U"批评教育", U"责令检查",      U"通报批评",
    U"立案审查",     U"立案",     U"问责",     U"追责",     U"追缴",          U"清退",
    U"退缴",         U"上缴",     U"收缴",     U"追回",     U"挽回",          U"民主生活会",
    U"组织生活会",   U"专题会议", U"召开会议", U"集中学习", U"专题学习",      U"党课",
    U"完善制度",     U"修订制度", U"制定制度", U"建立制度", U"新建制度",      U"健全制度",
    U"出台制度",     U"整改措施", U"移交线索", U"问题线索", U"纪检监察建议书"
};
constexpr std::u32string_view kBehindGap =
    U"了率达到为共计有:约近超逾第的问题任务事项措施总金额资损失各类 其中人员给予以违规会议活动";
constexpr std::u32string_view kBeforeGap = U"问题任务事项措施均已尚的具体个项整改点经";

/// The longest of `words` that `text` ends with.
template <typename Words>
std::u32string_view longest_before(std::u32string_view text, const Words& words) {
    std::u32string_view best;
    for (const std::u32string_view word : words) {
        if (word.back() == text.back() && word.size() > best.size() && text.ends_with(word)) {
            best = word;
        }
    }
    return best;
}

/// 反馈 counts problems, and not the 4个方面 that they belong to.
bool counts_here(
    const Page& page, const Paragraph& paragraph, const Amount& amount, std::u32string_view word
) {
    if (word == U"反馈") {
        const auto behind =
            page.chars(amount.end, std::min<std::size_t>(paragraph.end, amount.end + 6));
        return behind.find(U"问题") != std::u32string_view::npos &&
               behind.find(U"方面") == std::u32string_view::npos;
    }
    return word != U"完成" || is_any(amount.unit.front(), U"个项件条宗起");
}

/// Where what stands before `end` ends without its note in brackets: 民主生活会(组织生活会)38次.
std::size_t before_note(const Page& page, const Paragraph& paragraph, std::size_t end) {
    if (page.all()[end - 1] != U')') {
        return end;
    }
    const std::size_t from = end - std::min<std::size_t>(end - paragraph.begin, kNoteMax);
    const std::size_t open = page.chars(from, end).rfind(U'(');
    const bool found = open != std::u32string_view::npos && from + open > paragraph.begin;
    return found ? from + open : end;
}

}  // namespace

Counted find_counted(const Page& page, const Paragraph& paragraph, const Amount& amount) {
    std::size_t end = amount.begin;
    const bool money = amount.unit.ends_with(U"元");  // 清退违规发放补贴3.26万元
    const std::size_t gap_max = money ? kMoneyGapMax : kGapMax;
    for (std::size_t gap = 0; gap <= gap_max && end > paragraph.begin; ++gap) {
        end = before_note(page, paragraph, end);
        const std::size_t from = end - std::min<std::size_t>(end - paragraph.begin, 8);
        const std::u32string_view before = page.chars(from, end);
        std::u32string_view word = longest_before(before, kStatusWords);
        const std::u32string_view outcome = longest_before(before, kOutcomeWords);
        word = outcome.size() > word.size() ? outcome : word;
        if (!word.empty() && counts_here(page, paragraph, amount, word)) {
            const std::size_t begin = end - word.size();
            const bool denied = begin > paragraph.begin && page.all()[begin - 1] == U'未';
            return {denied ? begin - 1 : begin, end};
        }
        if (!is_any(before.back(), kBehindGap) && !(money && is_han(before.back()))) {
            break;
        }
        --end;
    }
    std::size_t begin = amount.end;
    for (std::size_t gap = 0; gap <= kGapMax && begin < paragraph.end; ++gap) {
        const std::u32string_view word = word_at(page.chars(begin, paragraph.end), 0, kStatusWords);
        if (!word.empty() && word != U"反馈" && word != U"反馈问题" && word != U"完成") {
            return {begin, begin + word.size()};
        }
        if (!is_any(page.all()[begin], kBeforeGap)) {
            break;
        }
        ++begin;
    }
    return {};
}

}  // namespace duban::reading::zh
