#include "http/problem_response.h"

#include "core/check.h"
#include "core/json.h"

namespace duban::http {

namespace {

std::string sentence_of(
    const core::Texts& texts,
    std::string_view code,
    const core::Params& params,
    const ProblemPlace& place
) {
    return texts.empty() ? place.sentences.sentence(code, params, place.language)
                         : std::string{texts.in(place.language)};
}

core::JsonObject params_json(const core::Params& params) {
    core::JsonObject out;
    for (const auto& [name, value] : params) {
        out[name] = value;
    }
    return out;
}

core::JsonArray errors_json(const core::Problem& problem, const ProblemPlace& place) {
    core::JsonArray out;
    for (const core::FieldError& error : problem.errors) {
        core::JsonObject one;
        one["pointer"] = error.pointer;
        one["code"] = error.code;
        one["detail"] = sentence_of(
            error.texts, error.code, core::told(error.params, error.words, place.language), place
        );
        one["params"] = params_json(error.params);
        out.emplace_back(std::move(one));
    }
    return out;
}

}  // namespace

std::string_view kind_name(core::ProblemKind kind) {
    using enum core::ProblemKind;
    switch (kind) {
        case Invalid: return "invalid";
        case Unauthenticated: return "unauthenticated";
        case Forbidden: return "forbidden";
        case NotFound: return "not_found";
        case Conflict: return "conflict";
        case Stale: return "stale";
        case TooLarge: return "too_large";
        case Rejected: return "rejected";
        case NoPrecondition: return "no_precondition";
        case TooMany: return "too_many";
        case Corrupt: return "corrupt";
        case Unavailable: return "unavailable";
    }
    core::check(false, "every kind of problem has a name");
    return "";
}

core::JsonObject problem_json(const core::Problem& problem, const ProblemPlace& place) {
    core::JsonObject body;
    body["type"] = "/problems/" + problem.code;
    body["title"] = place.sentences.sentence(
        "kind." + std::string{kind_name(problem.kind)}, {}, place.language
    );
    body["status"] = place.status.value_or(core::status_of(problem.kind));
    body["detail"] = sentence_of(
        problem.texts,
        problem.code,
        core::told(problem.params, problem.words, place.language),
        place
    );
    body["instance"] = place.instance;
    body["code"] = problem.code;
    body["params"] = params_json(problem.params);
    body["errors"] = errors_json(problem, place);
    return body;
}

Response problem_response(const core::Problem& problem, const ProblemPlace& place) {
    const int status = place.status.value_or(core::status_of(problem.kind));
    Response response = json_response(status, problem_json(problem, place));
    response.content_type = "application/problem+json";
    response.headers.set("Content-Language", place.language);
    if (problem.kind == core::ProblemKind::Unauthenticated) {
        response.headers.set("WWW-Authenticate", "Bearer");
    }
    if (const auto wait = problem.params.find("retry_after_seconds");
        wait != problem.params.end()) {
        response.headers.set("Retry-After", wait->second);
    }
    return response;
}

Response failure_response(std::string_view request_id, const ProblemPlace& place) {
    return problem_response(
        core::Problem{
            core::ProblemKind::Corrupt, "server.failed", {{"request_id", std::string{request_id}}}
        },
        {place.sentences, place.language, place.instance, 500}
    );
}

}  // namespace duban::http
