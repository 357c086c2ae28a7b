// What a house answers, as lines: searches, lists in every view and sort page by page, counters,
// rules, single entries with their rounds, deadlines and offers, certificates and the checkpoint.

#pragma once

#include <string>
#include <vector>

#include "town.h"
#include "values.h"

namespace duban::history {

inline constexpr std::size_t kSearches = 200;
inline constexpr std::size_t kEntriesShown = 150;

class Answers {
public:
    Answers(Town& town, std::uint64_t seed, const std::vector<Made>& made);

    /// All of them, in one order.
    [[nodiscard]] std::vector<std::string> all();
    /// The signed tree head.
    [[nodiscard]] std::string checkpoint();

private:
    void searches();
    void lists();
    void list(const access::Actor& actor, const registers::ListRequest& request);
    void ranges(const access::Actor& actor, const declarations::Register& declared);
    void counters();
    void rules();
    void run(const declarations::Control& control, const core::Id& entry);
    void entries();
    void certificates();
    void say(const std::string& line) { lines_.push_back(line); }

    Town& town_;
    Chance chance_;
    Values values_;
    const std::vector<Made>& made_;
    std::vector<access::Actor> actors_;
    std::vector<std::string> lines_;
};

}  // namespace duban::history
