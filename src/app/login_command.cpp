// How a person lets commands act in his name: he signs in once, and a token that ends by itself
// lies in the data directory, where `--as` finds it.

#include <charconv>
#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/locales.h"
#include "app/terminal.h"
#include "app/transport.h"
#include "calendar/date.h"
#include "core/problem.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

const Known kLoginOptions{.with_value = {"data", "days"}, .alone = {}, .words = 1};
constexpr int kDays = 90;
constexpr int kDaysMax = 365;

int days_of(const Arguments& arguments) {
    const std::string text = arguments.value("days", std::to_string(kDays));
    int days = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), days);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || days < 1 ||
        days > kDaysMax) {
        throw Problem{
            ProblemKind::Invalid, "login.days_malformed", {{"max", std::to_string(kDaysMax)}}
        };
    }
    return days;
}

std::string needed(const std::string& prompt, const char* code) {
    auto line = ask_secret(say(prompt));
    if (!line || line->empty()) {
        throw Problem{ProblemKind::Invalid, code};
    }
    return *std::move(line);
}

http::Request with_body(http::Method method, const std::string& path, const core::Json& body) {
    http::Request request = post(path, body);
    request.method = method;
    return request;
}

http::Request without_body(http::Method method, const std::string& path) {
    http::Request request = get(path);
    request.method = method;
    return request;
}

/// A session of somebody who has just given his password; ended with the object.
class Visit {
public:
    Visit(Transport& transport, std::string name) : transport_{transport}, name_{std::move(name)} {
        password_ = needed("login_password", "login.no_password");
        http::Response answer = try_password("");
        const core::Json refused = body_of(answer);
        if (core::find_string(refused, "code") == "sign_in.second_factor_required") {
            answer = try_password(needed("login_code", "sign_in.second_factor_required"));
        }
        take(answer);
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    /// A one-time password gives way to one that only its owner knows.
    void change_one_time_password() {
        const core::Json* change = core::find_member(session_, "must_change_password");
        if (change == nullptr || !change->as_bool()) {
            return;
        }
        std::cerr << say("login_must_change") << "\n";
        const std::string fresh = needed("login_new_password", "login.password_to_change");
        if (is_terminal() && needed("login_again", "login.password_to_change") != fresh) {
            throw Problem{ProblemKind::Invalid, "login.not_the_same"};
        }
        take(send(with_body(
            http::Method::Put,
            "/api/v1/account/password",
            core::JsonObject{{"old", password_}, {"new", fresh}}
        )));
        std::cerr << say("login_changed") << "\n";
    }

    std::string make_token(const std::string& until) {
        const http::Response answer = send(post(
            "/api/v1/tokens",
            core::JsonObject{{"title", "duban login"}, {"scope", "act"}, {"expires_on", until}}
        ));
        refuse(answer);
        return core::find_string(body_of(answer), "token").value_or("");
    }

    void end() { static_cast<void>(send(without_body(http::Method::Delete, "/api/v1/session"))); }

    /// As the house writes it.
    [[nodiscard]] std::string account() const {
        return core::find_string(session_, "account").value_or(name_);
    }
    [[nodiscard]] calendar::Date today() const {
        const auto day =
            calendar::Date::parse(core::find_string(session_.at("org"), "today").value_or(""));
        return day.value_or(calendar::Date{});
    }

private:
    static core::Json body_of(const http::Response& answer) {
        return core::find_json(answer.body).value_or(core::Json(core::JsonObject{}));
    }

    static void refuse(const http::Response& answer) {
        if (answer.status >= 400) {
            throw problem_of(answer);
        }
    }

    http::Response try_password(const std::string& code) {
        core::JsonObject body{{"name", name_}, {"password", password_}};
        if (!code.empty()) {
            body["code"] = code;
        }
        return transport_.send(post("/api/v1/sessions", body), "");
    }

    /// The session of an answer, whose secret stands in its cookie.
    void take(const http::Response& answer) {
        refuse(answer);
        session_ = body_of(answer);
        const std::string cookie{answer.headers.find("Set-Cookie").value_or("")};
        const std::size_t from = cookie.find('=') + 1;
        secret_ = cookie.substr(from, cookie.find(';', from) - from);
    }

    http::Response send(http::Request request) {
        request.headers.set("Authorization", "Bearer " + secret_);
        return transport_.send(std::move(request), "");
    }

    Transport& transport_;
    std::string name_;
    std::string password_;
    std::string secret_;
    core::Json session_;
};

}  // namespace

int login_command(const Words& words) {
    const Arguments arguments{words, kLoginOptions};
    const int days = days_of(arguments);
    const Settings settings = load_settings(arguments.value("data", default_data()));
    Transport transport{settings};
    Visit visit{transport, arguments.word(0, "account")};
    visit.change_one_time_password();
    const std::string until = visit.today().plus_days(days).text();
    const std::string token = visit.make_token(until);
    visit.end();
    const std::string account = visit.account();
    const std::string file = token_file(settings, account);
    if (std::filesystem::exists(file)) {
        // The one before serves nobody any more; where it has ended already, that is refused.
        static_cast<void>(
            transport.send(without_body(http::Method::Delete, "/api/v1/session"), account)
        );
    }
    const std::string folder = settings.path("tokens");
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    write_file(file, token + "\n", true);
    std::cout << say("login_done", {{"account", account}, {"file", file}, {"until", until}})
              << "\n";
    return 0;
}

int logout_command(const Words& words) {
    const Arguments arguments{words, kLoginOptions};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string& account = arguments.word(0, "account");
    Transport transport{settings};
    const http::Response answer =
        transport.send(without_body(http::Method::Delete, "/api/v1/session"), account);
    const bool had_ended = answer.status == core::status_of(ProblemKind::Unauthenticated);
    if (answer.status >= 400 && !had_ended) {
        throw problem_of(answer);
    }
    std::filesystem::remove(token_file(settings, account));
    std::cout << say("logout_done", {{"account", account}}) << "\n";
    return 0;
}

}  // namespace duban::app
