// The outline markers of official Chinese papers, at the head of a paragraph of folded text:
// 第一章 · 第一条 · 一、 · (一) · 问题一: · 1. · (1) · 1) · ① · 1.2.1 · A. · II.
//
//     const Marker m = marker_at(U"(二)关于作风", 0);    // HanParen, number 2, length 3
//
// What a marker means in its document (its level, whether a weak one is one at all) is decided by
// who sees the whole document; here stands only what it looks like.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace duban::text::zh {

enum class MarkerKind : std::uint8_t {
    None,
    Volume,       ///< 第一编, 第一篇
    Division,     ///< 第一部分
    Chapter,      ///< 第一章
    Section,      ///< 第一节
    Article,      ///< 第一条
    HanComma,     ///< 一、
    HanParen,     ///< (一)
    Named,        ///< 问题一:, 任务3.
    Number,       ///< 1. or 1、
    Decimal,      ///< 1.2.1
    NumberParen,  ///< (1)
    NumberHalf,   ///< 1)
    Circled,      ///< ①, or a bare 1 where NFKC took the circle
    Letter,       ///< A. a)
    Roman         ///< II.
};
inline constexpr std::size_t kMarkerKinds = 16;
inline constexpr std::size_t kMarkerDepthMax = 6;

/// How much a marker needs from its neighbours before it is believed.
enum class MarkerStrength : std::uint8_t {
    Plain,    ///< believed by itself
    Chained,  ///< believed when its number follows one that was
    Run       ///< believed in a run 1, 2, … of its kind
};

struct Marker {
    MarkerKind kind = MarkerKind::None;
    MarkerStrength strength = MarkerStrength::Plain;
    bool unbalanced = false;                           ///< a bracket is missing
    std::uint8_t depth = 1;                            ///< numbers in `path`
    std::array<std::int16_t, kMarkerDepthMax> path{};  ///< 1.2.1 has three, any other one
    std::uint32_t length = 0;                          ///< folded characters of the marker
    std::uint32_t body = 0;                            ///< where the heading begins, blanks passed

    [[nodiscard]] int number() const { return path[depth - 1U]; }
};

/// The marker that begins at `at`; kind None when none does, or when nothing follows it.
[[nodiscard]] Marker marker_at(std::u32string_view paragraph, std::size_t at);

/// 1.2023年: an item that begins with its year, and no decimal.
[[nodiscard]] bool is_year_item(std::u32string_view text);

[[nodiscard]] inline bool is_blank(char32_t c) {
    return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x200B || c == 0xFEFF;
}

}  // namespace duban::text::zh
