#include "app/upkeep.h"

#include <iostream>
#include <utility>

#include "app/locales.h"
#include "core/json.h"
#include "core/problem.h"
#include "http/access_log.h"

namespace duban::app {

void log_line(const std::string& line) {
    std::clog.clear();  // a line that found no room does not silence all that follow
    std::clog << line + '\n';
}

void log_event(const core::Clock& clock, const core::JsonObject& members) {
    core::JsonObject line = {{"time", http::instant_text(clock.now())}};
    for (const auto& member : members) {
        line[member.key()] = member.value();
    }
    log_line(core::json_text(line));
}

Upkeep::Upkeep(const core::Clock& clock, api::StoppedWork& stopped, Log log)
    : clock_{clock}, stopped_{stopped}, log_{std::move(log)} {}

bool Upkeep::has_stopped(const std::string& name) {
    return stopped_.with([&](const auto& stopped) { return stopped.contains(name); });
}

void Upkeep::attend(const std::string& name, const std::function<void()>& work) {
    if (has_stopped(name)) {
        return;
    }
    try {
        work();
        failing_.erase(name);
    } catch (const core::Problem& problem) {
        note(
            name,
            {.code = problem.code,
             .sentence = say(problem.code, problem.params),
             .passes = problem.kind == core::ProblemKind::Unavailable ||
                       problem.kind == core::ProblemKind::Conflict}
        );
    } catch (const std::exception& failure) {
        note(name, {.code = "server.failed", .sentence = failure.what(), .passes = false});
    }
}

/// What goes on failing is logged once.
void Upkeep::note(const std::string& name, const Failure& failure) {
    if (!failure.passes) {
        stopped_.with([&](auto& stopped) { stopped[name] = failure.code; });
    }
    if (std::exchange(failing_[name], failure.code) == failure.code) {
        return;
    }
    log_(core::json_text(core::JsonObject{
        {"time", http::instant_text(clock_.now())},
        {"work", name},
        {"stopped", !failure.passes},
        {"code", failure.code},
        {"detail", failure.sentence}
    }));
}

}  // namespace duban::app
