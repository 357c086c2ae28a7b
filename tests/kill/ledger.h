// What clients asked of a program and what it acknowledged: entries of the register of concurrent
// posts, each with its number, by requests that carry an Idempotency-Key.
//
//     Ledger ledger{program};
//     Entry entry = ledger.new_entry("one");
//     while (ledger.go_on(entry) == Outcome::Done && entry.steps < kSteps) {}
//     EXPECT_EQ(ledger.find_fault(), "");

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "program.h"

namespace duban::kill {

/// Opened, handed in (and numbered), approved by one reviewer, approved by the other.
inline constexpr std::size_t kSteps = 4;

/// What the client knows of an entry.
struct Entry {
    std::string name;   ///< told apart by it
    core::Json fields;  ///< with which it is opened
    std::string id;
    std::string number;
    std::size_t steps = 0;                ///< acknowledged
    std::vector<std::int64_t> revisions;  ///< after each of them
};

enum class Outcome {
    Done,
    Refused,  ///< the answer says why
    Unknown   ///< no answer came
};

class Ledger {
public:
    /// Uploads the paper that all its entries name; the program serves.
    explicit Ledger(Program& program);

    [[nodiscard]] Entry new_entry(const std::string& name) const;

    /// Does the entry's next step, or asks for it again under the same key. Safe to call for
    /// several entries at once.
    Outcome go_on(Entry& entry, Answer* answer = nullptr) const;
    /// Asks again for each step that was acknowledged. What is wrong with the answers; empty:
    /// each is the first answer again, and nothing was done twice.
    [[nodiscard]] std::string find_repetition(const Entry& entry) const;
    /// The first of `entries` that is not as it was acknowledged; empty when there is none.
    [[nodiscard]] std::string find_loss(const std::vector<Entry>& entries) const;
    /// What is wrong with the whole register: an entry or a number that is there twice, a number
    /// left out, a revision that no client made.
    [[nodiscard]] std::string find_fault(const std::vector<Entry>& entries) const;

private:
    [[nodiscard]] Answer ask(const Entry& entry, std::size_t step) const;

    Program& program_;
    std::string person_;
    std::string paper_;
};

}  // namespace duban::kill
