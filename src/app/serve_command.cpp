#include <algorithm>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <thread>

#include "api/asking.h"
#include "app/arguments.h"
#include "app/commands.h"
#include "app/embedded.h"
#include "app/house.h"
#include "app/locales.h"
#include "app/presented.h"
#include "app/upkeep.h"
#include "app/version.h"
#include "core/problem.h"
#include "http/server.h"

namespace duban::app {

namespace {

const Known kServeOptions{
    .with_value = {"data", "port", "address", "tls-cert", "tls-key", "trusted-proxy"}, .alone = {}
};
constexpr std::uint16_t kPort = 8060;

/// Blocks the signals that stop a server, so that only wait_for_stop sees them.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

std::uint16_t port_of(const Arguments& arguments) {
    const std::string text = arguments.value("port", std::to_string(kPort));
    const bool digits = !text.empty() && text.size() <= 5 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    const long port = digits ? std::stol(text) : 0;
    if (!digits || port > 65535) {
        throw core::Problem{core::ProblemKind::Invalid, "command.port_malformed", {{"port", text}}};
    }
    return static_cast<std::uint16_t>(port);
}

/// Where the commands find the server; removed when it stops.
class ServeNote {
public:
    ServeNote(const Settings& settings, const std::string& address, std::uint16_t port)
        : path_{settings.path("serve.json")} {
        write_file(
            path_,
            core::json_text(core::JsonObject{{"address", address}, {"port", port}}) + "\n",
            true
        );
    }
    ServeNote(const ServeNote&) = delete;
    ServeNote& operator=(const ServeNote&) = delete;
    ~ServeNote() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

private:
    std::string path_;
};

std::int64_t position_of(const House& house) {
    std::int64_t size = 0;
    house.services().store.read([&](store::Reader& reader) {
        size = house.services().journal.head(reader, kFirstOrg).size;
    });
    return size;
}

/// What was started, where, on what: the first line of the log that an operator looks for.
void log_start(
    const House& house,
    const Settings& settings,
    const http::ServerOptions& options,
    std::uint16_t port
) {
    log_event(
        house.clock(),
        {{"event", "started"},
         {"version", std::string{kVersion}},
         {"data", settings.demo ? "demonstration" : "house"},
         {"database", settings.postgres.empty() ? "sqlite" : "postgres"},
         {"address", options.address},
         {"port", port},
         {"tls", !options.tls_certificate_file.empty()},
         {"position", position_of(house)}}
    );
}

}  // namespace

int serve_command(const Words& words) {
    const Arguments arguments{words, kServeOptions};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const sigset_t signals = block_stop_signals();
    House house{settings, web_files()};
    require_continued(house, settings);
    house.start_followers();

    http::ServerOptions options;
    options.address = arguments.value("address", "127.0.0.1");
    options.port = port_of(arguments);
    options.io_threads = std::max(1U, std::thread::hardware_concurrency());
    options.answers_briefly = house.services().store.dialect() == store::Dialect::Sqlite;
    options.tls_certificate_file = arguments.value("tls-cert", "");
    options.tls_key_file = arguments.value("tls-key", "");
    options.trusted_proxies = arguments.values("trusted-proxy");
    const api::Services& services = house.services();
    http::Server server{
        house.router(),
        options,
        {.clock = house.clock(),
         .random = house.random(),
         .sentences = sentences(),
         .metrics = house.metrics(),
         .access_log = [](const http::AccessRecord& record
                       ) { log_line(http::access_line(record)); },
         .language_of = [&services](const http::Request& request
                        ) { return api::language_of(services, request); }}
    };
    server.start();
    const ServeNote note{settings, options.address, server.port()};
    const std::string scheme = options.tls_certificate_file.empty() ? "http://" : "https://";
    std::cout << sentences().sentence(
                     "serve_ready",
                     {{"address", scheme + options.address + ":" + std::to_string(server.port())}},
                     terminal_language()
                 )
              << std::endl;
    log_start(house, settings, options, server.port());
    int received = 0;
    sigwait(&signals, &received);
    log_event(
        house.clock(),
        {{"event", "stopping"}, {"signal", received == SIGTERM ? "SIGTERM" : "SIGINT"}}
    );
    std::cout << sentences().sentence("serve_stops", {}, terminal_language()) << std::endl;
    server.stop();
    log_event(house.clock(), {{"event", "stopped"}, {"position", position_of(house)}});
    return 0;
}

}  // namespace duban::app
