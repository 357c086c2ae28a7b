// The golden documents: tests/reading/<case>/{input.txt,expected.json}.
//
//     reading_golden [--rebaseline] [CASE…]
//
// Each document must give its expected.json; in full-width, half-width and NFKC form the same tree
// and equal texts after folding; and every span must cut out what it names. --rebaseline writes
// expected.json anew: the difference is read in review like code.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "reading/reading.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace duban::reading {
namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// The contract without what only repeats the input or the manual.
core::Json contract(const Document& document) {
    core::Json json = to_json(document);
    json.as_object().erase("text_sha256");
    for (core::Json& diagnostic : json.as_object()["diagnostics"].as_array()) {
        diagnostic.as_object().erase("explanation");
    }
    return json;
}

/// One member a line, one list item a line: what a reviewer can compare.
std::string page_of(const core::Json& json) {
    std::string page = "{\n";
    for (const auto& member : json.as_object()) {
        page += page.size() > 2 ? ",\n" : "";
        page += "\"" + std::string{member.key()} + "\": ";
        const bool list = member.value().is_array() && !member.value().as_array().empty() &&
                          member.value().as_array().front().is_object();
        if (!list) {
            page += core::json_text(member.value());
            continue;
        }
        std::string items;
        for (const core::Json& item : member.value().as_array()) {
            items += (items.empty() ? "[\n  " : ",\n  ") + core::json_text(item);
        }
        page += items + "\n]";
    }
    return page + "\n}\n";
}

std::string full_width(std::string_view text) {
    std::string wide;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = text::next(text, at);
        text::append(wide, c == U' ' ? U'\u3000' : c > 0x20 && c < 0x7F ? c + 0xFEE0 : c);
    }
    return wide;
}

std::string half_width(std::string_view text) {
    std::string narrow;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = text::next(text, at);
        switch (c) {
            case U'\u3000': c = U' '; break;
            case U'。': c = U'｡'; break;
            case U'、': c = U'､'; break;
            case U'「': c = U'｢'; break;
            case U'」': c = U'｣'; break;
            default: c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; break;
        }
        text::append(narrow, c);
    }
    return narrow;
}

/// Everything that is said, in folded form, without places.
std::string said(const Document& document) {
    core::Json json = contract(document);
    std::string words;
    for (const auto& member : json.as_object()) {
        if (member.key() == "spans" || member.key() == "diagnostics") {
            continue;
        }
        core::Json value = member.value();
        const auto strip = [](core::Json& item) {
            if (item.is_object()) {
                item.as_object().erase("span");
            }
        };
        if (value.is_array()) {
            std::ranges::for_each(value.as_array(), strip);
        }
        if (member.key() == "contacts") {
            for (auto& kind : value.as_object()) {
                std::ranges::for_each(kind.value().as_array(), strip);
            }
        }
        words += std::string{member.key()} + " " + core::json_text(value) + "\n";
    }
    return text::nfkc(words);
}

bool is_space(char32_t c) {
    return c <= 0x20 || c == 0xA0 || c == 0x3000;
}

std::u32string squeezed(std::string_view words) {
    std::u32string kept = text::to_utf32(words);
    std::erase_if(kept, is_space);
    return kept;
}

/// A sign of HTML or Markdown in either width.
bool has_markup(std::string_view cut) {
    constexpr std::array<std::string_view, 8> kSigns{"<", "*", "&", "\\", "＜", "＊", "＆", "＼"};
    return std::ranges::any_of(kSigns, [&](std::string_view sign) {
        return cut.find(sign) != std::string_view::npos;
    });
}

/// Whether `words` are the characters of `cut`, blanks aside; with markup between, in order.
bool is_cut_out(std::string_view words, std::string_view cut, bool markup) {
    const std::u32string wanted = squeezed(words);
    const std::u32string found = squeezed(cut);
    if (!markup) {
        return wanted == found;
    }
    std::size_t seen = 0;
    for (const char32_t c : found) {
        seen += seen < wanted.size() && c == wanted[seen] ? 1U : 0U;
    }
    return seen == wanted.size() || cut.find('&') != std::string_view::npos ||
           cut.find("＆") != std::string_view::npos;  // an entity stands for a character
}

class Case {
public:
    Case(fs::path folder, bool rebaseline) : folder_{std::move(folder)}, rebaseline_{rebaseline} {}

    bool run() {
        const Document document = read(file_text(folder_ / "input.txt"));
        const std::string page = page_of(contract(document));
        if (rebaseline_) {
            std::ofstream{folder_ / "expected.json", std::ios::binary} << page;
        } else if (page != file_text(folder_ / "expected.json")) {
            fail("differs from expected.json; now:\n" + page);
        }
        same_in("full-width", document, full_width(document.text));
        same_in("half-width", document, half_width(document.text));
        same_in("NFKC", document, text::nfkc(document.text));
        spans(document);
        return passed_;
    }

private:
    void fail(const std::string& why) {
        std::cerr << folder_.filename().string() << ": " << why << "\n";
        passed_ = false;
    }

    void same_in(const char* form, const Document& document, const std::string& text) {
        const Document other = read(text);
        const std::string expected = said(document);
        const std::string found = said(other);
        if (expected != found) {
            const auto differs = std::ranges::mismatch(expected, found);
            const auto at = static_cast<std::size_t>(differs.in1 - expected.begin());
            const std::size_t line = expected.rfind('\n', at) + 1;
            fail(
                std::string{form} + " form says something else:\n  " +
                expected.substr(line, expected.find('\n', at) - line) + "\n  " +
                found.substr(line, found.find('\n', std::min(at, found.size())) - line)
            );
        }
        spans(other);
    }

    void cuts(const Document& document, const std::string& words, const Span& span) {
        const bool inside = span.begin <= span.end && span.end <= document.text.size();
        if (!inside) {
            fail("a span lies outside the text: " + words);
            return;
        }
        const std::string cut = document.text.substr(span.begin, span.end - span.begin);
        const bool markup = has_markup(cut) || cut.find('\n') != std::string::npos;
        if (text::find_invalid(cut) || (!words.empty() && !is_cut_out(words, cut, markup))) {
            fail("span cuts out “" + cut + "” for “" + words + "”");
        }
    }

    /// The span of a count goes from its words to its figure, whichever stands first.
    void holds(const Document& document, const Count& count) {
        cuts(document, {}, count.span);
        const std::string cut =
            document.text.substr(count.span.begin, count.span.end - count.span.begin);
        const std::u32string all = squeezed(cut);
        const std::u32string words = squeezed(count.what);
        if (!has_markup(cut) && cut.find('\n') == std::string::npos && !all.starts_with(words) &&
            !all.ends_with(words)) {
            fail("the span of a count cuts out “" + cut + "” for “" + count.what + "”");
        }
    }

    /// Marker and text are the ends of what a span cuts out.
    void encloses(
        const Document& document,
        const std::string& marker,
        const std::string& words,
        const Span& span
    ) {
        cuts(document, {}, span);
        const std::string cut = document.text.substr(span.begin, span.end - span.begin);
        const std::u32string all = squeezed(cut);
        // Between broken lines a page number may stand, which belongs to no sentence.
        const bool broken = cut.find('\n') != std::string::npos;
        if (!has_markup(cut) && !broken &&
            !(all.starts_with(squeezed(marker)) && all.ends_with(squeezed(words)))) {
            fail("span cuts out “" + cut + "” for “" + marker + "” and “" + words + "”");
        }
    }

    void spans(const Document& document) {
        for (const Heading& heading : document.outline) {
            encloses(document, heading.marker, heading.text, heading.span);
        }
        for (const Statement& measure : document.measures) {
            encloses(document, measure.marker, measure.text, measure.span);
        }
        for (const auto* mention :
             {&document.title,
              &document.issuer,
              &document.source,
              &document.inspection.body,
              &document.inspection.target}) {
            if (*mention) {
                cuts(document, (*mention)->text, (*mention)->span);
            }
        }
        for (const Count& count : document.counts) {
            holds(document, count);
        }
        for (const Quantity& quantity : document.quantities) {
            cuts(document, quantity.place.text, quantity.place.span);
        }
        for (const DateRange& date : document.dates) {
            cuts(document, date.place.text, date.place.span);
        }
        for (const auto* list :
             {&document.documents,
              &document.contacts.phone,
              &document.contacts.email,
              &document.contacts.postcode,
              &document.contacts.address}) {
            for (const Mention& mention : *list) {
                cuts(document, mention.text, mention.span);
            }
        }
        for (const Diagnostic& diagnostic : document.diagnostics) {
            cuts(document, {}, diagnostic.span);
        }
    }

    fs::path folder_;
    bool rebaseline_;
    bool passed_ = true;
};

constexpr std::size_t kFormsRead = 4;  // as it is, full-width, half-width, NFKC

int run_cases(const std::vector<std::string>& args) {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");
    const fs::path root = fs::path{source == nullptr ? "." : source} / "tests/reading";
    const bool rebaseline = std::ranges::find(args, "--rebaseline") != args.end();
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator{root}) {
        const std::string name = entry.path().filename().string();
        const bool named = std::ranges::find(args, name) != args.end();
        const bool all = args.size() == (rebaseline ? 1U : 0U);
        if (entry.is_directory() && (all || named)) {
            folders.push_back(entry.path());
        }
    }
    std::ranges::sort(folders);
    std::size_t failed = 0;
    for (const fs::path& folder : folders) {
        failed += Case{folder, rebaseline}.run() ? 0U : 1U;
    }
    std::cout << folders.size() << " documents in " << folders.size() * kFormsRead << " forms, "
              << failed << " failed\n";
    return failed == 0 && !folders.empty() ? 0 : 1;
}

}  // namespace
}  // namespace duban::reading

int main(int count, char** words) {
    return duban::reading::run_cases(std::vector<std::string>(words + 1, words + count));
}
