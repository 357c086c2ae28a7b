// Verification beside requests: reading every record and file again takes as long as the house is
// large, so it is begun, runs alone, and what it found is kept until the next one.
//
//     services.verifications.begin(org, [&](std::stop_token stop) {
//         return verify(services, org, std::move(stop)); });
//     const Verifications::State state = services.verifications.state(org);

#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "core/clock.h"
#include "core/id.h"
#include "files/files.h"
#include "registers/verification.h"

namespace duban::api {

struct Verified {
    registers::Report report;
    std::int64_t files = 0;  ///< hashed again
};

/// Thrown out of a verification that is given up. No Problem: what reads stored data takes those
/// for a fault of the data, and this is none.
struct GivenUp {};

/// One at a time for the whole program, in the order they were begun. Nothing of it outlives the
/// program.
class Verifications {
public:
    using Work = std::function<Verified(std::stop_token)>;

    struct Finished {
        core::Instant began_at;
        core::Instant ended_at;
        Verified verified;
    };
    struct State {
        std::optional<core::Instant> running_since;
        std::optional<Finished> last;
        std::string failed;  ///< the code of why the newest came to no end; empty when it did
    };

    explicit Verifications(const core::Clock& clock);
    Verifications(const Verifications&) = delete;
    Verifications& operator=(const Verifications&) = delete;
    /// Gives up what runs and waits for its end.
    ~Verifications();

    /// Begins one, unless one of this org runs or waits. What `work` uses outlives this.
    State begin(core::OrgId org, Work work);
    [[nodiscard]] State state(core::OrgId org);

private:
    void run(const std::stop_token& stop);
    void run_one(core::OrgId org, const Work& work, const std::stop_token& stop);

    const core::Clock& clock_;
    std::mutex mutex_;  ///< of all below but the thread
    std::condition_variable_any begun_;
    std::deque<std::pair<core::OrgId, Work>> waiting_;
    std::map<std::int64_t, State> states_;  ///< by org
    std::jthread thread_;
};

}  // namespace duban::api
