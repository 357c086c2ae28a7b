// What the house does beside answering, without anybody who could be told by an answer: what fails
// is a line of the log, and the server goes on serving.
//
//     upkeep.attend("checkpoints", [&] { checkpoints.sign(store, org, clock.now()); });
//
// A full disk, a lost connection, a race pass: the work is tried again. Anything else is a fault
// that trying again would only repeat: that work stops until the house is built again, and GET
// /health says which and why.

#pragma once

#include <functional>
#include <map>
#include <string>

#include "api/services.h"
#include "core/clock.h"
#include "core/json.h"

namespace duban::app {

/// A line of the program's log, on standard error; whole, whichever thread writes it.
void log_line(const std::string& line);
/// A line of what happened to the program itself: its time, and these members.
void log_event(const core::Clock& clock, const core::JsonObject& members);

/// For one thread.
class Upkeep {
public:
    /// Takes a line without its end.
    using Log = std::function<void(const std::string&)>;

    /// All outlive it.
    Upkeep(const core::Clock& clock, api::StoppedWork& stopped, Log log);

    /// Does it, unless it has stopped. Throws nothing that `work` throws.
    void attend(const std::string& name, const std::function<void()>& work);
    [[nodiscard]] bool has_stopped(const std::string& name);

private:
    struct Failure {
        std::string code;
        std::string sentence;
        bool passes = false;
    };
    void note(const std::string& name, const Failure& failure);

    const core::Clock& clock_;
    api::StoppedWork& stopped_;
    Log log_;
    std::map<std::string, std::string> failing_;  ///< by work: the code that was logged last
};

}  // namespace duban::app
