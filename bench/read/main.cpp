// The bars of reading, as ratios: a notice against ICU's NFKC of the same bytes, 1 MB against 20 KB
// for a notice and for hostile shapes, and the memory held at once against the bytes read.
//
//     bench_read NOTICE
//
// CPU time of this process; each ratio is the median of five rounds, in each of which both sides
// are measured one after the other. Ends with 1 when a bar is broken.

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "counting.h"
#include "reading/reading.h"
#include "text/fold.h"

namespace {

constexpr std::size_t kSmall = std::size_t{20} * 1024;
constexpr std::size_t kLarge = std::size_t{1024} * 1024;
constexpr int kRounds = 5;
constexpr double kRoundSeconds = 0.05;  // one side is repeated for as long
constexpr int kBatches = 20;
constexpr double kNfkcBar = 6;          // CPU of a notice against its NFKC
constexpr double kGrowthBar = 70;       // CPU of 1 MB against 20 KB
constexpr double kNoticeBytesBar = 40;  // bytes held for a byte of a notice
constexpr double kShapeBytesBar = 200;  // the same for a hostile shape

constexpr std::array<std::string_view, 45> kShapes{
    "(",
    "（",
    "《",
    "“",
    "（）",
    "《》",
    "“一是甲。”",
    "一、",
    "一、甲\n",
    "(一)甲\n",
    "1.甲\n",
    "①",
    "1.1.",
    "1.1.1甲\n",
    "第一条 甲\n",
    "一是甲。",
    "一、甲(一)乙1.丙",
    "问题1：甲\n",
    "1",
    "12345678901234567890",
    "1,234",
    "1个",
    "2022年1月1日至",
    ".",
    "甲",
    "甲 ",
    "\n",
    " ",
    "<p ",
    "&",
    "*",
    "a@b.c ",
    "电话:0",
    "地址:",
    "近",
    "百分之",
    "已完成整改1个",
    "2022年1月1日反馈",
    "来源:",
    "附件:1.甲\n2.乙\n",
    "目录\n一、甲\n",
    "| a | b |\n",
    "<!--",
    "<script>",
    "\xFF"
};

std::string repeated(std::string_view unit, std::size_t size) {
    std::string text;
    text.reserve(size + unit.size());
    while (text.size() < size) {
        text += unit;
    }
    return text;
}

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::size_t read_once(const std::string& text) {
    return duban::reading::read(text).text.size();
}

/// CPU seconds of one call, the mean of as many as fill `seconds`. What a call gives is a size,
/// asked for so that no work can be left out.
template <typename Work>
double mean_of(const Work& work, double seconds) {
    const double begin = cpu_seconds();
    int calls = 0;
    double taken = 0;
    do {
        calls += work() != 0 ? 1 : 0;
        taken = cpu_seconds() - begin;
    } while (taken < seconds || calls == 0);
    return taken / calls;
}

/// The least of such means: for two short calls, where a neighbour on the machine can only add.
template <typename Work>
double least_of(const Work& work) {
    double least = 1e9;
    for (int i = 0; i < kBatches; ++i) {
        least = std::min(least, mean_of(work, kRoundSeconds / kBatches));
    }
    return least;
}

std::array<double, kRounds> sorted(std::array<double, kRounds> ratios) {
    std::ranges::sort(ratios);
    return ratios;
}

/// The median over kRounds of what reading takes against NFKC.
double against_nfkc(const std::string& text) {
    std::array<double, kRounds> ratios{};
    for (double& ratio : ratios) {
        const double under = least_of([&] { return duban::text::nfkc(text).size(); });
        ratio = least_of([&] { return read_once(text); }) / under;
    }
    return sorted(ratios)[kRounds / 2];
}

/// The same of a long text against a short one: means, for a long call meets every neighbour and a
/// short one would slip between them.
double growth(const std::string& few, const std::string& many) {
    std::array<double, kRounds> ratios{};
    mean_of([&] { return read_once(many); }, 0);  // its memory is there from now on
    for (double& ratio : ratios) {
        const double under = mean_of([&] { return read_once(few); }, kRoundSeconds);
        ratio = mean_of([&] { return read_once(many); }, kRoundSeconds) / under;
    }
    return sorted(ratios)[kRounds / 2];
}

/// Bytes held at once while `text` is read and its document kept, for a byte of it.
double bytes_for_one(const std::string& text) {
    std::size_t size = 0;
    const std::size_t held = duban::bench::most_held([&] { size = read_once(text); });
    return static_cast<double>(held) / static_cast<double>(size);
}

struct Bars {
    bool broken = false;

    void line(const std::string& what, double value, double bar) {
        std::printf(
            "%-42s %7.1f  (at most %.0f)%s\n",
            what.c_str(),
            value,
            bar,
            value > bar ? "  BROKEN" : ""
        );
        broken = broken || value > bar;
    }
};

std::string printable(std::string_view shape) {
    std::string name;
    for (const char c : shape) {
        name += c == '\n' ? std::string{"\\n"} : c == '\xFF' ? std::string{"FF"} : std::string{c};
    }
    return name;
}

int run(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    const std::string notice{std::istreambuf_iterator<char>{in}, {}};
    if (notice.empty()) {
        std::fprintf(stderr, "bench_read: nothing to read in %s\n", path.c_str());
        return 2;
    }
    duban::bench::keep_freed_memory();
    Bars bars;
    bars.line("notice: CPU / NFKC of it", against_nfkc(notice), kNfkcBar);
    const std::string small = repeated(notice, kSmall).substr(0, kSmall);
    const std::string large = repeated(notice, kLarge);
    bars.line("notice: 1 MB / 20 KB", growth(small, large), kGrowthBar);
    bars.line("notice: bytes held / byte, 20 KB", bytes_for_one(small), kNoticeBytesBar);
    bars.line("notice: bytes held / byte, 1 MB", bytes_for_one(large), kNoticeBytesBar);
    bars.line(
        "notice: bytes held / byte, 10 MB",
        bytes_for_one(repeated(notice, 10 * kLarge)),
        kNoticeBytesBar
    );
    for (const std::string_view shape : kShapes) {
        const std::string few = repeated(shape, kSmall);
        const std::string many = repeated(shape, kLarge);
        const std::string name = printable(shape);
        bars.line(name + ": 1 MB / 20 KB", growth(few, many), kGrowthBar);
        bars.line(name + ": bytes held / byte", bytes_for_one(many), kShapeBytesBar);
    }
    return bars.broken ? 1 : 0;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::fprintf(stderr, "bench_read NOTICE\n");
        return 2;
    }
    return run(words[1]);
}
