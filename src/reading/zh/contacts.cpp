#include <algorithm>
#include <array>
#include <cstddef>

#include "reading/zh/chars.h"
#include "reading/zh/closing.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kKeyReach = 48;
constexpr std::size_t kAddressMax = 120;
constexpr std::size_t kMailboxMax = 64;
constexpr std::size_t kExtensionMax = 6;

enum class Key : std::uint8_t { None, Phone, Fax, Postcode };

struct KeyWord {
    std::u32string_view word;
    Key key;
};
constexpr std::array<KeyWord, 9> kKeys{
    {{U"电话", Key::Phone},
     {U"热线", Key::Phone},
     {U"手机", Key::Phone},
     {U"联系方式", Key::Phone},
     {U"座机", Key::Phone},
     {U"传真", Key::Fax},
     {U"邮编", Key::Postcode},
     {U"邮政编码", Key::Postcode},
     {U"编码", Key::Postcode}}
};

class ContactFinder {
public:
    explicit ContactFinder(const Page& page) : page_{page} {}

    void scan(const Paragraph& paragraph) {
        paragraph_ = paragraph;
        text_ = page_.chars(paragraph);
        free_ = 0;
        for (std::uint32_t i = paragraph.first_event; i < paragraph.last_event; ++i) {
            const std::size_t at = page_.events[i].at - paragraph.begin;
            switch (page_.events[i].mark) {
                case Mark::At: take_email(at); break;
                case Mark::Digit: take_number(at); break;
                case Mark::Address: take_address(at); break;
                case Mark::None:
                case Mark::Stop:
                case Mark::Semicolon:
                case Mark::Colon:
                case Mark::Comma:
                case Mark::Open:
                case Mark::Close:
                case Mark::Han:
                case Mark::Ordinal: break;
            }
        }
    }

    Contacts contacts() { return std::move(contacts_); }

private:
    Mention mention(std::size_t begin, std::size_t end) const {
        return page_.mention(paragraph_.begin + begin, paragraph_.begin + end);
    }

    static bool is_mailbox(char32_t c) { return is_ascii_word(c) || is_any(c, U".-_+"); }

    void take_email(std::size_t at) {
        std::size_t begin = at;
        while (begin > 0 && at - begin < kMailboxMax && is_mailbox(text_[begin - 1])) {
            --begin;
        }
        std::size_t end = at + 1;
        while (end - at < 4 * kMailboxMax && is_mailbox(char_at(text_, end))) {
            ++end;
        }
        while (end > at + 1 && !is_ascii_word(text_[end - 1])) {
            --end;
        }
        const bool dotted = text_.substr(at, end - at).find(U'.') != std::u32string_view::npos;
        if (begin < at && dotted) {
            contacts_.email.push_back(mention(begin, end));
            free_ = end;
        }
    }

    /// The nearest word before `at` that says what a number is.
    Key key_before(std::size_t at) const {
        const std::size_t from = at < kKeyReach ? 0 : at - kKeyReach;
        std::u32string_view before = text_.substr(from, at - from);
        if (const std::size_t stop = before.rfind(U'。'); stop != std::u32string_view::npos) {
            before.remove_prefix(stop + 1);
        }
        std::size_t nearest = 0;
        Key key = Key::None;
        for (const KeyWord& candidate : kKeys) {
            const std::size_t found = before.rfind(candidate.word);
            if (found != std::u32string_view::npos && found + 1 > nearest) {
                nearest = found + 1;
                key = candidate.key;
            }
        }
        return key;
    }

    /// Digits with the signs that telephone numbers have between them.
    struct Run {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t digits = 0;
        std::size_t first = 0;  ///< digits of the first group
        std::size_t groups = 1;
    };
    Run run_at(std::size_t at) const {
        Run run{.begin = at, .end = at};
        for (std::size_t end = at; end - at < 32;) {
            if (is_digit(char_at(text_, end))) {
                ++run.digits;
                run.first += run.groups == 1 ? 1 : 0;
                run.end = ++end;
            } else if ((is_any(char_at(text_, end), U"-—)") && is_digit(char_at(text_, end + 1))) ||
                       parts_number(run, end)) {
                ++run.groups;
                ++end;
            } else {
                break;
            }
        }
        if (at > 0 && text_[at - 1] == U'(' && char_at(text_, run.begin + run.first) == U')') {
            --run.begin;
        }
        return run;
    }

    /// 0551-6350 1234: one blank inside a number that its area code begins.
    bool parts_number(const Run& run, std::size_t at) const {
        return char_at(text_, at) == U' ' && is_digit(char_at(text_, at + 1)) &&
               text_[run.begin] == U'0' && run.groups >= 2 && run.digits < 10;
    }

    /// 转805: where the extension behind a number ends.
    std::size_t extension_end(std::size_t at) const {
        if (char_at(text_, at) != U'转') {
            return at;
        }
        std::size_t end = at + 1;
        while (end - at <= kExtensionMax && is_digit(char_at(text_, end))) {
            ++end;
        }
        return end == at + 1 || is_digit(char_at(text_, end)) ? at : end;
    }

    void take_number(std::size_t at) {
        if (at < free_ || (at > 0 && is_ascii_word(text_[at - 1]))) {
            return;
        }
        Run run = run_at(at);
        if (run.digits < 5 || is_any(char_at(text_, run.end), U"年月日万亿元%@.") ||
            is_ascii_word(char_at(text_, run.end))) {
            return;
        }
        const Key key = key_before(at);
        const bool area = text_[at] == U'0' && (run.first == 3 || run.first == 4) &&
                          run.groups >= 2 && run.digits >= 10 && run.digits <= 17;
        const bool number = run.digits <= 16 && (run.digits == 5 || run.digits >= 7);
        if (key == Key::Postcode && run.digits == 6 && run.groups == 1) {
            contacts_.postcode.push_back(mention(run.begin, run.end));
        } else if ((key == Key::Phone && number) || (area && key != Key::Fax)) {
            run.end = extension_end(run.end);
            contacts_.phone.push_back(mention(run.begin, run.end));
        } else {
            return;
        }
        free_ = run.end;
    }

    void take_address(std::size_t at) {
        constexpr std::array<std::u32string_view, 2> kAddresses{U"地址", U"邮政信箱"};
        std::size_t begin = at + 1;
        if (word_before(text_.substr(0, begin), kAddresses).empty() || at < free_) {
            return;
        }
        while (is_blank(char_at(text_, begin))) {
            ++begin;
        }
        if (!is_any(char_at(text_, begin), U":为")) {
            return;
        }
        ++begin;
        while (is_blank(char_at(text_, begin))) {
            ++begin;
        }
        constexpr std::array<std::u32string_view, 8> kNext{
            U",邮", U"(邮", U" 邮", U"邮政编码", U"邮编", U",电话", U",联系", U",电子"
        };
        std::size_t end = begin;
        while (end < text_.size() && end - begin < kAddressMax && !is_any(text_[end], U"。;@\n") &&
               word_at(text_, end, kNext).empty()) {
            ++end;
        }
        while (end > begin && (is_blank(text_[end - 1]) || is_any(text_[end - 1], U",、"))) {
            --end;
        }
        if (end - begin >= 4 && char_at(text_, end) != U'@' && is_han(text_[begin])) {
            contacts_.address.push_back(mention(begin, end));
            free_ = end;
        }
    }

    const Page& page_;
    Paragraph paragraph_;
    std::u32string_view text_;
    std::size_t free_ = 0;
    Contacts contacts_;
};

}  // namespace

Contacts find_contacts(const Page& page, const Frame& frame) {
    ContactFinder finder{page};
    for (std::size_t i = 0; i < page.paragraphs.size(); ++i) {
        if (frame.zones[i] == Zone::Body || frame.zones[i] == Zone::List) {
            finder.scan(page.paragraphs[i]);
        }
    }
    return finder.contacts();
}

}  // namespace duban::reading::zh
