// Counters, histograms and gauges, as Prometheus reads them (text format 0.0.4).
//
//     Counter& refused = metrics.counter("duban_sign_in_refused_total", "Refused sign-ins");
//     refused.add();
//     metrics.gauge("duban_search_lag", "Records not yet indexed", [&] { return follower.lag(); });
//
// What is counted keeps its address: look it up once, not on every request.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duban::http {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
public:
    void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// How often a value fell below each of some bounds.
class Histogram {
public:
    /// `bounds` ascend; +Inf is understood.
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);

    /// How often up to each bound, then in all.
    [[nodiscard]] std::vector<std::uint64_t> cumulative() const;
    [[nodiscard]] const std::vector<double>& bounds() const { return bounds_; }
    [[nodiscard]] double sum() const { return sum_.load(std::memory_order_relaxed); }

private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_;
    std::atomic<double> sum_{0};
};

/// All that is measured. Safe to use from several threads.
class Metrics {
public:
    /// The counter of this name and these labels; made on first use.
    Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
    Histogram& histogram(
        std::string_view name,
        std::string_view help,
        const std::vector<double>& bounds,
        const Labels& labels = {}
    );
    /// `read` is called for each rendering, so it is quick and outlives this.
    void gauge(
        std::string_view name,
        std::string_view help,
        std::function<double()> read,
        const Labels& labels = {}
    );

    /// For GET /metrics; its type is kMetricsContentType.
    [[nodiscard]] std::string text() const;

private:
    /// All series of one name.
    struct Family {
        std::string help;
        std::string type;
        std::map<std::string, std::unique_ptr<Counter>> counters;  ///< by rendered labels
        std::map<std::string, std::unique_ptr<Histogram>> histograms;
        std::map<std::string, std::function<double()>> gauges;
    };
    Family& family(std::string_view name, std::string_view help, std::string_view type);

    mutable std::mutex mutex_;
    std::map<std::string, Family, std::less<>> families_;
};

inline constexpr std::string_view kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace duban::http
