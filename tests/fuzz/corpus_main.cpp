// Runs a fuzz target on every file of a folder, in the order of their names, where there is no
// libFuzzer. A target that finds a fault ends the program; the last name printed is the file.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
/// What a target makes ready before the first input; few have it.
extern "C" [[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator{argc == 2 ? argv[1] : "."}) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    if (LLVMFuzzerInitialize != nullptr) {
        LLVMFuzzerInitialize(&argc, &argv);
    }
    for (const fs::path& path : files) {
        std::cout << path.filename().string() << std::endl;
        std::ifstream in{path, std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        if (in.bad()) {
            std::cerr << "cannot be read\n";
            return 1;
        }
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    std::cout << files.size() << " files\n";
    return files.empty() ? 1 : 0;
}
