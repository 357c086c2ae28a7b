// Figures: what a pack counts, each explained to its rows (P05, design "Explain my number").
//
//     const Figures::Turn turn = figures.take_turn();
//     const Figure figure = figures.count(reader, actor, {.name = "by_source_finding"});
//     figure.rate;    // "39.13": closed among fed back, per cent, half up
//     figure.rows;    // every entry that was counted, and under which reason
//
// A figure is a control of kind `figure`: its rows are what is counted (the denominator), `reason`
// is the group a row falls into, `counts:` names the groups of the numerator.

#pragma once

#include <cstdint>
#include <map>
#include <semaphore>
#include <string>
#include <vector>

#include "registers/registers.h"

namespace duban::registers {

/// P08: entries of whose records one is a backfill are told apart from what was done here.
enum class Backfilled { With, Without, Only };

struct FigureRequest {
    std::string name;
    /// Only rows whose fact of this name has this value, as text: source → an id.
    std::map<std::string, std::string> where;
    Backfilled backfilled = Backfilled::With;
};

struct Figure {
    struct Row {
        core::Id entry;
        std::string number;
        std::string title;  ///< of its title field; empty where it has none
        std::string reason;
        core::JsonObject facts;  ///< null also where it is withheld
        /// Facts that are ids of entries which the actor may not read.
        std::vector<std::string> restricted = {};
        bool backfilled = false;
    };
    /// Of a fact that is added up: over the rows that have it.
    struct Sum {
        std::int64_t sum = 0;
        std::int64_t rows = 0;
        bool operator==(const Sum&) const = default;
    };

    const declarations::Control* declared = nullptr;
    std::map<std::string, std::int64_t> groups;
    std::int64_t counted = 0;     ///< the numerator
    std::int64_t total = 0;       ///< the denominator
    std::int64_t backfilled = 0;  ///< rows of entries that came in by backfill, among those counted
    std::map<std::string, Sum> sums;
    std::string rate;  ///< per cent; empty where nothing is to be counted
    std::vector<Row> rows;
    std::shared_ptr<const Adopted> adopted;  ///< keeps `declared` alive
};

inline constexpr std::size_t kFigureRowsMax = 20'000;
inline constexpr std::ptrdiff_t kFigureTurns = 2;  ///< of the store's eight readers

/// `part` of `whole` in per cent with `places` decimals, rounded half up; empty when `whole` is 0.
[[nodiscard]] std::string percent(std::int64_t part, std::int64_t whole, int places = 2);

/// Safe to use from several threads.
class Figures {
public:
    /// One of few turns to count or to check: it may take its minute where there are many rows, and
    /// readers have to be left to everybody else (E28).
    class Turn {
    public:
        explicit Turn(std::counting_semaphore<kFigureTurns>& turns) : turns_{turns} {
            turns_.acquire();
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() { turns_.release(); }

    private:
        std::counting_semaphore<kFigureTurns>& turns_;
    };

    explicit Figures(const Registers& registers) : registers_{registers} {}

    /// Waits for a turn that is free. Before a reader is asked for: whoever waits holds none.
    [[nodiscard]] Turn take_turn() const { return Turn{turns_}; }

    /// Those over registers of which the actor may read entries.
    [[nodiscard]] std::vector<const declarations::Control*> list(
        const Adopted& adopted, const access::Actor& actor
    ) const;

    /// The controls that are no figures, likewise: facts, hints, invariants.
    [[nodiscard]] std::vector<const declarations::Control*> controls(
        const Adopted& adopted, const access::Actor& actor
    ) const;

    /// Over what the actor may read: rows of entries that he may, and of a fact that is the id of
    /// another one only that it is restricted; no filter finds it. Problem{NotFound,
    /// "figure.not_found"},
    /// Problem{Invalid, "query.filter_not_declared"} for a fact the figure does not have,
    /// Problem{Rejected, "figure.too_large"} past kFigureRowsMax rows.
    [[nodiscard]] Figure count(
        store::Reader& reader, const access::Actor& actor, const FigureRequest& request
    ) const;

    /// What a control finds now, each entry with its reason; nothing is kept of it. The same
    /// refusals, and Problem{NotFound, "control.not_found"}.
    [[nodiscard]] Figure check(
        store::Reader& reader, const access::Actor& actor, const FigureRequest& request
    ) const;

private:
    [[nodiscard]] std::vector<const declarations::Control*> declared(
        const Adopted& adopted, const access::Actor& actor, bool figures
    ) const;
    [[nodiscard]] Figure run(
        store::Reader& reader,
        const access::Actor& actor,
        const FigureRequest& request,
        Figure figure
    ) const;

    const Registers& registers_;
    mutable std::counting_semaphore<kFigureTurns> turns_{kFigureTurns};
};

}  // namespace duban::registers
