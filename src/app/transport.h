// How a command reaches the house: through the running server when there is one, else by opening
// the data directory itself. Both ways take the same request to the same endpoint, so that a
// command may do exactly what its account may.

#pragma once

#include <memory>
#include <string>

#include "app/house.h"
#include "app/settings.h"
#include "core/problem.h"
#include "http/message.h"

namespace duban::app {

/// Problem{Unavailable, "store.in_use"} when a server answers, or a process has the database.
void refuse_served(const Settings& settings);

class Transport {
public:
    /// Talks to the server named in <data>/serve.json when it answers; opens the house otherwise.
    explicit Transport(const Settings& settings);

    /// Sends as the account `as`, by the token kept in <data>/tokens/<as>; empty: as nobody.
    /// Problem{NotFound, "command.no_token"} when there is none.
    [[nodiscard]] http::Response send(http::Request request, const std::string& as);

    /// The JSON body of a good answer. A problem is thrown again as it came, with its sentences in
    /// the language asked for.
    [[nodiscard]] core::Json json(http::Request request, const std::string& as);

    /// The house, when no server runs; nullptr otherwise.
    [[nodiscard]] House* house() { return house_.get(); }

private:
    const Settings& settings_;
    std::string address_;
    std::uint16_t port_ = 0;
    std::unique_ptr<House> house_;
};

/// The problem document of an answer, its sentences kept as they were written for the asker.
[[nodiscard]] core::Problem problem_of(const http::Response& response);

/// Where the token of an account lies. Problem{Invalid, "account.name_malformed"} for what is no
/// name of one.
[[nodiscard]] std::string token_file(const Settings& settings, const std::string& account);

/// A GET or POST to `path` in the terminal's language. Problem{Invalid, "request.target_malformed"}
/// for a query that is none.
[[nodiscard]] http::Request get(const std::string& path, const std::string& query = "");
[[nodiscard]] http::Request post(const std::string& path, const core::Json& body);

}  // namespace duban::app
