// The records of a ledger of the rectification pack, in the order in which offices make them, each
// lawful: an item is entered, its measures are entered, issued, reported on three times; of twenty
// measures one waits for its unit, one for the office, two are struck off, sixteen are in progress.
//
//     Ledger ledger{house, people, size, vocabulary};
//     while (ledger.measures_left() > 0) { drafts = ledger.next(); … }

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/house.h"
#include "load/people.h"
#include "load/vocabulary.h"

namespace duban::bench {

inline constexpr std::int64_t kReportsPerMeasure = 3;
inline constexpr std::int64_t kMeasuresPerItem = 100;

class Ledger {
public:
    Ledger(
        const app::House& house, const People& people, std::int64_t measures, Vocabulary& vocabulary
    );

    [[nodiscard]] std::int64_t measures_left() const { return measures_ - made_; }
    /// The records of the next measure, with those of its item when it is the item's first.
    [[nodiscard]] std::vector<journal::Draft> next();

private:
    /// One entry on its way through its procedure.
    struct Subject {
        std::string register_name;
        core::Id id;
        core::Id unit;
        std::string number;
        std::string state;
        std::int64_t revision = 0;
    };

    [[nodiscard]] Subject subject(
        const std::string& register_name, const core::Id& unit, std::string number
    );
    /// The next record of `subject` by `by`, which leaves it in `state`.
    void step(Subject& subject, const std::string& action, std::string state, const Holder& by);
    journal::Draft& last() { return drafts_.back(); }
    void change(const std::string& field, core::Json value);
    void change(const std::string& field, const std::string& text);
    void open_notice();
    void open_item(const UnitPeople& unit);
    void open_measure(Subject& measure, const UnitPeople& unit);
    void report(Subject& measure, const UnitPeople& unit);
    void apply_close(Subject& measure, const UnitPeople& unit);
    void pass_unit(Subject& measure, const UnitPeople& unit);
    void strike_off(Subject& measure);
    [[nodiscard]] journal::Signature signature(const Holder& signer, const std::string& role) const;
    [[nodiscard]] core::JsonObject running(const calendar::Due& due, const std::string& holder)
        const;

    const app::House& house_;
    const People& people_;
    std::int64_t measures_;
    Vocabulary& vocabulary_;
    core::Random& random_;
    calendar::Date today_;
    std::string declaration_;
    std::string parameters_;
    calendar::Due review_;
    std::vector<journal::Draft> drafts_;
    std::vector<Subject> items_;  ///< the newest of each unit
    Subject notice_;
    core::JsonObject finish_;  ///< the running deadline of the measure being made
    std::int64_t made_ = 0;
    std::int64_t items_made_ = 0;
};

}  // namespace duban::bench
