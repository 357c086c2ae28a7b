#include "core/problem.h"

#include <utility>

namespace duban::core {

int status_of(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::Invalid: return 400;
        case ProblemKind::Unauthenticated: return 401;
        case ProblemKind::Forbidden: return 403;
        case ProblemKind::NotFound: return 404;
        case ProblemKind::Conflict: return 409;
        case ProblemKind::Stale: return 412;
        case ProblemKind::TooLarge: return 413;
        case ProblemKind::Rejected: return 422;
        case ProblemKind::NoPrecondition: return 428;
        case ProblemKind::TooMany: return 429;
        case ProblemKind::Corrupt: return 500;
        case ProblemKind::Unavailable: return 503;
    }
    return 500;
}

Params told(const Params& params, const Words& words, std::string_view language) {
    Params out = params;
    for (const auto& [name, texts] : words) {
        if (!texts.empty()) {
            out[name] = std::string{texts.in(language)};
        }
    }
    return out;
}

Problem::Problem(
    ProblemKind kind_of_problem, std::string code_of_problem, Params values, Words words_of_values
)
    : kind{kind_of_problem},
      code{std::move(code_of_problem)},
      params{std::move(values)},
      words{std::move(words_of_values)} {}

}  // namespace duban::core
