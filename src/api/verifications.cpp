#include "api/verifications.h"

#include "core/problem.h"

namespace duban::api {

Verifications::Verifications(const core::Clock& clock)
    : clock_{clock}, thread_{[this](const std::stop_token& stop) { run(stop); }} {}

Verifications::~Verifications() = default;

Verifications::State Verifications::begin(core::OrgId org, Work work) {
    const std::scoped_lock lock{mutex_};
    State& state = states_[org.value];
    if (!state.running_since) {
        state.running_since = clock_.now();
        waiting_.emplace_back(org, std::move(work));
        begun_.notify_one();
    }
    return state;
}

Verifications::State Verifications::state(core::OrgId org) {
    const std::scoped_lock lock{mutex_};
    return states_[org.value];
}

void Verifications::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::pair<core::OrgId, Work> next;
        {
            std::unique_lock lock{mutex_};
            if (!begun_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
                return;
            }
            next = std::move(waiting_.front());
            waiting_.pop_front();
        }
        run_one(next.first, next.second, stop);
    }
}

/// As work beside requests does (app/upkeep.h): what it throws is nobody's answer, and is kept.
void Verifications::run_one(core::OrgId org, const Work& work, const std::stop_token& stop) {
    const core::Instant began = clock_.now();
    std::optional<Verified> verified;
    std::string failed;
    try {
        verified = work(stop);
    } catch (const GivenUp&) {
        return;
    } catch (const core::Problem& problem) {
        failed = problem.code;
    } catch (const std::exception&) {
        failed = "server.failed";
    }
    const std::scoped_lock lock{mutex_};
    State& state = states_[org.value];
    state.running_since.reset();
    state.failed = failed;
    if (verified) {
        state.last =
            Finished{.began_at = began, .ended_at = clock_.now(), .verified = *std::move(verified)};
    }
}

}  // namespace duban::api
