#include "reading/zh/markup.h"

#include <algorithm>
#include <array>
#include <string>

#include "reading/zh/chars.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kTagMax = 2000;
constexpr std::size_t kEntityMax = 10;
constexpr std::size_t kEmphasisMax = 40;

constexpr std::array<std::u32string_view, 20> kBlockTags{
    U"p",     U"br", U"div", U"h1", U"h2",      U"h3", U"h4",    U"h5",   U"h6",   U"tr",
    U"table", U"li", U"ul",  U"ol", U"section", U"hr", U"title", U"body", U"html", U"tbody"
};
constexpr std::array<std::u32string_view, 23> kInlineTags{
    U"span", U"strong", U"b",     U"i",     U"u",     U"em",  U"a",      U"font",
    U"img",  U"td",     U"th",    U"o:p",   U"sub",   U"sup", U"center", U"head",
    U"meta", U"link",   U"input", U"label", U"small", U"big", U"col"
};
constexpr std::array<std::u32string_view, 2> kHiddenTags{U"script", U"style"};

struct Entity {
    std::u32string_view name;
    char32_t value;
};
constexpr std::array<Entity, 14> kEntities{
    {{U"nbsp", U' '},
     {U"ensp", U' '},
     {U"emsp", U' '},
     {U"amp", U'&'},
     {U"lt", U'<'},
     {U"gt", U'>'},
     {U"quot", U'"'},
     {U"ldquo", U'“'},
     {U"rdquo", U'”'},
     {U"middot", U'·'},
     {U"mdash", U'—'},
     {U"hellip", U'…'},
     {U"lsquo", U'‘'},
     {U"rsquo", U'’'}}
};

enum class TagKind { None, Block, Inline, Hidden };

struct Tag {
    TagKind kind = TagKind::None;
    std::size_t length = 0;
    std::u32string name;
};

template <typename Words>
bool is_one_of(std::u32string_view name, const Words& words) {
    return std::ranges::find(words, name) != words.end();
}

/// Whether a line begins as in Markdown: #, **, a star and a blank, or is *whole*.
bool is_markdown(std::u32string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(U'\n', at), text.size());
        const auto line = trimmed(text.substr(at, end - at));
        const bool star = line.starts_with(U"*") && line.size() > 1;
        if (line.starts_with(U"# ") || line.starts_with(U"##") ||
            (star && (line[1] == U'*' || is_blank(line[1]) || line.back() == U'*'))) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

class Cleaner {
public:
    explicit Cleaner(const text::Folded& folded)
        : in_{folded}, text_{folded.chars}, markdown_{is_markdown(folded.chars)} {
        out_.chars.reserve(text_.size());
        out_.offsets.reserve(text_.size() + 1);
    }

    text::Folded cleaned() {
        while (at_ < text_.size()) {
            step();
        }
        out_.offsets.push_back(in_.offsets.back());
        return std::move(out_);
    }

private:
    void keep(char32_t c) {
        out_.chars += c;
        out_.offsets.push_back(in_.offsets[at_]);
        line_start_ = is_line_break(c) || (line_start_ && is_blank(c));
    }

    void step() {
        const char32_t c = text_[at_];
        if (c == U'<' && skip_tag()) {
            return;
        }
        if (c == U'&' && take_entity()) {
            return;
        }
        if ((c == U'*' || c == U'_' || c == U'`' || c == U'#' || c == U'>') && skip_signs(c)) {
            return;
        }
        if (c == U'\\' && is_any(char_at(text_, at_ + 1), U".()[]*#_-")) {
            ++at_;
            keep(text_[at_]);
            ++at_;
            return;
        }
        if (c != 0x200B && c != 0xFEFF && c != 0xAD && c != 0x200C && c != 0x200D && c != 0x2060) {
            keep(c);
        }
        ++at_;
    }

    Tag tag_here() const {
        std::size_t at = at_ + 1;
        at += char_at(text_, at) == U'/' ? 1U : 0U;
        Tag tag;
        while (tag.name.size() < 8 &&
               (is_ascii_word(char_at(text_, at)) || char_at(text_, at) == U':')) {
            const char32_t c = text_[at++];
            tag.name += c >= U'A' && c <= U'Z' ? c + 32 : c;
        }
        const TagKind kind = is_one_of(tag.name, kBlockTags)    ? TagKind::Block
                             : is_one_of(tag.name, kInlineTags) ? TagKind::Inline
                             : is_one_of(tag.name, kHiddenTags) ? TagKind::Hidden
                                                                : TagKind::None;
        if (kind == TagKind::None || !is_any(char_at(text_, at), U" \t\r\n/>")) {
            return {};
        }
        const std::size_t limit = std::min(text_.size(), at_ + kTagMax);
        while (at < limit && text_[at] != U'>' && text_[at] != U'<') {
            ++at;
        }
        if (char_at(text_, at) != U'>') {
            return {};
        }
        tag.kind = kind;
        tag.length = at + 1 - at_;
        return tag;
    }

    bool skip_tag() {
        if (stands_at(text_, at_, U"<!--")) {
            return skip_to(U"-->", comment_end_);
        }
        const Tag tag = tag_here();
        if (tag.kind == TagKind::None) {
            return false;
        }
        if (tag.kind == TagKind::Hidden && char_at(text_, at_ + 1) != U'/') {
            const bool script = tag.name == U"script";
            return skip_to(script ? U"</script>" : U"</style>", script ? script_end_ : style_end_);
        }
        if (tag.kind == TagKind::Block) {
            keep(U'\n');
        }
        at_ += tag.length;
        return true;
    }

    /// Passes what ends with `end`. `known` remembers where the next end is, so that a text of
    /// openings without ends is searched once.
    bool skip_to(std::u32string_view end, std::size_t& known) {
        if (known != std::u32string_view::npos && known < at_ + 1) {
            known = text_.find(end, at_);
        }
        if (known == std::u32string_view::npos) {
            return false;
        }
        at_ = known + end.size();
        return true;
    }

    bool take_entity() {
        std::size_t end = at_ + 1;
        while (end - at_ <= kEntityMax &&
               (is_ascii_word(char_at(text_, end)) || char_at(text_, end) == U'#')) {
            ++end;
        }
        if (char_at(text_, end) != U';') {
            return false;
        }
        const std::u32string_view name = text_.substr(at_ + 1, end - at_ - 1);
        char32_t value = numeric_entity(name);
        for (const Entity& entity : kEntities) {
            value = entity.name == name ? entity.value : value;
        }
        if (value == 0) {
            return false;
        }
        keep(value == 0xA0 ? U' ' : value);
        at_ = end + 1;
        return true;
    }

    static char32_t numeric_entity(std::u32string_view name) {
        if (name.size() < 3 || name[0] != U'#') {
            return 0;
        }
        const bool hex = name[1] == U'x' || name[1] == U'X';
        char32_t value = 0;
        for (const char32_t c : name.substr(hex ? 2 : 1)) {
            const char32_t lower = c | 0x20U;
            const bool letter = hex && lower >= U'a' && lower <= U'f';
            if (!is_digit(c) && !letter) {
                return 0;
            }
            value = value * (hex ? 16 : 10) + (letter ? lower - U'a' + 10 : c - U'0');
            if (value > 0x10FFFF) {
                return 0;
            }
        }
        return value;
    }

    /// Markdown: ** and __ anywhere, a single * at the edge of a line or in a pair, # and > before
    /// one. A star elsewhere than in Markdown masks a name or a number: 张*, 李**, 138****5678.
    bool skip_signs(char32_t sign) {
        std::size_t end = at_;
        while (char_at(text_, end) == sign) {
            ++end;
        }
        const char32_t after = char_at(text_, end);
        const bool edge = line_start_ || after == 0 || is_line_break(after);
        const std::size_t count = end - at_;
        const char32_t before = at_ == 0 ? U'\0' : text_[at_ - 1];
        const bool masks =
            count > 2 && (is_ascii_word(before) || is_ascii_word(after) || sign == U'_');
        bool drop = false;
        if (sign == U'#' || sign == U'>') {
            drop = line_start_;
        } else if (sign == U'*') {
            drop = markdown_ && !masks &&
                   (count >= 2 || pairs(count, before) || (edge && !is_any(after, U" \t")) ||
                    (edge && count == 1 && line_start_));
        } else {
            drop = !masks && count == 2;
        }
        if (!drop) {
            for (; at_ < end; ++at_) {
                keep(sign);
            }
            return true;
        }
        at_ = end;
        return true;
    }

    /// One of the two signs of *word*, between which stand no blank and no other sign.
    bool pairs(std::size_t count, char32_t before) {
        if (count != 1 || at_ == pair_end_) {
            return count == 1;
        }
        const std::size_t limit = std::min(text_.size(), at_ + kEmphasisMax);
        std::size_t end = at_ + 1;
        while (end < limit && (is_han(text_[end]) || is_ascii_word(text_[end]))) {
            ++end;
        }
        const bool closes =
            end > at_ + 1 && char_at(text_, end) == U'*' && char_at(text_, end + 1) != U'*';
        if (!closes || is_ascii_word(before)) {
            return false;
        }
        pair_end_ = end;
        return true;
    }

    const text::Folded& in_;
    std::u32string_view text_;

    bool markdown_;
    std::size_t at_ = 0;
    bool line_start_ = true;
    std::size_t comment_end_ = 0;
    std::size_t script_end_ = 0;
    std::size_t style_end_ = 0;
    std::size_t pair_end_ = SIZE_MAX;
    text::Folded out_;
};

}  // namespace

text::Folded without_markup(const text::Folded& folded) {
    return Cleaner{folded}.cleaned();
}

}  // namespace duban::reading::zh
