#include "program.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/client.h"

namespace duban::kill {

namespace {

std::string variable(const char* name, const std::string& otherwise) {
    const char* found = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return found == nullptr || *found == '\0' ? otherwise : found;
}

/// A process and the end of its standard output that is read.
struct Started {
    pid_t process;
    int output;
};

Started start_process(
    std::vector<std::string> words, std::vector<std::string> environment, const std::string& log
) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error{"no pipe"};
    }
    std::vector<char*> arguments;
    std::vector<char*> variables;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    for (std::string& one : environment) {
        variables.push_back(one.data());
    }
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600
    );
    pid_t process = 0;
    const int error = ::posix_spawn(
        &process, arguments[0], &actions, nullptr, arguments.data(), variables.data()
    );
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (error != 0) {
        ::close(pipe[0]);
        throw std::runtime_error{"cannot be started: " + words[0]};
    }
    return {process, pipe[0]};
}

/// What is written to `descriptor` up to the end of a line, or of everything.
enum class Until { Line, End };

std::string read_output(int descriptor, Until until) {
    std::string text;
    char c = '\0';
    while ((until == Until::End || c != '\n') && ::read(descriptor, &c, 1) == 1) {
        text.push_back(c);
    }
    return text;
}

std::string whole_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

std::string Answer::text(std::string_view member) const {
    return core::find_string(body, member).value_or("");
}

std::int64_t Answer::integer(std::string_view member) const {
    return core::find_integer(body, member).value_or(-1);
}

Program::Program() {
    map_faults();
    if (variable("DUBAN_TEST_STORE", "sqlite") == "postgres") {
        database_ = std::make_unique<store::TestDatabase>();
        make_demo(directory_.path("data"), {"--postgres", database_->connection()});
    } else {
        // Made once for all tests of a program, then copied with the keys: a key signs one log.
        static const store::TestDirectory kMade;
        static const bool kIsMade = (make_demo(kMade.path("data"), {}), true);
        static_cast<void>(kIsMade);
        for (const char* part : {"data", "data.keys"}) {
            std::filesystem::copy(
                kMade.path(part), directory_.path(part), std::filesystem::copy_options::recursive
            );
        }
        const std::string settings = directory_.path("data/duban.json");
        core::Json json = core::parse_json(whole_file(settings));
        json.as_object()["keys"] = directory_.path("data.keys");
        std::ofstream{settings} << core::json_text(json);
    }
    for (const auto& file : std::filesystem::directory_iterator{directory_.path("data/tokens")}) {
        std::string secret = whole_file(file.path());
        secret.erase(secret.find_last_not_of('\n') + 1);
        tokens_.emplace_back(file.path().filename(), secret);
    }
}

Program::~Program() {
    if (process_ != 0) {
        kill();
    }
    ::munmap(faults_, sizeof(Faults));
}

void Program::make_demo(const std::string& data, const std::vector<std::string>& options) {
    std::vector<std::string> words = {"init", "--demo", "--yes", "--data", data};
    words.insert(words.end(), options.begin(), options.end());
    const Ended made = run(words);
    if (made.status != 0) {
        throw std::runtime_error{made.output + whole_file(directory_.path("log"))};
    }
}

std::string Program::one_time_password(const std::string& account) const {
    std::ifstream sheet{directory_.path("data/demo-accounts.txt")};
    std::string word;
    while (sheet >> word && word != account) {
    }
    sheet >> word;
    return word;
}

void Program::map_faults() {
    const std::string path = directory_.path("faults");
    std::ofstream{path} << std::string(sizeof(Faults), '\0');
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX offers no other way
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    void* mapped =
        ::mmap(nullptr, sizeof(Faults), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (mapped == MAP_FAILED) {
        throw std::runtime_error{"the faults cannot be mapped"};
    }
    faults_ = static_cast<Faults*>(mapped);
}

std::vector<std::string> Program::environment() const {
    return {
        "PATH=" + variable("PATH", "/usr/bin:/bin"),
        "DUBAN_LANGUAGE=en",
        "LD_PRELOAD=" + variable("DUBAN_FAULTS_LIBRARY", ""),
        std::string{kFaultsFile} + "=" + directory_.path("faults")
    };
}

void Program::start() {
    std::filesystem::remove(directory_.path("data/serve.json"));
    const auto [process, output] = start_process(
        {variable("DUBAN_PROGRAM", "build/release/duban"),
         "serve",
         "--data",
         directory_.path("data"),
         "--port",
         "0"},
        environment(),
        directory_.path("log")
    );
    process_ = process;
    output_ = output;  // open as long as it runs: it says goodbye
    const std::string ready = read_output(output, Until::Line);
    const auto note = core::find_json(whole_file(directory_.path("data/serve.json")));
    port_ = static_cast<std::uint16_t>(note ? core::find_integer(*note, "port").value_or(0) : 0);
    if (port_ == 0) {
        throw std::runtime_error{
            "it does not serve: " + ready + whole_file(directory_.path("log"))
        };
    }
}

int Program::wait_status() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    ::close(output_);
    return status;
}

void Program::kill() {
    ::kill(process_, SIGKILL);
    wait_status();
}

int Program::stop() {
    ::kill(process_, SIGTERM);
    const int status = wait_status();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int Program::wait() {
    const int status = wait_status();
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

Program::Ended Program::run(std::vector<std::string> words) {
    words.insert(words.begin(), variable("DUBAN_PROGRAM", "build/release/duban"));
    const auto [process, output] =
        start_process(std::move(words), environment(), directory_.path("log"));
    std::string text = read_output(output, Until::End);
    ::close(output);
    int status = 0;
    ::waitpid(process, &status, 0);
    return {status, std::move(text)};
}

std::string Program::verify() {
    return command({"verify"});
}

void Program::kill_command(std::vector<std::string> words, std::chrono::microseconds after) {
    words.insert(words.begin(), variable("DUBAN_PROGRAM", "build/release/duban"));
    words.insert(words.end(), {"--data", directory_.path("data")});
    const auto [process, output] =
        start_process(std::move(words), environment(), directory_.path("log"));
    std::this_thread::sleep_for(after);
    ::kill(process, SIGKILL);
    ::close(output);
    ::waitpid(process, nullptr, 0);
}

std::string Program::command(std::vector<std::string> words) {
    const std::string before = whole_file(directory_.path("log"));
    words.insert(words.end(), {"--data", directory_.path("data")});
    const Ended ended = run(std::move(words));
    if (ended.status == 0) {
        return "";
    }
    return ended.output + whole_file(directory_.path("log")).substr(before.size()) + "status " +
           std::to_string(ended.status);
}

Answer Program::send(const Call& call) const {
    http::Request request;
    request.method = call.method;
    request.path = call.path;
    request.query = http::Query::parse(call.query).value_or(http::Query{});
    request.body = call.body;
    request.headers.set(
        "Content-Type",
        call.path == "/api/v1/files" ? "application/octet-stream" : "application/json"
    );
    for (const auto& [account, secret] : tokens_) {
        if (account == call.as) {
            request.headers.set("Authorization", "Bearer " + secret);
        }
    }
    for (const auto& [name, value] : call.headers) {
        request.headers.set(name, value);
    }
    const http::Response response = http::send("127.0.0.1", port_, request);
    const auto json = core::find_json(response.body);
    return {
        .status = response.status,
        .body = json ? *json : core::Json(nullptr),
        .headers = response.headers
    };
}

}  // namespace duban::kill
