// What stands in a request line and in two header fields, taken apart: paths, queries, cookies,
// byte ranges. All of it is foreign text, so every function has an answer for every input.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duban::http {

inline constexpr std::size_t kQueryParametersMax = 100;
inline constexpr std::size_t kPathSegmentsMax = 32;

/// The small letter of an ASCII capital; anything else as it is (field names and hex digits).
[[nodiscard]] char lower(char c);

/// "%E4%BA%8B" → "事". nullopt for a broken escape, a control character or invalid UTF-8.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

/// Everything but unreserved characters (RFC 3986, 2.3) escaped.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// The parameters of a query, decoded, in their order.
class Query {
public:
    using Parameter = std::pair<std::string, std::string>;

    /// Reads "a=1&b=%20x+y"; nullopt for a broken escape or more than kQueryParametersMax.
    [[nodiscard]] static std::optional<Query> parse(std::string_view text);

    /// The first value of this name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<Parameter>& parameters() const { return parameters_; }

    /// From now on find() and all() of another name are a Bug: whoever reads a parameter has said
    /// so. `names` outlives the query.
    void declare(const std::vector<std::string>& names) { declared_ = &names; }

private:
    void check_declared(std::string_view name) const;

    std::vector<Parameter> parameters_;
    const std::vector<std::string>* declared_ = nullptr;
};

/// The target of a request line.
struct Target {
    std::string path;  ///< as sent, begins with '/'
    Query query;
    std::optional<std::string> host;  ///< of the absolute form (RFC 9112, 3.2.2)
};

/// nullopt for what is neither origin form nor absolute form, or holds a broken query.
[[nodiscard]] std::optional<Target> parse_target(std::string_view text);

/// The decoded segments of a path: "/a/b%20c" → a, "b c"; "/" → none; a last slash is an empty
/// segment. nullopt for a broken escape, an escaped slash, "." or "..", or more than
/// kPathSegmentsMax.
[[nodiscard]] std::optional<std::vector<std::string>> split_path(std::string_view path);

/// The value of `name` in a Cookie field; nullopt when absent or when it stands there twice.
[[nodiscard]] std::optional<std::string> find_cookie(std::string_view field, std::string_view name);

/// Bytes [begin, end) of a file.
struct ByteRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool operator==(const ByteRange&) const = default;
};

/// What a Range field asks of a file of `size` bytes.
struct RangeRequest {
    bool is_satisfiable = true;      ///< false: answer 416
    std::optional<ByteRange> range;  ///< absent: the whole file
};

/// One range of bytes is honoured; several, or what is no range, mean the whole (RFC 9110, 14.2).
[[nodiscard]] RangeRequest parse_range(std::string_view field, std::uint64_t size);

/// The best of `offered` for an Accept-Language field (RFC 9110, 12.5.4, basic filtering): by
/// weight, then by order; the first offered when nothing fits. `offered` is not empty.
[[nodiscard]] std::string choose_language(
    std::string_view field, const std::vector<std::string>& offered
);

}  // namespace duban::http
