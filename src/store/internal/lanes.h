// Lanes: jobs of one org run one after the other, in groups that share one commit (E02, E15).
//
// A group is one transaction of up to kGroupJobsMax jobs or kGroupWork of work, each job in a
// savepoint of its own: a job that fails rolls back itself. When the database has thrown the
// whole transaction away, or the commit fails, the group's other jobs run again one by one.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/id.h"
#include "store/store.h"

namespace duban::store {

inline constexpr std::size_t kGroupJobsMax = 64;
inline constexpr std::chrono::milliseconds kGroupWork{50};

/// One database connection, as a lane drives it. Every call may throw a Problem.
class LaneSession {
public:
    LaneSession() = default;
    LaneSession(const LaneSession&) = delete;
    LaneSession& operator=(const LaneSession&) = delete;
    virtual ~LaneSession() = default;

    /// Opens a transaction in which `org` is this session's alone.
    virtual void begin(core::OrgId org) = 0;
    virtual void begin_job() = 0;
    /// Keeps what the job wrote; throws Bug when the job went on after a failed statement.
    virtual void keep_job() = 0;
    virtual void undo_job() = 0;
    /// Durable when it returns.
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    /// False when the database has ended the transaction by itself.
    [[nodiscard]] virtual bool in_transaction() const = 0;
    /// False when it is not known what became of the last commit: nothing may run again (E14).
    [[nodiscard]] virtual bool usable() const = 0;
    /// Asked after undo_job(): true when the job has to run again, because a statement had been
    /// prepared before its tables changed.
    [[nodiscard]] virtual bool must_repeat() = 0;
    /// Housekeeping between groups, after the callers have their answers.
    virtual void after_group() = 0;
    [[nodiscard]] virtual Transaction& transaction() = 0;
};

using LaneSessionFactory = std::function<std::unique_ptr<LaneSession>()>;

class Lanes {
public:
    enum class Sharing { OneForAllOrgs, OnePerOrg };

    /// `workers` threads, each with its own session, made when the thread first has work.
    Lanes(std::size_t workers, Sharing sharing, LaneSessionFactory make_session);
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;
    /// Runs what is queued, then ends the threads.
    ~Lanes();

    /// Returns when `job` is durable; rethrows what it threw.
    void write(core::OrgId org, const Job& job);

private:
    struct Pending;
    struct Queue {
        std::deque<Pending*> waiting;
        bool busy = false;  // a worker has it, or it stands in ready_
    };

    void work();
    void run_group(LaneSession& session, std::int64_t lane, core::OrgId org);
    static std::exception_ptr attempt(LaneSession& session, const Job& job);
    void run_alone(LaneSession& session, Pending& pending);
    void commit_group(LaneSession& session, const std::vector<Pending*>& ran);
    void run_again(LaneSession& session, const std::vector<Pending*>& ran);
    void answer(Pending& pending, std::exception_ptr error);
    Pending* find_next(std::int64_t lane);
    void refuse_waiting(std::int64_t lane, const std::exception_ptr& error);

    Sharing sharing_;
    LaneSessionFactory make_session_;
    std::mutex mutex_;  // guards the four below
    std::condition_variable changed_;
    std::unordered_map<std::int64_t, Queue> queues_;
    std::deque<std::int64_t> ready_;  // lanes with work that no worker has
    bool stopping_ = false;
    std::mutex answers_mutex_;  // guards what every Pending was answered
    std::vector<std::thread> workers_;
};

}  // namespace duban::store
