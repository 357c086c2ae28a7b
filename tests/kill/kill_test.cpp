// kill -9 of the real program while clients write: what was acknowledged is there with its number,
// and what was asked again under its key was done once. Durability itself is shown by
// tests/crash: a killed process loses nothing that the kernel has (E14).

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "ledger.h"
#include "program.h"

namespace duban::kill {
namespace {

constexpr int kClients = 4;

int kills() {
    const char* found = std::getenv("DUBAN_KILLS");  // NOLINT(concurrency-mt-unsafe)
    return found == nullptr ? 10 : std::atoi(found);
}

/// Clients take entries through their steps until no answer comes.
class Clients {
public:
    Clients(const Ledger& ledger, int round) {
        for (int client = 0; client < kClients; ++client) {
            threads_.emplace_back([this, &ledger, round, client] { work(ledger, round, client); });
        }
    }
    Clients(const Clients&) = delete;
    Clients& operator=(const Clients&) = delete;
    ~Clients() { join(); }

    void join() {
        for (std::thread& thread : threads_) {
            if (thread.joinable()) {
                thread.join();
            }
        }
    }
    /// Returns when so many requests are acknowledged, or when a client has stopped.
    void wait_for(int acknowledged) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return acknowledged_ >= acknowledged || stopped_; });
    }

    // What they know when all have stopped.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    [[nodiscard]] int acknowledged() const { return acknowledged_; }
    [[nodiscard]] const std::string& refusal() const { return refusal_; }

private:
    void work(const Ledger& ledger, int round, int client) {
        Outcome outcome = Outcome::Done;
        for (int number = 0; outcome == Outcome::Done; ++number) {
            Entry entry = ledger.new_entry(
                "kill-" + std::to_string(round) + "-" + std::to_string(client) + "-" +
                std::to_string(number)
            );
            Answer answer;
            while (outcome == Outcome::Done && entry.steps < kSteps) {
                outcome = ledger.go_on(entry, &answer);
                note(outcome, entry, answer);
            }
            const std::scoped_lock lock{mutex_};
            entries_.push_back(entry);
        }
    }

    void note(Outcome outcome, const Entry& entry, const Answer& answer) {
        const std::scoped_lock lock{mutex_};
        acknowledged_ += outcome == Outcome::Done ? 1 : 0;
        stopped_ = stopped_ || outcome != Outcome::Done;
        if (outcome == Outcome::Refused) {
            refusal_ = entry.name + ": " + core::json_text(answer.body);
        }
        changed_.notify_all();
    }

    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Entry> entries_;
    std::string refusal_;
    int acknowledged_ = 0;
    bool stopped_ = false;
};

TEST(Kill, WhatWasAcknowledgedIsThereOnceAndNumbersRunOn) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random{seed};
    Program program;
    program.start();
    const Ledger ledger{program};
    std::vector<Entry> all;
    int acknowledged = 0;
    for (int round = 0; round < kills(); ++round) {
        SCOPED_TRACE("kill " + std::to_string(round));
        Clients clients{ledger, round};
        // After so many answers, and anywhere within the requests that are then under way.
        clients.wait_for(static_cast<int>(random() % 80));
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 8'000});
        program.kill();
        clients.join();
        EXPECT_EQ(clients.refusal(), "");
        acknowledged += clients.acknowledged();
        EXPECT_EQ(program.verify(), "");

        program.start();
        std::vector<Entry> entries = clients.entries();
        ASSERT_EQ(ledger.find_loss(entries), "");
        for (Entry& entry : entries) {
            while (entry.steps < kSteps) {
                Answer answer;
                ASSERT_EQ(ledger.go_on(entry, &answer), Outcome::Done)
                    << core::json_text(answer.body);
            }
            ASSERT_EQ(ledger.find_repetition(entry), "");
        }
        all.insert(all.end(), entries.begin(), entries.end());
        ASSERT_EQ(ledger.find_fault(all), "");
    }
    EXPECT_EQ(program.stop(), 0);
    EXPECT_EQ(program.verify(), "");
    EXPECT_GT(acknowledged, kills());
    RecordProperty("acknowledged", acknowledged);
    std::cout << acknowledged << " requests acknowledged before " << kills() << " kills, "
              << all.size() << " entries\n";
}

// E25: what is put in place is whole, verified and recorded, or it is not there at all.
TEST(Kill, RestoringThatIsKilledLeavesTheOldOrTheNew) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random{seed};
    Program program;
    const std::vector<std::string> restore = {
        "restore", "--from", program.path("backup"), "--accept-loss", "a test"
    };
    ASSERT_EQ(program.command({"backup", "--to", program.path("backup")}), "");
    const auto begun = std::chrono::steady_clock::now();
    ASSERT_EQ(program.command(restore), "");
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begun
    );
    for (int round = 0; round < kills(); ++round) {
        SCOPED_TRACE("kill " + std::to_string(round));
        const auto within = random() % static_cast<std::uint64_t>(took.count());
        program.kill_command(restore, std::chrono::microseconds{within});
        ASSERT_EQ(program.verify(), "");
        program.start();
        ASSERT_EQ(program.stop(), 0);
    }
    EXPECT_EQ(program.command(restore), "");
    EXPECT_EQ(program.verify(), "");
}

}  // namespace
}  // namespace duban::kill
