#include <algorithm>
#include <array>

#include "reading/zh/chars.h"
#include "reading/zh/closing.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kOpening = 12;
constexpr std::size_t kSentenceMax = 400;

constexpr std::array<std::u32string_view, 14> kInspectors{
    U"巡察组",
    U"巡视组",
    U"督导组",
    U"督察组",
    U"督查组",
    U"检查组",
    U"审计组",
    U"评估组",
    U"考核组",
    U"审计局",
    U"审计厅",
    U"审计署",
    U"巡察办",
    U"巡视办"
};
constexpr std::array<std::u32string_view, 8> kInspections{
    U"巡察", U"巡视", U"督导", U"督察", U"督查", U"检查", U"审计", U"评估"
};
constexpr std::array<std::u32string_view, 6> kVerbs{
    U"进行", U"开展", U"实施", U"展开", U"作了", U"反馈"
};

/// A date behind one of these tells up to when something is counted.
constexpr std::array<std::u32string_view, 4> kUntil{U"截至", U"截止", U"截止到", U"截至到"};

/// One sentence of a paragraph.
struct Sentence {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The sentence around `at`, at most kSentenceMax characters to either side.
Sentence sentence_around(const Page& page, const Paragraph& paragraph, std::size_t at) {
    Sentence sentence{at, at};
    while (sentence.begin > paragraph.begin && at - sentence.begin < kSentenceMax &&
           mark_of(page.all()[sentence.begin - 1]) != Mark::Stop) {
        --sentence.begin;
    }
    while (sentence.end < paragraph.end && sentence.end - at < kSentenceMax &&
           mark_of(page.all()[sentence.end]) != Mark::Stop) {
        ++sentence.end;
    }
    return sentence;
}

template <typename Words>
std::size_t find_first(std::u32string_view text, const Words& words, std::size_t& length) {
    std::size_t best = std::u32string_view::npos;
    for (const std::u32string_view word : words) {
        const std::size_t found = text.find(word);
        if (found < best) {
            best = found;
            length = word.size();
        }
    }
    return best;
}

/// What may stand directly before the name of a body, and is none of it.
constexpr std::array<std::u32string_view, 6> kBeforeNames{
    U"期间", U"部署", U"组建", U"派出", U"抽调", U"成立"
};

/// The name that ends at `end` of `text`: back to a comma, a blank, a date or 由.
std::size_t name_begin(std::u32string_view text, std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && end - begin < 40 && !is_any(text[begin - 1], U",、:;日月年由经") &&
           !is_blank(text[begin - 1]) && word_before(text.substr(0, begin), kBeforeNames).empty()) {
        --begin;
    }
    return begin;
}

class InspectionFinder {
public:
    explicit InspectionFinder(const Page& page) : page_{page} {}

    [[nodiscard]] bool has_visit() const { return found_.from.has_value(); }

    /// Under a heading many things are inspected: from here on a sentence must name its inspectors,
    /// and feedback belongs to a visit.
    void name_inspectors_only() { strict_ = true; }

    void take(const Paragraph& paragraph, const DatePlace& place) {
        if (!place.date.from) {
            return;
        }
        const Sentence sentence = sentence_around(page_, paragraph, place.begin);
        const auto behind = page_.chars(place.end, std::max(place.end, sentence.end));
        if (place.date.range && !found_.from) {
            take_visit(sentence, place, behind);
        }
        const bool day = place.date.from == place.date.to;
        const auto before = page_.chars(sentence.begin, place.begin);
        if (day && !found_.feedback && (!strict_ || found_.from) && tells_feedback(behind) &&
            word_before(before, kUntil).empty()) {
            found_.feedback = place.date.from->iso();
            if (!found_.body) {
                take_body(place.end, sentence.end);
            }
        }
    }

    Inspection found() { return std::move(found_); }

private:
    /// Whether 反馈 stands behind the date and no other date between.
    static bool tells_feedback(std::u32string_view behind) {
        const std::size_t word = behind.find(U"反馈");
        if (word == std::u32string_view::npos || word > 60) {
            return false;
        }
        const auto between = behind.substr(0, word);
        return char_at(behind, word + 2) != U'的' &&
               between.find(U'日') == std::u32string_view::npos;
    }

    void take_visit(const Sentence& sentence, const DatePlace& place, std::u32string_view behind) {
        std::size_t length = 0;
        const auto whole = page_.chars(sentence.begin, sentence.end);
        const bool inspects =
            (strict_ ? find_first(whole, kInspectors, length)
                     : find_first(whole, kInspections, length)) != std::u32string_view::npos &&
            find_first(whole, kVerbs, length) != std::u32string_view::npos;
        const bool published = behind.find(U"公示") != std::u32string_view::npos;
        if ((!inspects && whole.find(U"进驻") == std::u32string_view::npos) || published) {
            return;
        }
        found_.from = place.date.from->iso();
        found_.to = place.date.to->iso();
        take_body(sentence.begin, sentence.end);
    }

    void take_body(std::size_t begin, std::size_t end) {
        const auto text = page_.chars(begin, end);
        std::size_t length = 0;
        const std::size_t at = find_first(text, kInspectors, length);
        if (at == std::u32string_view::npos) {
            return;
        }
        const std::size_t name_end = at + length;
        const std::size_t name = name_begin(text, name_end);
        found_.body = page_.mention(begin + name, begin + name_end);
        take_target(begin, text, name_end);
    }

    void take_target(std::size_t offset, std::u32string_view text, std::size_t from) {
        constexpr std::array<std::u32string_view, 3> kTo{U"对", U"进驻", U"向"};
        std::size_t length = 0;
        const std::size_t to = find_first(text.substr(from), kTo, length);
        if (to == std::u32string_view::npos) {
            return;
        }
        const std::size_t begin = from + to + length;
        std::size_t verb = 0;
        std::size_t end = find_first(text.substr(begin), kVerbs, verb);
        end = end == std::u32string_view::npos ? text.size() - begin : end;
        std::size_t comma = text.substr(begin).find(U',');
        end = std::min(end, comma);
        const auto name = trimmed(text.substr(begin, end));
        if (name.size() >= 2 && name.size() <= 60) {
            const auto at = static_cast<std::size_t>(name.data() - text.data());
            found_.target = page_.mention(offset + at, offset + at + name.size());
        }
    }

    const Page& page_;
    Inspection found_;
    bool strict_ = false;
};

}  // namespace

std::optional<Window> find_window(const Page& page, const std::vector<DatePlace>& dates) {
    constexpr std::array<std::u32string_view, 7> kKeys{
        U"公开期限", U"公示期限", U"公示期", U"公开时间", U"公示时间", U"公开期", U"公布期限"
    };
    for (const DatePlace& place : dates) {
        if (!place.date.range || !place.date.from) {
            continue;
        }
        const Paragraph& paragraph = page.paragraphs[place.paragraph];
        const std::size_t from =
            place.begin - std::min<std::size_t>(place.begin - paragraph.begin, 24);
        std::u32string_view before = page.chars(from, place.begin);
        if (const std::size_t stop = before.rfind(U'。'); stop != std::u32string_view::npos) {
            before.remove_prefix(stop + 1);
        }
        std::size_t length = 0;
        if (find_first(before, kKeys, length) != std::u32string_view::npos) {
            return Window{place.date.from->iso(), place.date.to->iso()};
        }
    }
    return std::nullopt;
}

Inspection find_inspection(
    const Page& page,
    const Frame& frame,
    const std::vector<Item>& items,
    const std::vector<DatePlace>& dates
) {
    const std::size_t begin = frame.title_last;
    std::size_t end = std::min(page.paragraphs.size(), begin + kOpening);
    std::size_t section = end;  // of the first heading
    if (!items.empty()) {
        end = std::min(end, std::max<std::size_t>(begin, items.front().paragraph));
        section = items.size() > 1 ? std::min<std::size_t>(section, items[1].paragraph) : section;
    }
    InspectionFinder finder{page};
    for (const DatePlace& place : dates) {
        if (place.paragraph >= begin && place.paragraph < end) {
            finder.take(page.paragraphs[place.paragraph], place);
        }
    }
    if (!finder.has_visit()) {
        finder.name_inspectors_only();
        for (const DatePlace& place : dates) {
            if (place.paragraph >= end && place.paragraph < section) {
                finder.take(page.paragraphs[place.paragraph], place);
            }
        }
    }
    return finder.found();
}

}  // namespace duban::reading::zh
