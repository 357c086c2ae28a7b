#include "reading/zh/outline.h"

#include <algorithm>
#include <array>
#include <optional>

#include "reading/zh/chars.h"

namespace duban::reading::zh {
namespace {

using text::zh::kMarkerKinds;
using text::zh::Marker;
using text::zh::MarkerKind;
using text::zh::MarkerStrength;

/// 1年, 2个, 3名 …: as likely a figure as a marker.
constexpr std::u32string_view kMeasures =
    U"个名人次项条份所家场件期届批轮种类位天周本部台套处起例亩倍元万亿米分";

std::size_t index_of(MarkerKind kind) {
    return static_cast<std::size_t>(kind);
}

struct HeadingCandidate {
    std::uint32_t paragraph = 0;
    Marker marker;
    bool believed = false;
};

/// Markers that are believed only in a run 1, 2, … of their kind.
class Runs {
public:
    Runs(const Page& page, std::vector<HeadingCandidate>& candidates)
        : page_{page}, candidates_{candidates} {}

    void believe() {
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            HeadingCandidate& candidate = candidates_[i];
            candidate.believed = candidate.marker.strength == MarkerStrength::Plain;
            take(i);
            if (candidate.marker.strength == MarkerStrength::Run && opens_decimals(i)) {
                candidate.believed = true;
            }
        }
        for (std::size_t kind = 0; kind < kMarkerKinds; ++kind) {
            close(kind);
        }
    }

private:
    void take(std::size_t i) {
        const Marker& marker = candidates_[i].marker;
        std::vector<std::size_t>& run = runs_[index_of(marker.kind)];
        const int last = run.empty() ? 0 : candidates_[run.back()].marker.number();
        if (marker.number() == last + 1) {
            run.push_back(i);
        } else if (marker.number() == 1 || marker.strength == MarkerStrength::Plain) {
            close(index_of(marker.kind));
            run.push_back(i);
        }
    }

    void close(std::size_t kind) {
        std::vector<std::size_t>& run = runs_[kind];
        std::size_t clear = 0;
        for (const std::size_t i : run) {
            clear += reads_as_figure(candidates_[i]) ? 0U : 1U;
        }
        const bool starts = !run.empty() && candidates_[run.front()].marker.number() == 1;
        if (starts && run.size() >= 2 && (clear != 0 || run.size() >= 4)) {
            for (const std::size_t i : run) {
                candidates_[i].believed = true;
            }
        }
        run.clear();
    }

    bool reads_as_figure(const HeadingCandidate& candidate) const {
        const auto line = page_.chars(page_.paragraphs[candidate.paragraph]);
        return candidate.marker.strength == MarkerStrength::Run &&
               candidate.marker.body == candidate.marker.length &&
               is_any(char_at(line, candidate.marker.body), kMeasures);
    }

    /// A bare 3 before 3.1.
    bool opens_decimals(std::size_t i) const {
        if (i + 1 == candidates_.size()) {
            return false;
        }
        const Marker& next = candidates_[i + 1].marker;
        return next.kind == MarkerKind::Decimal && next.path[0] == candidates_[i].marker.number() &&
               next.path[1] == 1 && candidates_[i].marker.kind == MarkerKind::Circled;
    }

    const Page& page_;
    std::vector<HeadingCandidate>& candidates_;
    std::array<std::vector<std::size_t>, kMarkerKinds> runs_;
};

/// Puts believed markers into a tree.
class Tree {
public:
    /// Up to `items_max` headings will be added.
    Tree(const Page& page, Diagnostics& diagnostics, std::size_t items_max)
        : page_{page}, diagnostics_{diagnostics} {
        items_.reserve(items_max);
    }

    void restart() {
        open_.clear();
        kinds_ = {};
        above_ = {};
    }

    void add(const HeadingCandidate& candidate) {
        Marker marker = candidate.marker;
        if (marker.kind == MarkerKind::NumberHalf && continues_parens(marker)) {
            marker.kind = MarkerKind::NumberParen;
            marker.unbalanced = true;
        }
        if (!candidate.believed && !is_chained(marker)) {
            return;
        }
        find_place(marker);
        note_number(candidate, marker);
        const int parent = open_.empty() ? -1 : static_cast<int>(open_.back().item);
        for (const Open& open : open_) {
            above_[index_of(open.marker.kind)][index_of(marker.kind)] = true;
        }
        Seen& seen = kinds_[index_of(marker.kind)];
        seen = {marker.number(), open_.empty() ? MarkerKind::None : open_.back().marker.kind, true};
        open_.push_back({marker, items_.size()});
        items_.push_back({candidate.paragraph, marker, static_cast<int>(open_.size()), parent});
    }

    std::vector<Item> items() { return std::move(items_); }

private:
    struct Open {
        Marker marker;
        std::size_t item;
    };
    struct Seen {
        int number = 0;
        MarkerKind parent = MarkerKind::None;
        bool ever = false;
    };

    static bool is_same(const Marker& a, const Marker& b) {
        return a.kind == b.kind && a.depth == b.depth;
    }
    /// Whether `parent` is 1.2 to a 1.2.x, or 1 to a 1.x.
    static bool is_prefix(const Marker& parent, const Marker& child) {
        return parent.depth + 1 == child.depth &&
               std::equal(
                   parent.path.begin(), parent.path.begin() + parent.depth, child.path.begin()
               );
    }

    bool continues_parens(const Marker& marker) const {
        const Seen& seen = kinds_[index_of(MarkerKind::NumberParen)];
        const Seen& own = kinds_[index_of(MarkerKind::NumberHalf)];
        return seen.ever && !own.ever && seen.number + 1 == marker.number();
    }

    bool is_chained(const Marker& marker) const {
        if (marker.strength == MarkerStrength::Run) {
            return false;
        }
        const Seen& seen = kinds_[index_of(marker.kind)];
        if (marker.kind != MarkerKind::Decimal) {
            return marker.number() == 1 || (seen.ever && marker.number() == seen.number + 1);
        }
        const bool known = std::ranges::any_of(open_, [&](const Open& open) {
            return is_prefix(open.marker, marker);
        });
        const bool first = std::all_of(
            marker.path.begin(), marker.path.begin() + marker.depth, [](int n) { return n == 1; }
        );
        return known || first || follows_decimal(marker);
    }

    /// 2.1 behind 1.4, or 1.3 behind 1.2, where no heading 1 or 2 was numbered.
    bool follows_decimal(const Marker& marker) const {
        return std::ranges::any_of(open_, [&](const Open& open) {
            const auto& path = open.marker.path;
            if (open.marker.kind != MarkerKind::Decimal || open.marker.depth != marker.depth) {
                return false;
            }
            const int step = marker.path[0] - path[0];
            return (step == 0 && marker.number() == open.marker.number() + 1) ||
                   (step == 1 && marker.number() == 1);
        });
    }

    /// Closes what is open until the new heading's parent is last.
    void find_place(const Marker& marker) {
        const auto same = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& open) {
            return is_same(open.marker, marker);
        });
        if (marker.kind == MarkerKind::Decimal) {
            const auto parent = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& open) {
                return is_prefix(open.marker, marker);
            });
            if (parent != open_.rend()) {
                open_.erase(parent.base(), open_.end());
                return;
            }
        }
        if (same != open_.rend()) {
            open_.erase(std::prev(same.base()), open_.end());
            return;
        }
        while (!open_.empty() && goes_above(marker, open_.back().marker)) {
            open_.pop_back();
        }
        const Seen& seen = kinds_[index_of(marker.kind)];
        if (seen.ever && marker.number() != 1 && marker.number() == seen.number + 1) {
            return_to(seen.parent, marker.kind);
        }
    }

    bool goes_above(const Marker& marker, const Marker& open) const {
        if (marker.kind == MarkerKind::Decimal && open.kind == MarkerKind::Decimal) {
            return open.depth >= marker.depth;
        }
        return above_[index_of(marker.kind)][index_of(open.kind)] &&
               !above_[index_of(open.kind)][index_of(marker.kind)];
    }

    /// Numbering that runs on across sections goes under the kind it was under before, unless what
    /// lies between is by custom above it: then a level has come in, as 节 between 章 and 条.
    void return_to(MarkerKind parent, MarkerKind kind) {
        const bool known = std::ranges::any_of(open_, [&](const Open& open) {
            return open.marker.kind == parent;
        });
        while (known && open_.back().marker.kind != parent && open_.back().marker.kind > kind) {
            open_.pop_back();
        }
    }

    void note_number(const HeadingCandidate& candidate, const Marker& marker) {
        const Seen& seen = kinds_[index_of(marker.kind)];
        const Paragraph& paragraph = page_.paragraphs[candidate.paragraph];
        const auto note = [&](const char* code) {
            const std::size_t end = paragraph.begin + marker.length;
            diagnostics_.push_back(
                {code, page_.words(paragraph.begin, end), page_.span(paragraph.begin, end)}
            );
        };
        if (marker.unbalanced) {
            note("marker.unbalanced");
        }
        if (marker.number() == 1 || marker.number() == seen.number + 1) {
            return;
        }
        note(marker.number() == seen.number ? "numbering.repeated" : "numbering.gap");
    }

    const Page& page_;
    Diagnostics& diagnostics_;
    std::vector<Item> items_;
    std::vector<Open> open_;
    std::array<Seen, kMarkerKinds> kinds_{};
    std::array<std::array<bool, kMarkerKinds>, kMarkerKinds> above_{};
};

}  // namespace

std::vector<Item> find_outline(const Page& page, const Frame& frame, Diagnostics& diagnostics) {
    std::vector<HeadingCandidate> candidates;
    candidates.reserve(page.paragraphs.size());
    for (std::size_t i = 0; i < page.paragraphs.size(); ++i) {
        if (!frame.is_text(i)) {
            continue;
        }
        const Marker marker = text::zh::marker_at(page.chars(page.paragraphs[i]), 0);
        if (marker.kind != MarkerKind::None) {
            candidates.push_back({static_cast<std::uint32_t>(i), marker});
        }
    }
    Runs{page, candidates}.believe();
    Tree tree{page, diagnostics, candidates.size()};
    std::size_t passed = 0;
    for (const HeadingCandidate& candidate : candidates) {
        for (; passed <= candidate.paragraph; ++passed) {
            if (frame.restarts[passed]) {
                tree.restart();
            }
        }
        tree.add(candidate);
    }
    return tree.items();
}

}  // namespace duban::reading::zh
