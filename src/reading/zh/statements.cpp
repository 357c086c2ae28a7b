#include "reading/zh/statements.h"

#include <algorithm>
#include <array>

#include "reading/zh/chars.h"
#include "text/zh/numerals.h"

namespace duban::reading::zh {
namespace {

/// How a row of statements is counted.
enum class Style : std::uint8_t { Is, Must, Ordinal, Its, First };
constexpr std::size_t kStyles = 5;
constexpr int kStatementsMax = 99;
constexpr int kLast = -1;  // 最后: one more than the one before

/// How clearly a statement may begin here.
enum class Edge : std::uint8_t { None, Comma, Sentence, Paragraph };

struct StatementCandidate {
    Place place;
    Style style = Style::Is;
    int number = 0;
    Edge edge = Edge::None;
    std::size_t chain = 0;
};

struct Chain {
    int last = 0;
    std::size_t id = 0;
    bool open = false;
};

class Scanner {
public:
    Scanner(const Page& page, Diagnostics& diagnostics) : page_{page}, diagnostics_{diagnostics} {}

    void begin_section(int item) {
        item_ = item;
        chains_ = {};
    }

    /// `heading` is where the text behind the paragraph's own marker begins, its start otherwise.
    void scan(std::size_t index, std::size_t heading) {
        const Paragraph& paragraph = page_.paragraphs[index];
        index_ = index;
        heading_ = heading;
        in_heading_ = heading != paragraph.begin;
        std::uint32_t inside = 0;  // behind this event no bracket is open
        for (std::uint32_t i = paragraph.first_event; i < paragraph.last_event; ++i) {
            const Event& event = page_.events[i];
            if (event.mark == Mark::Open && event.match != kNoMatch && event.match > inside) {
                inside = event.match;
            }
            if (event.mark == Mark::Stop) {
                in_heading_ = false;
            }
            if (i < inside || event.at < heading) {
                continue;
            }
            if (event.mark == Mark::Han || event.mark == Mark::Ordinal) {
                look_at(paragraph, i);
            }
        }
    }

    std::vector<Place> places() {
        drop_lonely();
        std::vector<Place> found;
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            Place place = candidates_[i].place;
            const bool shared =
                i + 1 < candidates_.size() && candidates_[i + 1].place.paragraph == place.paragraph;
            place.end =
                shared ? candidates_[i + 1].place.begin : page_.paragraphs[place.paragraph].end;
            while (place.end > place.body && is_blank(page_.all()[place.end - 1])) {
                --place.end;
            }
            if (place.end > place.body) {
                found.push_back(place);
            }
        }
        return found;
    }

private:
    Edge edge_at(const Paragraph& paragraph, std::size_t at) const {
        std::size_t before = at;
        while (before > paragraph.begin && is_blank(page_.all()[before - 1])) {
            --before;
        }
        if (before == paragraph.begin || before == heading_) {
            return Edge::Paragraph;
        }
        const char32_t c = page_.all()[before - 1];
        if (is_any(c, U"。;:!?—-·•●■◆") || before != at) {
            return Edge::Sentence;
        }
        if (is_any(c, U"”)》") && before - 1 > paragraph.begin &&
            is_any(page_.all()[before - 2], U"。;!?")) {
            return Edge::Sentence;
        }
        return is_any(c, U",、”)》") ? Edge::Comma : Edge::None;
    }

    void look_at(const Paragraph& paragraph, std::uint32_t event) {
        const std::uint32_t at = page_.events[event].at;
        const std::u32string_view text = page_.chars(at, paragraph.end);
        StatementCandidate found;
        std::size_t length = 0;
        if (const text::zh::Numeral han = text::zh::han_numeral_at(text, 0); han.length != 0) {
            const char32_t next = char_at(text, han.length);
            found.style = next == U'是' ? Style::Is : Style::Must;
            found.number = static_cast<int>(std::min<std::int64_t>(han.value, kStatementsMax + 1));
            length = next == U'是' || next == U'要' ? han.length + 1 : 0;
        } else {
            length = ordinal_length(text, found);
        }
        if (length == 0 || found.number > kStatementsMax || found.number == 0) {
            return;
        }
        found.edge = edge_at(paragraph, at);
        if (found.edge == Edge::None && paragraph.recovered && in_heading_ && found.number == 1) {
            found.edge = Edge::Sentence;
        }
        if (found.edge == Edge::None || is_idiom(text)) {
            return;
        }
        std::size_t body = at + length;
        while (body < paragraph.end &&
               (is_blank(page_.all()[body]) || is_any(page_.all()[body], U",、:"))) {
            ++body;
        }
        found.place = {
            .paragraph = static_cast<std::uint32_t>(index_),
            .parent = item_,
            .event = event,
            .begin = at,
            .body = static_cast<std::uint32_t>(body)
        };
        marker_end_ = at + length;
        take(found);
    }

    static bool is_idiom(std::u32string_view text) {
        return stands_at(text, 0, U"一是一,二是二") || stands_at(text, 0, U"一是一、二是二");
    }

    /// 第一, 其一, 首先 其次 再次 最后: the length of the marker, or 0.
    static std::size_t ordinal_length(std::u32string_view text, StatementCandidate& found) {
        const char32_t first = text[0];
        if (first == U'第' || (first == U'其' && char_at(text, 1) != U'次')) {
            const text::zh::Numeral number = text::zh::han_numeral_at(text, 1);
            const char32_t next = char_at(text, 1 + number.length);
            found.style = first == U'第' ? Style::Ordinal : Style::Its;
            found.number =
                static_cast<int>(std::min<std::int64_t>(number.value, kStatementsMax + 1));
            const bool marked = is_any(next, U",、:") || (first == U'其' && next == U'是');
            return number.length != 0 && marked ? 1 + number.length : 0;
        }
        constexpr std::array<std::u32string_view, 4> kWords{U"首先", U"其次", U"再次", U"最后"};
        found.style = Style::First;
        for (std::size_t i = 0; i < kWords.size(); ++i) {
            if (stands_at(text, 0, kWords[i])) {
                found.number = i + 1 == kWords.size() ? kLast : static_cast<int>(i + 1);
                return kWords[i].size();
            }
        }
        return 0;
    }

    void take(StatementCandidate& found) {
        Chain& chain = chains_[static_cast<std::size_t>(found.style)];
        const bool follows =
            chain.open && (found.number == chain.last + 1 || found.number == kLast);
        if (found.number == 1) {
            chain = {1, ++chain_count_, true};
        } else if (follows) {
            ++chain.last;
        } else if (found.style == Style::Is && found.edge == Edge::Paragraph) {
            note(found);
            chain = {found.number, chain.open ? chain.id : ++chain_count_, true};
        } else {
            return;
        }
        found.chain = chain.id;
        candidates_.push_back(found);
    }

    void note(const StatementCandidate& found) {
        const std::size_t begin = found.place.begin;
        diagnostics_.push_back(
            {"statement.gap", page_.words(begin, marker_end_), page_.span(begin, marker_end_)}
        );
    }

    /// A row of one is none, unless it is 一是 where a sentence begins; and what is counted inside
    /// a statement is part of it.
    void drop_lonely() {
        std::vector<std::size_t> sizes(chain_count_ + 1);
        for (const StatementCandidate& candidate : candidates_) {
            ++sizes[candidate.chain];
        }
        std::erase_if(candidates_, [&](const StatementCandidate& candidate) {
            const bool clear = candidate.style == Style::Is && candidate.edge >= Edge::Sentence;
            return sizes[candidate.chain] < 2 && !clear;
        });
        std::size_t outer = SIZE_MAX;  // the paragraph whose last statement was 一是
        std::erase_if(candidates_, [&](const StatementCandidate& candidate) {
            if (candidate.style == Style::Is) {
                outer = candidate.place.paragraph;
                return false;
            }
            return candidate.place.paragraph == outer;
        });
    }

    const Page& page_;
    Diagnostics& diagnostics_;
    std::vector<StatementCandidate> candidates_;
    std::array<Chain, kStyles> chains_{};
    std::size_t chain_count_ = 0;
    std::size_t index_ = 0;
    std::size_t heading_ = 0;
    std::size_t marker_end_ = 0;
    bool in_heading_ = false;
    int item_ = -1;
};

constexpr std::array<std::u32string_view, 17> kVerdicts{
    U"已基本完成整改",
    U"已完成整改",
    U"已整改完成",
    U"已整改到位",
    U"已基本完成",
    U"已全部完成",
    U"已完成",
    U"已销号",
    U"基本完成整改",
    U"基本完成",
    U"正在整改",
    U"正在推进",
    U"持续推进",
    U"长期坚持",
    U"部分整改",
    U"未完成整改",
    U"未完成"
};
constexpr std::u32string_view kVerdictEnds = U"改成位号进持";
/// What may stand before a verdict in its clause: it speaks of the whole matter.
constexpr std::array<std::u32string_view, 16> kSubjects{
    U"该问题",
    U"此问题",
    U"该项工作",
    U"此项工作",
    U"该事项",
    U"该项问题",
    U"上述问题",
    U"目前",
    U"现",
    U"均",
    U"全部",
    U"整改状态",
    U"完成情况",
    U"整改情况",
    U"整改进展",
    U"整改结果"
};

/// The verdict that a clause ends with, when the clause says nothing else. A clause that only goes
/// on (`loose`) must name its subject or say that it is done: 久久为功,长期坚持 is no verdict.
std::u32string_view verdict_of(std::u32string_view clause, bool loose) {
    const std::u32string_view verdict = word_before(clause, kVerdicts);
    if (verdict.empty()) {
        return {};
    }
    std::u32string_view rest = trimmed(clause.substr(0, clause.size() - verdict.size()));
    if (loose && rest.empty() && verdict.front() != U'已') {
        return {};
    }
    while (!rest.empty()) {
        const std::u32string_view subject = word_before(rest, kSubjects);
        if (subject.empty()) {
            return {};
        }
        rest = trimmed(rest.substr(0, rest.size() - subject.size()));
    }
    return clause.substr(clause.size() - verdict.size());
}

}  // namespace

std::vector<Place> find_statements(
    const Page& page, const Frame& frame, const std::vector<Item>& items, Diagnostics& diagnostics
) {
    Scanner scanner{page, diagnostics};
    std::size_t next_item = 0;
    for (std::size_t i = 0; i < page.paragraphs.size(); ++i) {
        std::size_t heading = page.paragraphs[i].begin;
        if (next_item < items.size() && items[next_item].paragraph == i) {
            heading += items[next_item].marker.body;
            scanner.begin_section(static_cast<int>(next_item));
            ++next_item;
        } else if (frame.restarts[i]) {
            scanner.begin_section(-1);
        }
        if (frame.is_text(i)) {
            scanner.scan(i, heading);
        }
    }
    return scanner.places();
}

std::optional<Mention> find_status(const Page& page, const Paragraph& paragraph, const Part& part) {
    std::optional<Mention> status;
    std::size_t clause = part.begin;
    bool loose = true;
    const auto look = [&](std::size_t clause_end) {
        const char32_t last = page.all()[clause_end - 1];
        if (clause_end > clause && (is_any(last, kVerdictEnds) || is_blank(last))) {
            const auto text = trimmed(page.chars(clause, clause_end));
            const std::u32string_view verdict = verdict_of(text, loose);
            if (!verdict.empty()) {
                const auto at = static_cast<std::size_t>(verdict.data() - page.all().data());
                status = page.mention(at, at + verdict.size());
            }
        }
    };
    for (std::uint32_t i = part.event; i < paragraph.last_event; ++i) {
        const Event* event = &page.events[i];
        if (event->at < part.begin) {
            continue;
        }
        if (event->at >= part.end) {
            break;
        }
        const bool parts = event->mark == Mark::Stop || event->mark == Mark::Semicolon ||
                           event->mark == Mark::Comma || event->mark == Mark::Colon ||
                           event->mark == Mark::Open || event->mark == Mark::Close;
        if (parts) {
            look(event->at);
            clause = event->at + 1;
            loose = event->mark == Mark::Comma;
        }
    }
    if (part.end > part.begin) {
        look(part.end);
    }
    return status;
}

}  // namespace duban::reading::zh
