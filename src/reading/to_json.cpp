#include <array>
#include <charconv>

#include <boost/json/value_from.hpp>
#include <openssl/evp.h>

#include "core/check.h"
#include "reading/reading.h"
#include "reading/zh/print.h"

namespace duban::reading {
namespace {

core::Json json_of(const Span& span) {
    return core::JsonArray{span.begin, span.end};
}

core::Json json_of(const std::optional<std::string>& text) {
    return text ? core::Json(*text) : core::Json(nullptr);
}

core::Json json_of(const Mention& mention) {
    return core::JsonObject{{"text", mention.text}, {"span", json_of(mention.span)}};
}

core::Json words_of(const std::optional<Mention>& mention) {
    return mention ? core::Json(mention->text) : core::Json(nullptr);
}

/// An integer, or a decimal as a string (E32); an integer too large for one is a string as well.
core::Json number_of(const std::string& value) {
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), integer);
    constexpr std::int64_t kExactMax = std::int64_t{1} << 53U;
    const bool exact =
        error == std::errc{} && end == value.data() + value.size() && integer <= kExactMax;
    return exact ? core::Json(integer) : core::Json(value);
}

core::Json json_of(const Heading& heading) {
    return core::JsonObject{
        {"level", heading.level},
        {"marker", heading.marker},
        {"text", heading.text},
        {"parent", heading.parent},
        {"status", json_of(heading.status)},
        {"span", json_of(heading.span)}
    };
}

core::Json json_of(const Statement& statement) {
    return core::JsonObject{
        {"parent", statement.parent},
        {"marker", statement.marker},
        {"text", statement.text},
        {"status", json_of(statement.status)},
        {"span", json_of(statement.span)}
    };
}

core::Json json_of(const Quantity& quantity) {
    return core::JsonObject{
        {"value", number_of(quantity.value)},
        {"unit", quantity.unit},
        {"approximate", quantity.approximate},
        {"ordinal", quantity.ordinal},
        {"text", quantity.place.text},
        {"span", json_of(quantity.place.span)}
    };
}

core::Json json_of(const DateRange& date) {
    return core::JsonObject{
        {"from", json_of(date.from)},
        {"to", json_of(date.to)},
        {"text", date.place.text},
        {"span", json_of(date.place.span)}
    };
}

core::Json json_of(const Count& count) {
    return core::JsonObject{
        {"what", count.what},
        {"value", number_of(count.value)},
        {"unit", count.unit},
        {"span", json_of(count.span)}
    };
}

core::Json json_of(const Diagnostic& diagnostic) {
    return core::JsonObject{
        {"code", diagnostic.code},
        {"text", diagnostic.text},
        {"explanation", zh::explanation(diagnostic.code)},
        {"span", json_of(diagnostic.span)}
    };
}

template <typename Items>
core::Json list_of(const Items& items) {
    core::JsonArray list;
    list.reserve(items.size());
    for (const auto& item : items) {
        list.push_back(json_of(item));
    }
    return list;
}

core::Json spans_of(const Document& document) {
    core::JsonObject spans;
    const auto put = [&](const char* name, const std::optional<Mention>& mention) {
        spans[name] = mention ? json_of(mention->span) : core::Json(nullptr);
    };
    put("title", document.title);
    put("issuer", document.issuer);
    put("source", document.source);
    put("body", document.inspection.body);
    put("target", document.inspection.target);
    return spans;
}

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const int done =
        EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    core::check(done == 1, "OpenSSL digests any text");
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        hex += kHex[digest[i] >> 4U];
        hex += kHex[digest[i] & 0xFU];
    }
    return hex;
}

}  // namespace

core::Json to_json(const Document& document) {
    const Inspection& inspection = document.inspection;
    return core::JsonObject{
        {"title", words_of(document.title)},
        {"issuer", words_of(document.issuer)},
        {"date", json_of(document.date)},
        {"source", words_of(document.source)},
        {"language", document.language},
        {"text_sha256", sha256_hex(document.text)},
        {"outline", list_of(document.outline)},
        {"measures", list_of(document.measures)},
        {"documents", list_of(document.documents)},
        {"quantities", list_of(document.quantities)},
        {"dates", list_of(document.dates)},
        {"window",
         document.window ? core::Json(core::JsonArray{document.window->from, document.window->to})
                         : core::Json(nullptr)},
        {"contacts",
         core::JsonObject{
             {"phone", list_of(document.contacts.phone)},
             {"email", list_of(document.contacts.email)},
             {"postcode", list_of(document.contacts.postcode)},
             {"address", list_of(document.contacts.address)}
         }},
        {"inspection",
         core::JsonObject{
             {"body", words_of(inspection.body)},
             {"target", words_of(inspection.target)},
             {"from", json_of(inspection.from)},
             {"to", json_of(inspection.to)},
             {"feedback", json_of(inspection.feedback)}
         }},
        {"counts", list_of(document.counts)},
        {"diagnostics", list_of(document.diagnostics)},
        {"spans", spans_of(document)}
    };
}

}  // namespace duban::reading
