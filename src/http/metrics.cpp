#include "http/metrics.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/check.h"

namespace duban::http {

namespace {

std::string number_text(double value) {
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), result.ptr};
}

std::string escape(std::string_view text, bool with_quotes) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\\' || (c == '"' && with_quotes)) {
            out.append({'\\', c});
        } else {
            out.push_back(c);
        }
    }
    return out;
}

/// `a="x",b="y"`
std::string label_text(const Labels& labels) {
    std::string out;
    for (const auto& [name, value] : labels) {
        out.append(out.empty() ? "" : ",").append(name);
        out.append("=\"").append(escape(value, true)).append("\"");
    }
    return out;
}

std::string series(std::string_view name, std::string_view labels, std::string_view value) {
    std::string out{name};
    if (!labels.empty()) {
        out.append("{").append(labels).append("}");
    }
    return out.append(" ").append(value).append("\n");
}

std::string histogram_text(
    const std::string& name, const std::string& labels, const Histogram& histogram
) {
    const std::string prefix = labels.empty() ? "" : labels + ',';
    const auto counts = histogram.cumulative();
    std::string out;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::string bound =
            i < histogram.bounds().size() ? number_text(histogram.bounds()[i]) : "+Inf";
        out += series(name + "_bucket", prefix + "le=\"" + bound + '"', std::to_string(counts[i]));
    }
    out += series(name + "_sum", labels, number_text(histogram.sum()));
    out += series(name + "_count", labels, std::to_string(counts.back()));
    return out;
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_{std::move(bounds)}, counts_(bounds_.size() + 1) {
    core::check(std::ranges::is_sorted(bounds_), "the bounds of a histogram ascend");
}

void Histogram::observe(double value) {
    const auto place = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
    counts_[static_cast<std::size_t>(place)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::cumulative() const {
    std::vector<std::uint64_t> out;
    std::uint64_t total = 0;
    for (const auto& count : counts_) {
        total += count.load(std::memory_order_relaxed);
        out.push_back(total);
    }
    return out;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
    const std::scoped_lock lock{mutex_};
    auto& slot = family(name, help, "counter").counters[label_text(labels)];
    slot = slot ? std::move(slot) : std::make_unique<Counter>();
    return *slot;
}

Histogram& Metrics::histogram(
    std::string_view name,
    std::string_view help,
    const std::vector<double>& bounds,
    const Labels& labels
) {
    const std::scoped_lock lock{mutex_};
    auto& slot = family(name, help, "histogram").histograms[label_text(labels)];
    slot = slot ? std::move(slot) : std::make_unique<Histogram>(bounds);
    return *slot;
}

void Metrics::gauge(
    std::string_view name, std::string_view help, std::function<double()> read, const Labels& labels
) {
    const std::scoped_lock lock{mutex_};
    family(name, help, "gauge").gauges[label_text(labels)] = std::move(read);
}

std::string Metrics::text() const {
    const std::scoped_lock lock{mutex_};
    std::string out;
    for (const auto& [name, family] : families_) {
        out.append("# HELP ").append(name).append(" ").append(escape(family.help, false));
        out.append("\n# TYPE ").append(name).append(" ").append(family.type).append("\n");
        for (const auto& [labels, counter] : family.counters) {
            out += series(name, labels, std::to_string(counter->value()));
        }
        for (const auto& [labels, read] : family.gauges) {
            out += series(name, labels, number_text(read()));
        }
        for (const auto& [labels, histogram] : family.histograms) {
            out += histogram_text(name, labels, *histogram);
        }
    }
    return out;
}

Metrics::Family& Metrics::family(
    std::string_view name, std::string_view help, std::string_view type
) {
    auto found = families_.find(name);
    if (found == families_.end()) {
        found = families_.emplace(std::string{name}, Family{}).first;
        found->second.help = help;
        found->second.type = type;
    }
    core::check(found->second.type == type, "a metric has one type");
    return found->second;
}

}  // namespace duban::http
