// The real `duban` with a data directory of its own, which a test starts, kills and asks.
//
//     Program program;            // `duban init --demo`
//     program.start();
//     const Answer answer = program.send({.as = "unit.clerk", .path = "/api/v1/session"});
//     program.kill();             // -9
//     EXPECT_EQ(program.verify(), "");

#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "core/json.h"
#include "faults.h"
#include "http/message.h"
#include "store/testing.h"

namespace duban::kill {

struct Answer {
    int status = 0;
    core::Json body;
    http::Headers headers;

    [[nodiscard]] std::string text(std::string_view member) const;
    [[nodiscard]] std::int64_t integer(std::string_view member) const;
    /// The answer to a request that was done before (docs/formats/api.md, section 1).
    [[nodiscard]] bool is_replayed() const { return headers.contains("Idempotency-Replayed"); }
};

struct Call {
    std::string as;  ///< an account of the demonstration's commands
    http::Method method = http::Method::Get;
    std::string path;
    std::string query = {};
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

/// Kept by the database that DUBAN_TEST_STORE names. Throws std::runtime_error when the program
/// cannot be run at all. Requests may be sent from several threads.
class Program {
public:
    Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// Serves on a free port; returns when it does.
    void start();
    /// kill -9, and waits for its end.
    void kill();
    /// Asks it to stop; its exit status.
    int stop();
    /// Waits until it has ended by itself; the signal that ended it, or 0.
    int wait();
    /// Runs `duban verify` while nothing serves; empty when it is clean, else all it said.
    std::string verify();
    /// Runs `duban WORDS --data …` while nothing serves; empty when it is done, else all it said.
    std::string command(std::vector<std::string> words);
    /// The same, but killed after this time, if it has not ended by then.
    void kill_command(std::vector<std::string> words, std::chrono::microseconds after);
    /// Of a file beside the data.
    [[nodiscard]] std::string path(const std::string& name) const { return directory_.path(name); }

    /// Throws core::Problem{Unavailable, "server.unreachable"} or {Corrupt,
    /// "server.answer_malformed"} when it is killed meanwhile.
    [[nodiscard]] Answer send(const Call& call) const;

    /// Of an account that people sign in with: clerk, office or auditor.
    [[nodiscard]] std::string one_time_password(const std::string& account) const;

    [[nodiscard]] Faults& faults() { return *faults_; }

private:
    struct Ended {
        int status;
        std::string output;
    };
    [[nodiscard]] std::vector<std::string> environment() const;
    Ended run(std::vector<std::string> words);
    void make_demo(const std::string& data, const std::vector<std::string>& options);
    int wait_status();
    void map_faults();

    store::TestDirectory directory_;
    std::unique_ptr<store::TestDatabase> database_;  // null: SQLite
    Faults* faults_ = nullptr;
    pid_t process_ = 0;
    int output_ = -1;
    std::uint16_t port_ = 0;
    std::vector<std::pair<std::string, std::string>> tokens_;
};

}  // namespace duban::kill
