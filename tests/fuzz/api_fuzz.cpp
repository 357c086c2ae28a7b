// Requests to a whole house with the demonstration in it: whatever somebody sends who is signed in,
// or nobody, the answer is one of the API and never a failure of the program.
//
// Input: a line `account METHOD target`, a line for each header field, an empty line, the body.
// {person}, {unit}, {measure} and {paper} stand for what only this house knows.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "api/asking.h"
#include "app/demo.h"
#include "app/house.h"
#include "app/locales.h"
#include "core/check.h"
#include "crypto/digest.h"
#include "http/internal/front.h"
#include "store/testing.h"

namespace {

using namespace duban;

/// What a request may cost or end for all that follow: hashing passwords, giving up a token,
/// reading the whole journal.
bool is_left_out(const http::Route& route) {
    const std::string_view pattern = route.pattern;
    const bool about_accounts = pattern.find("session") != std::string_view::npos ||
                                pattern.find("account") != std::string_view::npos ||
                                pattern.find("tokens") != std::string_view::npos ||
                                pattern.starts_with("/sign-");
    return pattern == "/api/v1/verification" ||
           (about_accounts && route.method != http::Method::Get);
}

class FuzzedHouse {
public:
    FuzzedHouse() {
        settings_.directory = directory_.path("data");
        settings_.keys = directory_.path("keys");
        settings_.installation = "fuzz";
        settings_.demo = true;
        settings_.password_cost = crypto::kLeastPasswordCost;
        std::filesystem::create_directories(settings_.directory);
        crypto::SystemRandom random;
        app::make_keys(settings_, random);
        house_ = std::make_unique<app::House>(settings_);
        const char* source = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
        app::make_demo(
            *house_,
            settings_,
            std::string{source == nullptr ? "." : source} + "/samples/notice.txt"
        );
        const api::Services& services = house_->services();
        services_ = std::make_unique<http::ServerServices>(http::ServerServices{
            .clock = house_->clock(),
            .random = house_->random(),
            .sentences = app::sentences(),
            .metrics = house_->metrics(),
            .access_log = {},
            .language_of = [&services](const http::Request& request
                           ) { return api::language_of(services, request); }
        });
        front_ = std::make_unique<http::internal::Front>(house_->router(), options_, *services_);
        learn();
    }

    void receive(std::string_view input) {
        http::internal::Exchange exchange = front_->begin(head_of(input), {.address = "192.0.2.1"});
        exchange.request.body = filled(input);
        if (!exchange.answer) {
            exchange.answer = handled(exchange);
        }
        std::string head = front_->response_head(exchange, *exchange.answer, {});
        const std::size_t line_end = head.find("\r\n\r\n");
        core::check(line_end == head.size() - 4, "an answer's head ends where its body begins");
        if (!exchange.failure.empty() || exchange.answer->status == 500) {
            std::cerr << exchange.failure << '\n' << exchange.answer->body << '\n';
            std::abort();
        }
    }

private:
    http::Response handled(http::internal::Exchange& exchange) {
        const http::Route& route = *exchange.match.route;
        if (is_left_out(route) || exchange.request.body.size() > route.limit.bytes_max) {
            return http::empty_response();
        }
        return front_->guarded(exchange, [&] {
            if (const auto* handler = std::get_if<http::Handler>(&route.action)) {
                return (*handler)(exchange.request, exchange.match.params);
            }
            if (const auto* upload = std::get_if<http::Upload>(&route.action)) {
                const auto sink = upload->open(exchange.request, exchange.match.params);
                sink->write(exchange.request.body);
                return sink->finish();
            }
            static_cast<void>(std::get<http::Subscription>(route.action)
                                  .open(exchange.request, exchange.match.params));
            return http::empty_response();
        });
    }

    /// Takes the head off `input`; what is left is the body.
    http::internal::Head head_of(std::string_view& input) {
        http::internal::Head head;
        const std::string first = filled(next_line(input));
        const std::size_t account_end = std::min(first.find(' '), first.size());
        const std::size_t method_end = std::min(first.find(' ', account_end + 1), first.size());
        if (account_end < first.size()) {
            head.method = first.substr(account_end + 1, method_end - account_end - 1);
        }
        head.target = method_end < first.size() ? first.substr(method_end + 1) : "";
        head.headers.add("Host", "127.0.0.1");
        for (std::string_view line = next_line(input); !line.empty(); line = next_line(input)) {
            const std::size_t colon = std::min(line.find(':'), line.size());
            std::string_view value = line.substr(std::min(colon + 1, line.size()));
            value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
            // The server's parser lets nothing else through (RFC 9110, 5.1 and 5.5).
            const bool is_field = colon > 0 && std::ranges::all_of(line, [](char c) {
                                      return static_cast<unsigned char>(c) >= 0x20 || c == '\t';
                                  });
            if (is_field) {
                head.headers.add(line.substr(0, colon), value);
            }
        }
        const auto token = tokens_.find(first.substr(0, account_end));
        if (token != tokens_.end()) {
            head.headers.add("Authorization", "Bearer " + token->second);
        }
        return head;
    }

    static std::string_view next_line(std::string_view& input) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        const std::string_view line = input.substr(0, end);
        input.remove_prefix(std::min(end + 1, input.size()));
        return line;
    }

    [[nodiscard]] std::string filled(std::string_view text) const {
        std::string out{text};
        for (const auto& [name, value] : names_) {
            for (std::size_t at = out.find(name); at != std::string::npos;
                 at = out.find(name, at + value.size())) {
                out.replace(at, name.size(), value);
            }
        }
        return out;
    }

    void learn() {
        for (const char* account :
             {"unit.clerk",
              "unit.head",
              "office.clerk",
              "office.reviewer",
              "system.admin",
              "security.admin"}) {
            std::string secret = app::read_file(settings_.path(std::string{"tokens/"} + account));
            secret.erase(secret.find_last_not_of('\n') + 1);
            tokens_[account] = secret;
        }
        const core::Json session = answer("unit.clerk GET /api/v1/session");
        names_["{person}"] = core::find_string(session, "person").value_or("");
        names_["{unit}"] = core::find_string(session.at("standings").at(0), "unit").value_or("");
        const core::Json measures =
            answer("office.clerk GET /api/v1/registers/measure/entries?limit=1");
        names_["{measure}"] = core::find_string(measures.at("entries").at(0), "id").value_or("");
        const core::Json paper = answer("unit.clerk POST /api/v1/files?name=a.txt\n\nApproved.");
        names_["{paper}"] = core::find_string(paper, "hash").value_or("");
    }

    core::Json answer(std::string_view input) {
        http::internal::Exchange exchange = front_->begin(head_of(input), {.address = "192.0.2.1"});
        exchange.request.body = input;
        return core::parse_json(handled(exchange).body);
    }

    store::TestDirectory directory_;
    app::Settings settings_;
    http::ServerOptions options_;
    std::unique_ptr<app::House> house_;
    std::unique_ptr<http::ServerServices> services_;
    std::unique_ptr<http::internal::Front> front_;
    std::map<std::string, std::string, std::less<>> tokens_;
    std::map<std::string, std::string> names_;
};

FuzzedHouse& house() {
    static FuzzedHouse made;
    return made;
}

}  // namespace

// Before the first input, which has its own bound of seconds.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
    house();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    house().receive({reinterpret_cast<const char*>(data), size});
    return 0;
}
