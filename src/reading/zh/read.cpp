#include "reading/zh/read.h"

#include <algorithm>
#include <array>
#include <utility>

#include "reading/zh/chars.h"
#include "reading/zh/closing.h"
#include "reading/zh/facts.h"
#include "reading/zh/head.h"
#include "reading/zh/outline.h"
#include "reading/zh/page.h"
#include "reading/zh/statements.h"
#include "reading/zh/zones.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kHeadingMax = 200;
constexpr std::size_t kShortHead = 40;
constexpr std::size_t kNamedMin = 7;
constexpr std::size_t kTemplateLooked = 4000;

/// Where the heading's own words end, and why there.
class HeadingEnd {
public:
    HeadingEnd(const Page& page, const Item& item, const Place* statement)
        : page_{page},
          item_{item},
          paragraph_{page.paragraphs[item.paragraph]},
          begin_{paragraph_.begin + item.marker.body},
          statement_{statement} {}

    std::size_t find() {
        std::size_t end = statement_ == nullptr ? paragraph_.end : statement_->begin;
        end = std::min(end, sentence_end(end));
        end = std::min(end, blank_before_body(end));
        while (end > begin_ + 1 &&
               (is_blank(page_.all()[end - 1]) || is_any(page_.all()[end - 1], U"。;:,"))) {
            --end;
        }
        return end;
    }

    [[nodiscard]] bool holds_list() const { return holds_list_; }

private:
    std::size_t sentence_end(std::size_t limit) {
        std::uint32_t inside = 0;
        for (std::uint32_t i = paragraph_.first_event; i < paragraph_.last_event; ++i) {
            const Event& event = page_.events[i];
            if (event.at < begin_ || i < inside) {
                continue;
            }
            if (event.at >= limit) {
                break;
            }
            if (event.mark == Mark::Open && event.match != kNoMatch) {
                inside = event.match;
            } else if (event.mark == Mark::Stop) {
                return event.at;
            } else if ((event.mark == Mark::Semicolon || event.mark == Mark::Colon) &&
                       lists_at(event)) {
                holds_list_ = true;
                return event.at;
            } else if (event.mark == Mark::Colon && names_problem(event.at)) {
                return event.at;
            }
        }
        return limit;
    }

    /// 关于…的问题:… — behind such a colon the answer to the heading begins.
    [[nodiscard]] bool names_problem(std::size_t colon) const {
        constexpr std::array<std::u32string_view, 5> kEnds{
            U"问题", U"方面", U"问题的整改", U"整改情况", U"整改落实情况"
        };
        return colon - begin_ >= kNamedMin &&
               !word_before(page_.chars(begin_, colon), kEnds).empty();
    }

    /// 1.…;2.… or 措施:(1)…: a list inside the paragraph.
    bool lists_at(const Event& event) const {
        const auto rest =
            page_.chars(event.at + 1, std::min<std::size_t>(paragraph_.end, event.at + 40));
        std::size_t at = 0;
        while (is_blank(char_at(rest, at))) {
            ++at;
        }
        const text::zh::Marker next = text::zh::marker_at(rest, at);
        if (event.mark == Mark::Semicolon) {
            return next.kind == item_.marker.kind && next.number() == item_.marker.number() + 1;
        }
        return next.kind != text::zh::MarkerKind::None && next.number() == 1 &&
               next.strength == text::zh::MarkerStrength::Plain;
    }

    /// A short heading parted from its body by one blank: (一)加强领导 成立了领导小组。
    std::size_t blank_before_body(std::size_t end) const {
        const auto text = page_.chars(begin_, end);
        std::size_t blank = std::u32string_view::npos;
        for (std::size_t at = 1; at + 1 < text.size() && at <= kShortHead; ++at) {
            if (mark_of(text[at]) == Mark::Comma || mark_of(text[at]) == Mark::Colon) {
                break;
            }
            if (is_blank(text[at]) && is_han(text[at - 1])) {
                blank = at;
                break;
            }
        }
        if (blank == std::u32string_view::npos || blank < 4) {
            return end;
        }
        std::size_t body = blank;
        while (is_blank(char_at(text, body))) {
            ++body;
        }
        const auto rest = text.substr(body);
        const bool ends = end < paragraph_.end && page_.all()[end] == U'。';
        const bool more_blanks = std::ranges::any_of(rest, [](char32_t c) { return is_blank(c); });
        return ends && rest.size() >= 6 && is_han(rest.front()) && !more_blanks ? begin_ + blank
                                                                                : end;
    }

    const Page& page_;
    const Item& item_;
    const Paragraph& paragraph_;
    std::size_t begin_;
    const Place* statement_;
    bool holds_list_ = false;
};

/// The first statement of `paragraph`, places being in order.
const Place* first_statement(const std::vector<Place>& places, std::size_t paragraph) {
    const auto found = std::ranges::lower_bound(places, paragraph, {}, &Place::paragraph);
    return found != places.end() && found->paragraph == paragraph ? &*found : nullptr;
}

std::optional<std::string> words_of(const std::optional<Mention>& mention) {
    return mention ? std::optional{mention->text} : std::nullopt;
}

void write_outline(
    Document& document,
    const Page& page,
    const std::vector<Item>& items,
    const std::vector<Place>& places,
    Diagnostics& diagnostics
) {
    document.outline.reserve(items.size());
    for (const Item& item : items) {
        const Paragraph& paragraph = page.paragraphs[item.paragraph];
        const std::size_t body = paragraph.begin + item.marker.body;
        const Place* statement = first_statement(places, item.paragraph);
        HeadingEnd heading{page, item, statement};
        const std::size_t end = heading.find();
        const auto note = [&](const char* code) {
            diagnostics.push_back(
                {code, page.words(paragraph.begin, body), page.span(paragraph.begin, end)}
            );
        };
        if (heading.holds_list()) {
            note("list.inline");
        }
        if (end - body > kHeadingMax) {
            note("heading.long");
        }
        document.outline.push_back(
            {.level = item.level,
             .marker = page.words(paragraph.begin, paragraph.begin + item.marker.length),
             .text = page.words(body, end),
             .parent = item.parent,
             .span = page.span(paragraph.begin, end),
             .status = words_of(find_status(
                 page,
                 paragraph,
                 {.event = paragraph.first_event,
                  .begin = end,
                  .end = statement == nullptr ? paragraph.end : statement->begin}
             ))}
        );
    }
}

void write_statements(Document& document, const Page& page, const std::vector<Place>& places) {
    document.measures.reserve(places.size());
    for (const Place& place : places) {
        std::size_t marker_end = place.body;
        while (marker_end > place.begin + 1 && (is_blank(page.all()[marker_end - 1]) ||
                                                is_any(page.all()[marker_end - 1], U",、:"))) {
            --marker_end;
        }
        document.measures.push_back(
            {.parent = place.parent,
             .marker = page.words(place.begin, marker_end),
             .text = page.words(place.body, place.end),
             .span = page.span(place.begin, place.end),
             .status = words_of(find_status(
                 page,
                 page.paragraphs[place.paragraph],
                 {.event = place.event, .begin = place.body, .end = place.end}
             ))}
        );
    }
}

void write_dates(Document& document, const Page& page, const std::vector<DatePlace>& places) {
    for (const DatePlace& place : places) {
        DateRange range;
        range.place = page.mention(place.begin, place.end);
        if (place.date.from && place.date.to) {
            range.from = place.date.from->iso();
            range.to = place.date.to->iso();
        }
        document.dates.push_back(std::move(range));
    }
}

/// X月X日, XX中学, ××局: a form to be filled in, whose figures are none.
void note_template(const Page& page, Diagnostics& diagnostics) {
    const auto text = page.all().substr(0, kTemplateLooked);
    std::size_t places = 0;
    std::size_t first = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != U'X' && text[at] != U'×') {
            continue;
        }
        const bool begins = at == 0 || !is_any(text[at - 1], U"X×");
        std::size_t end = at;
        while (is_any(char_at(text, end), U"X×")) {
            ++end;
        }
        const bool alone = at == 0 || !is_ascii_word(text[at - 1]);
        if (begins && alone && is_han(char_at(text, end))) {
            first = places++ == 0 ? at : first;
        }
    }
    if (places >= 3) {
        diagnostics.push_back(
            {"document.template", page.words(first, first + 2), page.span(first, first + 2)}
        );
    }
}

}  // namespace

void read_text(Document& document) {
    document.language = "zh";
    Diagnostics diagnostics;
    for (Diagnostic& known : document.diagnostics) {
        diagnostics.push_back(std::move(known));
    }
    const Page page = lay_out(document.text, diagnostics);
    if (page.paragraphs.empty()) {
        document.diagnostics.push_back({"document.empty", {}, {}});
        return;
    }
    Frame frame;
    Head head = find_head(page, frame, diagnostics);
    document.title = std::move(head.title);
    document.issuer = std::move(head.issuer);
    document.date = std::move(head.date);
    document.source = std::move(head.source);
    find_zones(page, frame);
    const std::vector<Item> items = find_outline(page, frame, diagnostics);
    const std::vector<Place> places = find_statements(page, frame, items, diagnostics);
    write_outline(document, page, items, places, diagnostics);
    write_statements(document, page, places);
    Facts facts = find_facts(page, frame, items, diagnostics);
    write_dates(document, page, facts.dates);
    document.documents = std::move(facts.documents);
    document.quantities = std::move(facts.quantities);
    document.counts = std::move(facts.counts);
    document.window = find_window(page, facts.dates);
    document.contacts = find_contacts(page, frame);
    document.inspection = find_inspection(page, frame, items, facts.dates);
    if (items.empty()) {
        diagnostics.push_back({"outline.absent", {}, {}});
    }
    note_template(page, diagnostics);
    document.diagnostics = diagnostics.take();
}

}  // namespace duban::reading::zh
