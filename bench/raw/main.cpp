#include <functional>
#include <iostream>

#include "raw/commands.h"

int main(int argc, char** argv) {
    using namespace duban::bench;
    const std::map<std::string, std::function<int(const Options&)>> commands = {
        {"serve", serve},
        {"insert", insert},
        {"copy", copy_rows},
        {"hash", hash},
        {"open", open},
        {"truth", truth}
    };
    const auto command = commands.find(argc > 1 ? argv[1] : "");
    if (command == commands.end()) {
        std::cerr << "bench_raw serve|insert|copy|hash|open|truth --db FILE …\n";
        return 2;
    }
    Options options;
    for (int i = 2; i + 1 < argc; i += 2) {
        options[argv[i]] = argv[i + 1];
    }
    try {
        return command->second(options);
    } catch (const std::exception& failure) {
        std::cerr << "bench_raw: " << failure.what() << "\n";
        return 1;
    }
}
