#include "app/terminal.h"

#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace duban::app {

namespace {

/// The terminal shows nothing of what is typed until this ends.
class Unseen {
public:
    Unseen() : is_set_{tcgetattr(STDIN_FILENO, &before_) == 0} {
        if (is_set_) {
            termios silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        }
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
    ~Unseen() {
        if (is_set_) {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        }
    }

private:
    termios before_{};
    bool is_set_;
};

std::optional<std::string> read_line() {
    std::string line;
    if (!std::getline(std::cin, line)) {
        return std::nullopt;
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

}  // namespace

bool is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

std::optional<std::string> ask_secret(const std::string& prompt) {
    if (!is_terminal()) {
        return read_line();
    }
    std::optional<std::string> line;
    {
        const Unseen unseen;  // before the question: an answer may come at once
        std::cerr << prompt << ": " << std::flush;
        line = read_line();
    }
    std::cerr << "\n";
    return line;
}

}  // namespace duban::app
