// The one place where a Problem becomes an answer: application/problem+json (RFC 9457) with the
// sentence in the reader's language (E31); any other exception, a bare 500 with the request's id.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/problem.h"
#include "http/message.h"

namespace duban::http {

/// The sentences of locales/<tag>/problems.yaml. Safe to use from several threads.
class Sentences {
public:
    Sentences() = default;
    Sentences(const Sentences&) = delete;
    Sentences& operator=(const Sentences&) = delete;
    virtual ~Sentences() = default;

    /// The sentence of `code` with its placeholders filled; the code itself when there is none.
    /// `language` is one of the languages() or near one.
    [[nodiscard]] virtual std::string sentence(
        std::string_view code, const core::Params& params, std::string_view language
    ) const = 0;
    /// The languages there are, the preferred first; at least one.
    [[nodiscard]] virtual std::vector<std::string> languages() const = 0;
};

/// Around a problem.
struct ProblemPlace {
    const Sentences& sentences;
    std::string language;
    std::string instance;       ///< the request's id, as a URI: "/requests/…"
    std::optional<int> status;  ///< when it is another than the kind's (405, 431, …)
};

/// Members type, title, status, detail, instance, and our code, params, errors. `type` is
/// "/problems/<code>"; `title` is the sentence of "kind.<name>", the same for a whole kind.
[[nodiscard]] core::JsonObject problem_json(
    const core::Problem& problem, const ProblemPlace& place
);

/// problem_json() as the whole answer. A 401 names the scheme; a param "retry_after_seconds"
/// becomes Retry-After.
[[nodiscard]] Response problem_response(const core::Problem& problem, const ProblemPlace& place);

/// 500 with code "server.failed" and the request's id, and nothing of what happened.
[[nodiscard]] Response failure_response(std::string_view request_id, const ProblemPlace& place);

/// "conflict": the name of a kind in codes and documents.
[[nodiscard]] std::string_view kind_name(core::ProblemKind kind);

}  // namespace duban::http
