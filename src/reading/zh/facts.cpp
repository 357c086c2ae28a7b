#include "reading/zh/facts.h"

#include <string>
#include <unordered_set>

#include "reading/zh/chars.h"
#include "text/utf8.h"
#include "text/zh/numerals.h"

namespace duban::reading::zh {
namespace {

using text::zh::DateFault;
using text::zh::DateText;

const char* code_of(DateFault fault) {
    switch (fault) {
        case DateFault::NoYear: return "date.year_missing";
        case DateFault::CarriedYear: return "date.year_carried";
        case DateFault::Vague: return "date.vague";
        case DateFault::Corrupted: return "date.corrupted";
        case DateFault::None: break;
    }
    return nullptr;
}

class FactFinder {
public:
    FactFinder(const Page& page, Diagnostics& diagnostics)
        : page_{page}, diagnostics_{diagnostics} {}

    void scan(std::size_t index, std::size_t from) {
        const Paragraph& paragraph = page_.paragraphs[index];
        index_ = index;
        context_ = {};
        free_ = from;
        std::uint32_t title_end = 0;
        for (std::uint32_t i = paragraph.first_event; i < paragraph.last_event; ++i) {
            const Event& event = page_.events[i];
            if (event.mark == Mark::Open) {
                const bool title = page_.all()[event.at] == U'《';
                if (event.match == kNoMatch && !in_title_) {  // a title may go on in the next line
                    note(
                        title ? "title_mark.unbalanced" : "bracket.unbalanced",
                        event.at,
                        event.at + 1
                    );
                } else if (title && event.match != kNoMatch && i >= title_end) {
                    take_document(event.at, page_.events[event.match].at + 1);
                    title_end = event.match;
                }
            } else if ((event.mark == Mark::Digit || event.mark == Mark::Han) &&
                       event.at >= free_) {
                take_number(paragraph, event.at);
            }
        }
    }

    /// Whether the next paragraph is a line of a title.
    void of_title(bool title) { in_title_ = title; }

    Facts facts() { return std::move(facts_); }

private:
    void note(const char* code, std::size_t begin, std::size_t end) {
        if (diagnostics_.is_full()) {
            diagnostics_.count();
            return;
        }
        diagnostics_.push_back({code, page_.words(begin, end), page_.span(begin, end)});
    }

    void take_document(std::size_t begin, std::size_t end) {
        if (end - begin <= 2) {
            return;
        }
        if (named_.insert(text::to_utf8(squeezed(page_.chars(begin, end)))).second) {
            facts_.documents.push_back(page_.mention(begin, end));
        }
    }

    void take_number(const Paragraph& paragraph, std::size_t at) {
        const std::u32string_view text = page_.chars(paragraph);
        const std::size_t local = at - paragraph.begin;
        if (local != 0 && is_ascii_word(text[local - 1])) {
            return;  // C区2102室 has a letter before; 区 has not
        }
        if (may_be_date(text, local) && take_date(paragraph, text, local)) {
            return;
        }
        const std::size_t from = free_ > paragraph.begin ? free_ - paragraph.begin : 0;
        const Amount amount = amount_at(text, local, from);
        if (amount.end == 0) {
            return;
        }
        free_ = paragraph.begin + amount.end;
        Amount placed = amount;
        placed.begin += paragraph.begin;
        placed.end += paragraph.begin;
        if (amount.range) {
            note("quantity.range", placed.begin, placed.end);
            return;
        }
        take_amount(paragraph, placed);
    }

    void take_amount(const Paragraph& paragraph, const Amount& amount) {
        const std::string unit = text::to_utf8(amount.unit);
        if (const Counted counted = find_counted(page_, paragraph, amount);
            counted.end != 0 && !amount.ordinal) {
            const std::size_t begin = std::min(counted.begin, amount.begin);
            const std::size_t end = std::max(counted.end, amount.end);
            facts_.counts.push_back(
                {page_.words(counted.begin, counted.end), amount.value, unit, page_.span(begin, end)
                }
            );
        }
        facts_.quantities.push_back(
            {amount.value,
             unit,
             amount.approximate,
             amount.ordinal,
             page_.mention(amount.begin, amount.end)}
        );
    }

    /// A date has 年, 月 or 日 soon, or its numbers parted by the same sign.
    static bool may_be_date(std::u32string_view text, std::size_t at) {
        std::size_t end = at;
        while (end - at < 12 && (is_digit(char_at(text, end)) || is_blank(char_at(text, end)) ||
                                 text::zh::is_han_numeral(char_at(text, end)))) {
            ++end;
        }
        return is_any(char_at(text, end), U"年月日-/.—~–至到");
    }

    bool take_date(const Paragraph& paragraph, std::u32string_view text, std::size_t at) {
        const bool same_year =
            at >= 2 && (stands_at(text, at - 2, U"同年") || stands_at(text, at - 2, U"当年"));
        const bool next_year =
            at >= 2 && (stands_at(text, at - 2, U"次年") || stands_at(text, at - 2, U"翌年"));
        text::zh::DateContext context = context_;
        if (context.before && (same_year || next_year)) {
            context.before = text::zh::Day{context.before->year + (next_year ? 1 : 0), 1, 1};
        }
        DateText date = text::zh::date_at(text, at, context);
        if (date.length == 0) {
            return false;
        }
        const bool month =
            text.substr(at, date.length).find_first_of(U"日号") == std::u32string_view::npos;
        if (date.fault == DateFault::NoYear && month && !is_digit(text[at])) {
            return false;  // 一月一调度
        }
        if (date.fault == DateFault::CarriedYear && (same_year || next_year)) {
            date.fault = DateFault::None;
        }
        const std::size_t begin = paragraph.begin + at;
        free_ = begin + date.length;
        if (const char* code = code_of(date.fault)) {
            note(code, begin, free_);
        }
        if (date.to) {
            context_.before = date.from == date.to || date.range ? date.to : date.from;
        }
        facts_.dates.push_back({index_, begin, free_, date});
        return true;
    }

    const Page& page_;
    Diagnostics& diagnostics_;
    Facts facts_;
    std::unordered_set<std::string> named_;
    std::size_t index_ = 0;
    std::size_t free_ = 0;  ///< what lies before it is taken
    bool in_title_ = false;
    text::zh::DateContext context_;
};

}  // namespace

Facts find_facts(
    const Page& page, const Frame& frame, const std::vector<Item>& items, Diagnostics& diagnostics
) {
    FactFinder finder{page, diagnostics};
    std::size_t next_item = 0;
    for (std::size_t i = 0; i < page.paragraphs.size(); ++i) {
        std::size_t from = page.paragraphs[i].begin;
        if (next_item < items.size() && items[next_item].paragraph == i) {
            from += items[next_item++].marker.body;
        } else if (frame.zones[i] == Zone::List) {
            from += text::zh::marker_at(page.chars(page.paragraphs[i]), 0).body;
        }
        finder.of_title(frame.zones[i] == Zone::Title);
        if (frame.zones[i] != Zone::Around && frame.zones[i] != Zone::Contents) {
            finder.scan(i, from);
        }
    }
    return finder.facts();
}

}  // namespace duban::reading::zh
