// Reading an official document: bytes in, what is said out.
//
//     const reading::Document document = reading::read(bytes);
//     document.outline[0].text;               // "整改责任落实情况"
//     reading::to_json(document);             // the contract of `duban read --json`
//     reading::tree_text(document);           // the same for people
//
// Whatever the bytes are, read() answers: it throws nothing for what it is given, and takes time
// and memory linear in it. What the document does not say stays empty; what is uncertain stands in
// `diagnostics` with its place and reason. Spans are [begin, end) in bytes of `text`, the text as
// read (E32). The method is told in docs/reading.md.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace duban::reading {

/// More than this is not read: the rest is left out and a diagnostic says so.
inline constexpr std::size_t kReadBytesMax = std::size_t{64} * 1024 * 1024;

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Span&) const = default;
};

/// Words of the document and where they stand. Where a line was broken, or markup or an invisible
/// character (U+200B, U+FEFF …) stood inside, `text` is without it; otherwise it is exactly the
/// bytes of the span.
struct Mention {
    std::string text;
    Span span;
};

/// A numbered heading. The span holds the marker and the heading; a body that follows on the same
/// line is not part of it.
struct Heading {
    int level = 1;  ///< depth in the document's own tree
    std::string marker;
    std::string text;  ///< without its marker
    int parent = -1;   ///< index into the outline
    Span span;
    std::optional<std::string> status;  ///< what the document says of it: 已完成整改
};

/// A statement that begins with 一是, 第一, 首先 …: a measure, as a rule.
struct Statement {
    int parent = -1;  ///< the nearest heading before it
    std::string marker;
    std::string text;  ///< without its marker
    Span span;         ///< marker and text
    std::optional<std::string> status;
};

struct Quantity {
    std::string value;  ///< a decimal number in ASCII digits
    std::string unit;
    bool approximate = false;  ///< 余, 多, 近, 约 …
    bool ordinal = false;      ///< 第五期: a place in a row, no amount
    Mention place;
};

/// A date, or a range; both ends are given for a single day. Null where it cannot be told.
struct DateRange {
    std::optional<std::string> from;  ///< 2023-07-25
    std::optional<std::string> to;
    Mention place;
};

/// A figure of the document's own account: 已完成整改 19.
struct Count {
    std::string what;
    std::string value;
    std::string unit;
    Span span;
};

struct Contacts {
    std::vector<Mention> phone;
    std::vector<Mention> email;
    std::vector<Mention> postcode;
    std::vector<Mention> address;
};

struct Inspection {
    std::optional<Mention> body;    ///< who inspected
    std::optional<Mention> target;  ///< who was inspected
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::optional<std::string> feedback;  ///< the day the findings were told
};

struct Window {
    std::string from;
    std::string to;
};

/// What is uncertain, and where. Codes are listed in docs/reading.md.
struct Diagnostic {
    std::string code;
    std::string text;
    Span span;
};

struct Document {
    std::string text;  ///< the text as read: UTF-8, no byte order mark, LF
    std::string language;
    std::optional<Mention> title;
    std::optional<Mention> issuer;
    std::optional<std::string> date;
    std::optional<Mention> source;
    std::vector<Heading> outline;
    std::vector<Statement> measures;
    std::vector<Mention> documents;
    std::vector<Quantity> quantities;
    std::vector<DateRange> dates;
    std::optional<Window> window;
    Contacts contacts;
    Inspection inspection;
    std::vector<Count> counts;
    std::vector<Diagnostic> diagnostics;

    /// Whether a diagnostic of this code stands among the others.
    [[nodiscard]] bool has(std::string_view code) const;
    /// Whether a secrecy mark stands in its place: who stores documents must refuse this one (P14).
    [[nodiscard]] bool is_marked_secret() const;
};

/// Reads `bytes`: UTF-8, GB 18030, or UTF-16 with its mark.
[[nodiscard]] Document read(std::string_view bytes);

/// Whether a secrecy mark stands in its place in what begins with `beginning`, or in the name of
/// its file (P14): for who keeps files and reads no document.
[[nodiscard]] bool bears_secrecy_mark(std::string_view file_name, std::string_view beginning);

/// The one object that `duban read --json` prints.
[[nodiscard]] core::Json to_json(const Document& document);

/// The document for people: its tree with counts, what was found, uncertain places marked.
[[nodiscard]] std::string tree_text(const Document& document);

}  // namespace duban::reading
