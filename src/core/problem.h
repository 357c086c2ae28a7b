// The one exception for a request that cannot be carried out (RFC 9457 at the edge, E31).
//
//     throw core::Problem{core::ProblemKind::Rejected, "entry.wrong_state",
//                         {{"state", "struck_off"}}};
//
// `code` is public and stable; the sentence is looked up by language in
// locales/<tag>/problems.yaml where the answer is written, or stands in `texts` when a pack
// supplies it. SQL, paths and secrets never go into params.

#pragma once

#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/texts.h"

namespace duban::core {

/// What the caller can do about it; the HTTP status follows from it.
enum class ProblemKind {
    Invalid,          ///< 400 the request is malformed
    Unauthenticated,  ///< 401 sign in first
    Forbidden,        ///< 403
    NotFound,         ///< 404
    Conflict,         ///< 409 the state does not allow it: read again
    Stale,            ///< 412 If-Match names an older revision
    TooLarge,         ///< 413
    Rejected,         ///< 422 a rule says no
    NoPrecondition,   ///< 428 an action on an entry needs If-Match
    TooMany,          ///< 429
    Corrupt,          ///< 500 stored data contradicts itself
    Unavailable       ///< 503 retry unchanged
};

/// The HTTP status of a kind.
[[nodiscard]] int status_of(ProblemKind kind);

using Params = std::map<std::string, std::string>;

/// What values of params are called, where a pack has titles for them: a sentence says “hand in”,
/// params keep "file". Empty texts say nothing.
using Words = std::map<std::string, Texts>;

/// `params` as they are told in a language.
[[nodiscard]] Params told(const Params& params, const Words& words, std::string_view language);

/// A fault of one field of the request.
struct FieldError {
    std::string pointer;  ///< JSON Pointer (RFC 6901) into the request body: "/fields/body"
    std::string code;     ///< "field.required"
    Params params;
    Texts texts;       ///< the sentence, when a pack supplies it
    Words words = {};  ///< of params
};

class Problem : public std::exception {
public:
    Problem(ProblemKind kind, std::string code, Params params = {}, Words words = {});

    ProblemKind kind;
    std::string code;
    Params params;                   ///< values for the placeholders of the sentence
    std::vector<FieldError> errors;  ///< faults of single fields
    Texts texts;                     ///< the sentence, when a pack supplies it
    Words words;                     ///< of params

    [[nodiscard]] const char* what() const noexcept override { return code.c_str(); }
};

}  // namespace duban::core
