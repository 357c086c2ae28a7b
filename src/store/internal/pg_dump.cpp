#include "store/internal/pg_dump.h"

#include <memory>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/problem.h"

namespace duban::store {

namespace {

/// A connection string without its password, which other users could read off the process list.
struct Connection {
    std::string text;
    std::string password;
};

std::string quote(std::string_view value) {
    std::string quoted = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + "'";
}

Connection split_password(const std::string& text) {
    struct FreeOptions {
        void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
    };
    const std::unique_ptr<PQconninfoOption, FreeOptions> options{
        PQconninfoParse(text.c_str(), nullptr)
    };
    Connection connection;
    for (const auto* option = options.get(); option != nullptr && option->keyword != nullptr;
         ++option) {
        if (option->val == nullptr) {
            continue;
        }
        if (std::string_view{option->keyword} == "password") {
            connection.password = option->val;
        } else {
            connection.text += std::string{option->keyword} + "=" + quote(option->val) + " ";
        }
    }
    return connection;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// The exit status; -1 when it could not be started.
int run(std::vector<std::string> arguments, std::vector<std::string> environment) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = -1;
    const int started = ::posix_spawnp(
        &child,
        arguments.front().c_str(),
        &actions,
        nullptr,
        pointers_to(arguments).data(),
        pointers_to(environment).data()
    );
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (started != 0 || ::waitpid(child, &status, 0) != child) {
        return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::vector<std::string> environment_of(const Connection& connection) {
    std::vector<std::string> environment;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        environment.emplace_back(*variable);
    }
    environment.emplace_back("PGOPTIONS=-c client_min_messages=warning");
    if (!connection.password.empty()) {
        environment.push_back("PGPASSWORD=" + connection.password);
    }
    return environment;
}

/// A file that goes whatever happens: it holds all that the archive does.
class Script {
public:
    explicit Script(std::string path) : path_{std::move(path)} {
        ::unlink(path_.c_str());
        ::close(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    }
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;
    ~Script() { ::unlink(path_.c_str()); }

private:
    std::string path_;
};

}  // namespace

void run_pg_restore(
    const PostgresOptions& options,
    const std::string& archive,
    const std::string& script,
    const std::string& before,
    const std::string& after
) {
    const Connection connection = split_password(options.connection);
    const Script written{script};
    // Not straight from one program to the other: half an archive would end like a whole one.
    const bool done = run({"pg_restore", "--no-owner", "--file=" + script, archive},
                          environment_of(connection)) == 0 &&
                      run({"psql",
                           "--no-psqlrc",
                           "--no-password",
                           "--quiet",
                           "--output=/dev/null",
                           "--set=ON_ERROR_STOP=1",
                           "--single-transaction",
                           "--command=" + before,
                           "--file=" + script,
                           "--command=" + after,
                           "--dbname=" + connection.text},
                          environment_of(connection)) == 0;
    if (!done) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.restore_failed"};
    }
}

void run_pg_dump(
    const PostgresOptions& options, const std::string& path, const std::string& snapshot
) {
    const Connection connection = split_password(options.connection);
    const int status =
        run({"pg_dump",
             "--format=custom",
             "--no-password",
             "--snapshot=" + snapshot,
             "--schema=\"" + options.schema + "\"",
             "--file=" + path,
             "--dbname=" + connection.text},
            environment_of(connection));
    if (status != 0) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.backup_failed"};
    }
}

}  // namespace duban::store
