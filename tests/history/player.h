// Plays a random history: mostly what people may do, at times what they may not. Every try leaves
// one line: who, what, on which entry, and what came of it, with the head of the journal after it,
// so that two histories that differ differ first in the line where they parted.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chance.h"
#include "changes.h"
#include "town.h"
#include "values.h"

namespace duban::history {

/// What a history came to, counted.
struct Tally {
    std::size_t done = 0;
    std::size_t refused = 0;
    std::map<std::string, std::size_t> actions;   ///< done, by register and action
    std::map<std::string, std::size_t> refusals;  ///< by code
    std::size_t bugs = 0;                         ///< a broken promise of our own
};

class Player {
public:
    Player(Town& town, std::uint64_t seed)
        : town_{town}, chance_{seed}, values_{town, chance_}, changes_{town, chance_, values_} {}

    /// Plays until `actions` are done, with the tries that are refused between them; the second
    /// version of the trial pack comes in the middle.
    void play(std::size_t actions);

    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
    [[nodiscard]] const Tally& tally() const { return tally_; }
    [[nodiscard]] const std::vector<Made>& made() { return values_.made(); }

private:
    struct Found {
        std::string state;
        std::int64_t revision = 0;
        core::Id unit;
        core::Id opened_by;
    };

    void pass_time(std::size_t actions);
    void adopt_in_the_middle(std::size_t actions);
    void one_step();
    void open_one();
    void act_once();
    void backfill();
    void send(const core::Id& person, const registers::Request& request);
    void note(const std::string& what, const std::string& outcome);
    std::string told(const registers::Applied& applied);
    /// Entries that the newest records opened, and the leaf of the last one.
    std::string follow_records();

    std::optional<Found> find(const Made& made);
    const Made& some_entry();
    /// Nothing leads on from its state.
    [[nodiscard]] bool is_over(const Made& made, const Found& found) const;
    core::Id actor_for(
        const declarations::Action& action, const core::Id& unit, const core::Id& opened_by
    );
    core::JsonObject fields_for(
        const declarations::Register& declared,
        const declarations::Action& action,
        const core::Id& person
    );
    core::JsonObject inputs_for(
        const declarations::Register& declared,
        const declarations::Action& action,
        const core::Id& person
    );
    void add_paper(
        registers::Request& request,
        const declarations::Action& action,
        const core::Id& unit,
        const core::Id& person
    );
    std::optional<core::Id> recorded_signature(const core::Id& entry);

    Town& town_;
    Chance chance_;
    Values values_;
    Changes changes_;
    std::vector<std::string> lines_;
    Tally tally_;
    std::int64_t followed_ = 0;
    int adoptions_ = 0;
    std::optional<std::pair<core::Id, registers::Request>> last_keyed_;
};

}  // namespace duban::history
