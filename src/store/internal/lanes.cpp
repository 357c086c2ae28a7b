#include "store/internal/lanes.h"

#include <exception>
#include <utility>

#include "core/check.h"
#include "core/problem.h"

namespace duban::store {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// The same failure for another caller: two threads do not share one exception.
std::exception_ptr copy_of(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const core::Problem& problem) {
        return std::make_exception_ptr(core::Problem{problem});
    } catch (...) {
        return error;
    }
}

// A job that waits for another job would wait for itself.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
thread_local bool in_lane = false;

}  // namespace

struct Lanes::Pending {
    core::OrgId org;
    const Job& job;
    std::condition_variable answered = {};
    bool done = false;
    std::exception_ptr error = {};
};

Lanes::Lanes(std::size_t workers, Sharing sharing, LaneSessionFactory make_session)
    : sharing_{sharing}, make_session_{std::move(make_session)} {
    workers_.reserve(workers);
    for (std::size_t i = 0; i < workers; ++i) {
        workers_.emplace_back([this] { work(); });
    }
}

Lanes::~Lanes() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) {
        worker.join();
    }
}

void Lanes::write(core::OrgId org, const Job& job) {
    core::check(!in_lane, "a job does not write through the store again");
    const std::int64_t lane = sharing_ == Sharing::OnePerOrg ? org.value : 0;
    Pending pending{.org = org, .job = job};
    {
        const std::scoped_lock lock{mutex_};
        Queue& queue = queues_[lane];
        queue.waiting.push_back(&pending);
        if (!queue.busy) {
            queue.busy = true;
            ready_.push_back(lane);
        }
    }
    changed_.notify_one();

    std::unique_lock lock{answers_mutex_};
    pending.answered.wait(lock, [&] { return pending.done; });
    lock.unlock();
    if (pending.error) {
        std::rethrow_exception(std::exchange(pending.error, nullptr));
    }
}

/// Hands the failure over: the lane keeps nothing of it. The job must not be touched afterwards.
void Lanes::answer(Pending& pending, std::exception_ptr error) {
    const std::scoped_lock lock{answers_mutex_};
    pending.error = std::move(error);
    pending.done = true;
    pending.answered.notify_one();
}

void Lanes::work() {
    in_lane = true;
    std::unique_ptr<LaneSession> session;
    for (;;) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return stopping_ || !ready_.empty(); });
        if (ready_.empty()) {
            return;
        }
        const std::int64_t lane = ready_.front();
        ready_.pop_front();
        const core::OrgId org = queues_.at(lane).waiting.front()->org;
        lock.unlock();

        try {
            if (!session) {
                session = make_session_();
            }
            run_group(*session, lane, org);
        } catch (...) {
            // The database cannot be reached, or its transaction cannot be opened.
            refuse_waiting(lane, std::current_exception());
        }

        lock.lock();
        if (queues_.at(lane).waiting.empty()) {
            queues_.erase(lane);
        } else {
            ready_.push_back(lane);
            changed_.notify_one();
        }
    }
}

void Lanes::run_group(LaneSession& session, std::int64_t lane, core::OrgId org) {
    session.begin(org);
    const auto until = SteadyClock::now() + kGroupWork;
    std::vector<Pending*> ran;
    std::size_t taken = 0;
    while (taken < kGroupJobsMax && SteadyClock::now() < until) {
        Pending* const next = find_next(lane);
        if (next == nullptr) {
            break;
        }
        ++taken;
        std::exception_ptr error = attempt(session, next->job);
        if (!error) {
            ran.push_back(next);
        } else {
            answer(*next, std::move(error));
        }
        if (!session.in_transaction()) {
            run_again(session, ran);
            return;
        }
    }
    commit_group(session, ran);
    if (session.usable()) {
        session.after_group();
    }
}

std::exception_ptr Lanes::attempt(LaneSession& session, const Job& job) {
    std::exception_ptr error;
    for (int repeats = 0; repeats < 2; ++repeats) {
        try {
            session.begin_job();
            job(session.transaction());
            session.keep_job();
            return nullptr;
        } catch (...) {
            error = std::current_exception();
        }
        try {
            if (session.in_transaction()) {
                session.undo_job();
            }
        } catch (...) {
            // Without its savepoint the transaction is of no use to the others either.
            session.rollback();
        }
        if (!session.in_transaction() || !session.must_repeat()) {
            break;
        }
    }
    return error;
}

void Lanes::commit_group(LaneSession& session, const std::vector<Pending*>& ran) {
    std::exception_ptr error;
    try {
        session.commit();
    } catch (...) {
        error = std::current_exception();
        session.rollback();
    }
    if (!error) {
        for (Pending* pending : ran) {
            answer(*pending, nullptr);
        }
    } else if (ran.size() == 1 || !session.usable()) {
        for (Pending* pending : ran) {
            answer(*pending, copy_of(error));
        }
    } else {
        run_again(session, ran);
    }
}

void Lanes::run_again(LaneSession& session, const std::vector<Pending*>& ran) {
    for (Pending* pending : ran) {
        run_alone(session, *pending);
    }
}

void Lanes::run_alone(LaneSession& session, Pending& pending) {
    std::exception_ptr error;
    try {
        session.begin(pending.org);
        error = attempt(session, pending.job);
        if (error) {
            session.rollback();
        } else {
            session.commit();
        }
    } catch (...) {
        error = std::current_exception();
        session.rollback();
    }
    answer(pending, std::move(error));
}

Lanes::Pending* Lanes::find_next(std::int64_t lane) {
    const std::scoped_lock lock{mutex_};
    std::deque<Pending*>& waiting = queues_.at(lane).waiting;
    if (waiting.empty()) {
        return nullptr;
    }
    Pending* const next = waiting.front();
    waiting.pop_front();
    return next;
}

void Lanes::refuse_waiting(std::int64_t lane, const std::exception_ptr& error) {
    std::deque<Pending*> refused;
    {
        const std::scoped_lock lock{mutex_};
        refused.swap(queues_.at(lane).waiting);
    }
    for (Pending* pending : refused) {
        answer(*pending, copy_of(error));
    }
}

}  // namespace duban::store
