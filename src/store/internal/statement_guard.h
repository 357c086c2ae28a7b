// A transaction after a failed statement: PostgreSQL refuses every further one, SQLite would go
// on. So that a job behaves alike on both, the first failure ends it on both.

#pragma once

#include <utility>

#include "core/check.h"

namespace duban::store {

class StatementGuard {
public:
    /// Runs a statement; when it throws, every further one is a Bug until reset().
    template <typename Work>
    auto run(Work&& work) {
        require_sound();
        try {
            return std::forward<Work>(work)();
        } catch (...) {
            failed_ = true;
            throw;
        }
    }

    void require_sound() const {
        if (failed_) {
            throw core::Bug{"a job ends with its first failed statement"};
        }
    }

    void reset() { failed_ = false; }

private:
    bool failed_ = false;
};

}  // namespace duban::store
