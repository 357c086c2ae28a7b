#include "app/transport.h"

#include <filesystem>
#include <iostream>

#include "app/locales.h"
#include "core/check.h"
#include "core/problem.h"
#include "http/client.h"
#include "http/problem_response.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

std::string token_of(const Settings& settings, const std::string& as) {
    const std::string file = token_file(settings, as);
    if (!std::filesystem::exists(file)) {
        throw Problem{ProblemKind::NotFound, "command.no_token", {{"account", as}}};
    }
    std::string token = read_file(file);
    while (!token.empty() && token.back() == '\n') {
        token.pop_back();
    }
    return token;
}

ProblemKind kind_of(int status) {
    for (const ProblemKind kind :
         {ProblemKind::Invalid,
          ProblemKind::Unauthenticated,
          ProblemKind::Forbidden,
          ProblemKind::NotFound,
          ProblemKind::Conflict,
          ProblemKind::Stale,
          ProblemKind::TooLarge,
          ProblemKind::Rejected,
          ProblemKind::NoPrecondition,
          ProblemKind::TooMany,
          ProblemKind::Corrupt}) {
        if (core::status_of(kind) == status) {
            return kind;
        }
    }
    return ProblemKind::Unavailable;
}

http::Response handled(const House& house, const http::Request& request) {
    const auto segments = http::split_path(request.path);
    const http::RouteMatch match =
        segments ? house.router().match(request.method, *segments) : http::RouteMatch{};
    if (match.route == nullptr) {
        throw Problem{ProblemKind::NotFound, "request.not_found"};
    }
    if (const auto* handler = std::get_if<http::Handler>(&match.route->action)) {
        return (*handler)(request, match.params);
    }
    const auto* upload = std::get_if<http::Upload>(&match.route->action);
    core::check(upload != nullptr, "a command asks for no event stream");
    const auto sink = upload->open(request, match.params);
    sink->write(request.body);
    return sink->finish();
}

/// What the server would answer to a request, in this process.
http::Response handle(const House& house, const http::Request& request) {
    try {
        return handled(house, request);
    } catch (const Problem& problem) {
        return http::problem_response(
            problem,
            {.sentences = sentences(), .language = terminal_language(), .instance = {}, .status = {}
            }
        );
    }
}

}  // namespace

Problem problem_of(const http::Response& response) {
    const auto json = core::find_json(response.body);
    Problem problem{
        kind_of(response.status),
        json ? core::find_string(*json, "code").value_or("server.failed") : "server.failed"
    };
    if (!json) {
        return problem;
    }
    const std::string language = terminal_language();
    problem.texts.by_tag[language] = core::find_string(*json, "detail").value_or("");
    if (const core::Json* errors = core::find_member(*json, "errors");
        errors != nullptr && errors->is_array()) {
        for (const core::Json& error : errors->get_array()) {
            core::FieldError field;
            field.pointer = core::find_string(error, "pointer").value_or("");
            field.code = core::find_string(error, "code").value_or("");
            field.texts.by_tag[language] = core::find_string(error, "detail").value_or("");
            problem.errors.push_back(std::move(field));
        }
    }
    return problem;
}

std::string token_file(const Settings& settings, const std::string& account) {
    if (account.find('/') != std::string::npos || account.starts_with('.')) {
        throw Problem{ProblemKind::Invalid, "account.name_malformed"};
    }
    return settings.path("tokens/" + account);
}

namespace {

struct Address {
    std::string host;
    std::uint16_t port = 0;  ///< 0: no server answers
};

Address find_server(const Settings& settings) {
    const std::string file = settings.path("serve.json");
    const auto json =
        std::filesystem::exists(file) ? core::find_json(read_file(file)) : std::nullopt;
    if (!json) {
        return {};
    }
    const Address address{
        .host = core::find_string(*json, "address").value_or(""),
        .port = static_cast<std::uint16_t>(core::find_integer(*json, "port").value_or(0))
    };
    try {
        if (address.port != 0 &&
            http::send(address.host, address.port, get("/health")).status == 200) {
            return address;
        }
    } catch (const Problem&) {
        // Nobody answers: a server that was killed left its note behind.
    }
    return {};
}

}  // namespace

http::Request get(const std::string& path, const std::string& query) {
    http::Request request;
    request.method = http::Method::Get;
    request.path = path;
    auto parsed = http::Query::parse(query);
    if (!parsed) {  // as the server refuses it
        throw Problem{ProblemKind::Invalid, "request.target_malformed"};
    }
    request.query = *std::move(parsed);
    request.headers.set("Duban-Language", terminal_language());
    return request;
}

http::Request post(const std::string& path, const core::Json& body) {
    http::Request request = get(path);
    request.method = http::Method::Post;
    request.body = core::json_text(body);
    request.headers.set("Content-Type", "application/json");
    return request;
}

void refuse_served(const Settings& settings) {
    const bool is_kept_elsewhere = !settings.postgres.empty();
    if (find_server(settings).port != 0) {
        throw Problem{ProblemKind::Unavailable, "store.in_use"};
    }
    if (!is_kept_elsewhere && std::filesystem::exists(settings.path(settings.database))) {
        try {
            static_cast<void>(open_store(settings));
        } catch (const Problem& problem) {
            if (problem.kind != ProblemKind::Corrupt) {
                throw;
            }
        }
    }
}

Transport::Transport(const Settings& settings) : settings_{settings} {
    const Address server = find_server(settings);
    address_ = server.host;
    port_ = server.port;
    if (port_ == 0) {
        house_ = std::make_unique<House>(settings);
    }
}

http::Response Transport::send(http::Request request, const std::string& as) {
    if (!as.empty()) {
        request.headers.set("Authorization", "Bearer " + token_of(settings_, as));
    }
    if (house_ == nullptr) {
        return http::send(address_, port_, request);
    }
    request.client_address = "127.0.0.1";
    http::Response response = handle(*house_, request);
    house_->catch_up();
    return response;
}

core::Json Transport::json(http::Request request, const std::string& as) {
    const http::Response response = send(std::move(request), as);
    if (response.status >= 400) {
        throw problem_of(response);
    }
    return response.body.empty() ? core::Json(nullptr) : core::parse_json(response.body);
}

}  // namespace duban::app
