#include "http/metrics.h"

#include <gtest/gtest.h>

namespace duban::http {
namespace {

TEST(Metrics, AreWrittenAsPrometheusReadsThem) {
    Metrics metrics;
    metrics.counter("a_total", "What is \\ counted", {{"by", "q\"\\\n"}}).add(3);
    metrics.counter("a_total", "", {{"by", "x"}}).add();
    metrics.gauge("b", "Now", [] { return 1.5; });
    Histogram& seconds = metrics.histogram("c_seconds", "Took", {0.1, 1}, {{"r", "/"}});
    seconds.observe(0.1);
    seconds.observe(0.5);
    seconds.observe(7);
    EXPECT_EQ(
        metrics.text(),
        "# HELP a_total What is \\\\ counted\n"
        "# TYPE a_total counter\n"
        "a_total{by=\"q\\\"\\\\\\n\"} 3\n"
        "a_total{by=\"x\"} 1\n"
        "# HELP b Now\n"
        "# TYPE b gauge\n"
        "b 1.5\n"
        "# HELP c_seconds Took\n"
        "# TYPE c_seconds histogram\n"
        "c_seconds_bucket{r=\"/\",le=\"0.1\"} 1\n"
        "c_seconds_bucket{r=\"/\",le=\"1\"} 2\n"
        "c_seconds_bucket{r=\"/\",le=\"+Inf\"} 3\n"
        "c_seconds_sum{r=\"/\"} 7.6\n"
        "c_seconds_count{r=\"/\"} 3\n"
    );
}

TEST(Metrics, TheSameNameAndLabelsAreTheSameCounter) {
    Metrics metrics;
    Counter& first = metrics.counter("a_total", "");
    metrics.counter("b_total", "");
    EXPECT_EQ(&metrics.counter("a_total", ""), &first);
    first.add(2);
    EXPECT_EQ(metrics.counter("a_total", "").value(), 2U);
}

}  // namespace
}  // namespace duban::http
