#include "reading/zh/head.h"

#include <algorithm>
#include <array>

#include "reading/zh/chars.h"
#include "reading/zh/title.h"
#include "text/zh/dates.h"

namespace duban::reading::zh {
namespace {

using text::zh::DateText;
using text::zh::MarkerKind;

constexpr std::size_t kHeaderParagraphs = 40;
constexpr std::size_t kSentenceMin = 50;
constexpr std::size_t kSignatureMax = 70;
constexpr std::size_t kUnderTitle = 3;
constexpr std::size_t kSignersMax = 4;

constexpr std::array<std::u32string_view, 5> kSourceKeys{
    U"来源", U"信息来源", U"稿源", U"文章来源", U"稿件来源"
};
constexpr std::array<std::u32string_view, 8> kDateKeys{
    U"成文日期", U"发布日期", U"发布时间", U"印发日期", U"日期", U"时间", U"发文日期", U"生成日期"
};
constexpr std::array<std::u32string_view, 6> kIssuerKeys{
    U"发布机构", U"发文机关", U"发文单位", U"发布单位", U"制发单位", U"发文机构"
};
constexpr std::array<std::u32string_view, 3> kSecrets{U"绝密", U"机密", U"秘密"};

/// A field of the header: the value behind key and colon, up to the next blank.
template <typename Keys>
std::optional<std::pair<std::size_t, std::size_t>> find_field(
    const Page& page, std::size_t last, const Keys& keys
) {
    for (std::size_t i = 0; i < last; ++i) {
        const Paragraph& paragraph = page.paragraphs[i];
        for (std::uint32_t e = paragraph.first_event; e < paragraph.last_event; ++e) {
            if (page.events[e].mark != Mark::Colon) {
                continue;
            }
            const std::size_t colon = page.events[e].at;
            const std::size_t from =
                std::max<std::size_t>(paragraph.begin, colon < 10 ? 0 : colon - 10);
            if (word_before(std::u32string_view{squeezed(page.chars(from, colon))}, keys).empty()) {
                continue;
            }
            std::size_t begin = colon + 1;
            while (begin < paragraph.end && is_blank(page.all()[begin])) {
                ++begin;
            }
            std::size_t end = begin;
            while (end < paragraph.end && !is_blank(page.all()[end]) &&
                   !is_any(page.all()[end], U"|】];。")) {
                ++end;
            }
            if (end > begin) {
                return std::pair{begin, end};
            }
        }
    }
    return std::nullopt;
}

/// Where a date begins that ends a short line; nullopt when none does.
std::optional<std::pair<std::size_t, DateText>> closing_date(std::u32string_view line) {
    if (line.size() > kSignatureMax) {
        return std::nullopt;
    }
    for (std::size_t at = 0; at < line.size(); ++at) {
        const Mark mark = mark_of(line[at]);
        const bool run = at != 0 && mark_of(line[at - 1]) == mark;
        if ((mark != Mark::Digit && mark != Mark::Han) || run) {
            continue;
        }
        const DateText date = text::zh::date_at(line, at, {});
        if (date.length != 0 && at + date.length == line.size() && !date.range &&
            (!date.from || date.from == date.to)) {
            return std::pair{at, date};
        }
    }
    return std::nullopt;
}

struct Signature {
    std::size_t paragraph = 0;
    std::optional<Mention> issuer;
    std::optional<std::string> date;
};

/// A short line of Han characters and nothing else, no heading: over a date it is a signature.
bool is_plain_name(std::u32string_view line) {
    return line.size() >= 3 && line.size() <= 30 &&
           std::ranges::all_of(line, [](char32_t c) { return is_han(c) || is_blank(c); }) &&
           text::zh::marker_at(line, 0).kind == MarkerKind::None;
}

/// A name without the note that a seal stands here: …委员会(盖章).
std::u32string_view without_seal(std::u32string_view name) {
    constexpr std::array<std::u32string_view, 4> kSeals{U"(盖章)", U"(公章)", U"(印章)", U"(章)"};
    return trimmed(name.substr(0, name.size() - word_before(name, kSeals).size()));
}

/// A body's name that stands alone in its line, without a mark of any other use.
bool is_signer(std::u32string_view line) {
    return is_plain_name(line) && is_body_name(line);
}

/// A lone short line above the date, or the words before it on its line.
std::optional<Mention> signer(
    const Page& page, const Frame& frame, std::size_t i, std::size_t date_at
) {
    const Paragraph& paragraph = page.paragraphs[i];
    if (date_at != 0) {
        const auto name = trimmed(page.chars(paragraph.begin, paragraph.begin + date_at));
        const auto begin = static_cast<std::size_t>(name.data() - page.all().data());
        return is_body_name(name) ? std::optional{page.mention(begin, begin + name.size())}
                                  : std::nullopt;
    }
    if (i == 0 || i <= frame.title_last) {
        return std::nullopt;
    }
    const Paragraph& before = page.paragraphs[i - 1];
    if (!is_body_name(without_seal(page.chars(before))) && !is_plain_name(page.chars(before))) {
        return std::nullopt;
    }
    Mention issuer =
        page.mention(before.begin, before.begin + without_seal(page.chars(before)).size());
    for (std::size_t above = i - 1; above > frame.title_last + 1 && i - above < kSignersMax;) {
        // 中共…委办公室 / …人民政府办公室: bodies that sign together stand in adjacent lines.
        if (page.paragraphs[above].after_blank ||
            !is_signer(page.chars(page.paragraphs[--above]))) {
            break;
        }
        const Paragraph& other = page.paragraphs[above];
        issuer.text.insert(0, page.words(other.begin, other.end) + " ");
        issuer.span.begin = page.span(other.begin, other.end).begin;
    }
    return issuer;
}

std::optional<Signature> find_signature(const Page& page, const Frame& frame) {
    std::optional<Signature> bare;
    for (std::size_t i = page.paragraphs.size(); i-- > frame.title_last;) {
        const auto line = page.chars(page.paragraphs[i]);
        const auto found = closing_date(line);
        if (!found) {
            continue;
        }
        Signature signature;
        signature.paragraph = i;
        if (found->second.from) {
            signature.date = found->second.from->iso();
        }
        signature.issuer = signer(page, frame, i, found->first);
        if (signature.issuer) {
            return signature;
        }
        if (!bare && found->first == 0) {
            bare = signature;
        }
    }
    return bare;
}

/// The words of the title before 关于, where a body is named.
std::optional<Mention> title_issuer(const Page& page, const Frame& frame) {
    for (std::size_t i = frame.title_first; i < frame.title_last; ++i) {
        const Paragraph& paragraph = page.paragraphs[i];
        const auto line = page.chars(paragraph);
        const std::size_t about = line.find(U"关于");
        std::size_t label = 0;
        if (!line.empty() && (line[0] == U'【' || line[0] == U'[')) {
            label = line.find_first_of(U"】]") == std::u32string_view::npos
                        ? 0
                        : line.find_first_of(U"】]") + 1;
        }
        const bool alone = about == std::u32string_view::npos && i + 1 < frame.title_last;
        const auto name = trimmed(line.substr(label, (alone ? line.size() : about) - label));
        if ((alone || about != std::u32string_view::npos) && about != 0 && is_body_name(name)) {
            const std::size_t begin = static_cast<std::size_t>(name.data() - page.all().data());
            return page.mention(begin, begin + name.size());
        }
    }
    return std::nullopt;
}

/// A day of its own under the title: (2023年12月18日), or ——2023年12月25日在…会议上.
std::optional<std::string> date_under_title(const Page& page, const Frame& frame) {
    const std::size_t last = std::min(page.paragraphs.size(), frame.title_last + kUnderTitle);
    for (std::size_t i = frame.title_last; i < last; ++i) {
        const auto line = page.chars(page.paragraphs[i]);
        const std::size_t at = line.find_first_not_of(U"(—–-");
        if (line.size() > kSignatureMax || at == 0 || at == std::u32string_view::npos) {
            continue;
        }
        const DateText date = text::zh::date_at(line, at, {});
        const auto rest = line.substr(std::min(line.size(), at + date.length));
        if (date.length != 0 && date.from && date.from == date.to &&
            (rest == U")" || (rest.starts_with(U"在") && rest.ends_with(U"上")))) {
            return date.from->iso();
        }
    }
    return std::nullopt;
}

std::optional<std::string> field_date(const Page& page, std::size_t last) {
    const auto field = find_field(page, last, kDateKeys);
    if (!field) {
        return std::nullopt;
    }
    const DateText date = text::zh::date_at(page.all(), field->first, {});
    return date.length != 0 && date.from && date.from == date.to ? std::optional{date.from->iso()}
                                                                 : std::nullopt;
}

/// Where the mark that begins at `at` of a squeezed line ends; 0 when it is only a word.
std::size_t mark_end(std::u32string_view line, std::size_t at, bool whole_line) {
    const char32_t before = at == 0 ? U'\0' : line[at - 1];
    if (before != 0 && !is_digit(before) && before != U':' && !is_any(before, U"[【(")) {
        return 0;
    }
    std::size_t end = at + 2;
    end += char_at(line, end) == U'级' && end + 1 == line.size() ? 1U : 0U;
    if (is_any(char_at(line, end), U"★☆⭐*")) {
        ++end;
        while (is_digit(char_at(line, end)) ||
               is_any(char_at(line, end), U"年个月长期一二三四五六七八九十启用前")) {
            ++end;
        }
        return end;
    }
    const char32_t after = char_at(line, end);
    const bool ends = after == 0 || is_any(after, U"]】)") || is_digit(after) ||
                      stands_at(line, end, U"特急") || stands_at(line, end, U"加急");
    return whole_line && ends ? end : 0;
}

}  // namespace

std::size_t header_end(const Page& page) {
    const std::size_t last = std::min(page.paragraphs.size(), kHeaderParagraphs);
    for (std::size_t i = 0; i < last; ++i) {
        const auto line = page.chars(page.paragraphs[i]);
        const MarkerKind kind = text::zh::marker_at(line, 0).kind;
        const bool sentence =
            line.size() >= kSentenceMin && line.find(U'。') != std::u32string_view::npos;
        if (sentence || kind == MarkerKind::HanComma || kind == MarkerKind::HanParen) {
            return i;
        }
    }
    return last;
}

void find_secrecy_mark(const Page& page, std::size_t header_end, Diagnostics& diagnostics) {
    constexpr std::size_t kLooked = 60;
    const std::size_t last = std::min(page.paragraphs.size(), header_end + 1);
    for (std::size_t i = 0; i < last; ++i) {
        const Paragraph& paragraph = page.paragraphs[i];
        std::u32string line;
        std::vector<std::size_t> places;
        for (std::size_t at = paragraph.begin; at < paragraph.end && line.size() < kLooked; ++at) {
            if (!is_blank(page.all()[at])) {
                line += page.all()[at];
                places.push_back(at);
            }
        }
        for (std::size_t at = 0; at + 1 < line.size(); ++at) {
            const bool word = !word_at(std::u32string_view{line}, at, kSecrets).empty();
            const std::size_t end = word ? mark_end(line, at, paragraph.size() < kLooked) : 0;
            if (end != 0) {
                const std::size_t begin = places[at];
                const std::size_t past = places[end - 1] + 1;
                diagnostics.push_back(
                    {"secrecy.mark", page.words(begin, past), page.span(begin, past)}
                );
                return;
            }
        }
    }
}

Head find_head(const Page& page, Frame& frame, Diagnostics& diagnostics) {
    Head head;
    head.title = find_title(page, frame, diagnostics);
    const std::size_t header = std::max(header_end(page), frame.title_last);
    find_secrecy_mark(page, header, diagnostics);
    const std::optional<Signature> signature = find_signature(page, frame);
    frame.signature =
        signature && signature->issuer ? signature->paragraph : page.paragraphs.size();
    const std::size_t last = std::min(page.paragraphs.size(), header + 1);
    if (const auto source = find_field(page, last, kSourceKeys)) {
        head.source = page.mention(source->first, source->second);
    }
    if (signature) {
        head.issuer = signature->issuer;
        head.date = signature->date;
    }
    if (!head.issuer) {
        head.issuer = title_issuer(page, frame);
    }
    if (const auto field = find_field(page, last, kIssuerKeys); !head.issuer && field) {
        head.issuer = page.mention(field->first, field->second);
    }
    if (!head.date) {
        head.date = date_under_title(page, frame);
    }
    if (!head.date) {
        head.date = field_date(page, last);
    }
    return head;
}

}  // namespace duban::reading::zh
