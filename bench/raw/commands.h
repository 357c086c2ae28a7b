// bench_raw: programs that do only the work that every program would have to do.

#pragma once

#include <ctime>
#include <map>
#include <string>

namespace duban::bench {

using Options = std::map<std::string, std::string>;

inline std::string option(
    const Options& options, const std::string& name, const std::string& otherwise
) {
    const auto found = options.find(name);
    return found == options.end() ? otherwise : found->second;
}

inline double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int serve(const Options& options);      ///< answers over HTTP: serve.cpp
int insert(const Options& options);     ///< grouped inserts of what the product wrote: insert.cpp
int copy_rows(const Options& options);  ///< inserts of all rows that replay writes: read.cpp
int hash(const Options& options);       ///< reading the records and hashing them: read.cpp
int open(const Options& options);   ///< opening the database, reading the declarations: read.cpp
int truth(const Options& options);  ///< which entries hold a word as a substring: read.cpp

}  // namespace duban::bench
