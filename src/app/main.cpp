// duban: the one program. `duban --help` lists its commands.

#include <functional>
#include <iostream>
#include <map>
#include <span>

#include "app/commands.h"
#include "app/locales.h"
#include "app/version.h"
#include "core/check.h"
#include "core/problem.h"
#include "reading/command.h"

namespace {

using duban::app::Words;

int read_words(const Words& words) {
    return duban::reading::read_command(words, {std::cin, std::cout, std::cerr}, duban::app::say);
}

const std::map<std::string, std::function<int(const Words&)>, std::less<>>& commands() {
    using namespace duban::app;
    static const std::map<std::string, std::function<int(const Words&)>, std::less<>> kCommands = {
        {"init", init_command},       {"serve", serve_command},
        {"login", login_command},     {"logout", logout_command},
        {"list", list_command},       {"show", show_command},
        {"apply", apply_command},     {"search", search_command},
        {"figure", figure_command},   {"export", export_command},
        {"verify", verify_command},   {"proof", proof_command},
        {"publish", publish_command}, {"import", import_command},
        {"link", link_command},       {"read", read_words},
        {"pack", pack_command},       {"directory", directory_command},
        {"backup", backup_command},   {"restore", restore_command},
        {"upgrade", upgrade_command}
    };
    return kCommands;
}

int run(Words words) {
    if (words.empty() || words.front() == "--help" || words.front() == "-h" ||
        words.front() == "help") {
        std::cout << duban::app::say("help");
        return words.empty() ? 2 : 0;
    }
    if (words.front() == "--version") {
        std::cout << "duban " << duban::app::kVersion << "\n";
        return 0;
    }
    // `duban --data DIR command …`: for an alias that names the directory once.
    Words leading;
    while (words.size() > 2 && words.front().starts_with("--")) {
        leading.insert(leading.end(), words.begin(), words.begin() + 2);
        words.erase(words.begin(), words.begin() + 2);
    }
    const std::string name = words.front();
    words.erase(words.begin());
    const auto found = commands().find(name);
    if (found == commands().end()) {
        throw duban::core::Problem{
            duban::core::ProblemKind::Invalid, "command.unknown", {{"command", name}}
        };
    }
    for (const std::string& word : words) {
        if (word == "--help" || word == "-h") {
            std::cout << duban::app::say("help_" + name);
            return 0;
        }
    }
    if (name != "read") {
        words.insert(words.end(), leading.begin(), leading.end());
    }
    return found->second(words);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::span arguments{argv, static_cast<std::size_t>(argc)};
        return run({arguments.begin() + 1, arguments.end()});
    } catch (const duban::core::Problem& problem) {
        std::cerr << duban::app::explained(problem, duban::app::terminal_language()) << "\n";
        return problem.kind == duban::core::ProblemKind::Invalid ? 2 : 1;
    } catch (const std::exception& failure) {
        std::cerr << "duban: " << failure.what() << "\n";
        return 1;
    }
}
