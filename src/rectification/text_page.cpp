#include <algorithm>
#include <array>

#include "reading/reading.h"
#include "rectification/internal/page.h"
#include "text/utf8.h"

namespace duban::rectification {

namespace {

constexpr std::string_view kPlain = "text/plain";
/// A paragraph that is longer goes on in another one: it has to fit on a page, escaped too.
constexpr std::size_t kParagraphBytesMax = 8'000;
constexpr int kLevelMax = 5;

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEndings = {
    {{kPlain, "txt"},
     {"application/pdf", "pdf"},
     {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
     {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
     {"application/msword", "doc"}}
};

/// Without the spaces before and after it, ideographic ones (U+3000) too.
std::string_view trimmed_line(std::string_view line) {
    constexpr std::string_view kWide = "\xE3\x80\x80";
    constexpr std::string_view kNarrow = " \t\r";
    while (!line.empty()) {
        if (kNarrow.find(line.front()) != std::string_view::npos) {
            line.remove_prefix(1);
        } else if (kNarrow.find(line.back()) != std::string_view::npos) {
            line.remove_suffix(1);
        } else if (line.starts_with(kWide)) {
            line.remove_prefix(kWide.size());
        } else if (line.ends_with(kWide)) {
            line.remove_suffix(kWide.size());
        } else {
            break;
        }
    }
    return line;
}

std::string_view first_part(std::string_view line) {
    std::size_t at = 0;
    std::size_t end = 0;
    while (at < line.size() && at <= kParagraphBytesMax) {
        end = at;
        static_cast<void>(text::next(line, at));
    }
    return at >= line.size() && line.size() <= kParagraphBytesMax ? line : line.substr(0, end);
}

std::string element(std::string_view name, const std::string& attributes, std::string_view words) {
    std::string out = "<";
    out += name;
    out += attributes + ">" + escaped(words) + "</";
    out += name;
    return out + ">\n";
}

/// The heading that a line is, whole; nullptr where it is a paragraph.
const reading::Heading* heading_at(
    const reading::Document& document, std::size_t begin, std::size_t end
) {
    const auto found = std::ranges::find_if(document.outline, [&](const auto& heading) {
        return heading.span.begin == begin && heading.span.end == end;
    });
    return found == document.outline.end() ? nullptr : &*found;
}

void add_line(
    std::vector<std::string>& out,
    const Voice& voice,
    const reading::Heading* heading,
    std::string_view line
) {
    const std::string lang = lang_of(voice, line);
    if (heading != nullptr) {
        const std::string level = std::to_string(std::min(heading->level, kLevelMax) + 1);
        out.push_back(element("h" + level, lang, line));
        return;
    }
    for (bool goes_on = false; !line.empty(); goes_on = true) {
        const std::string_view part = first_part(line);
        out.push_back(element("p", (goes_on ? " class=\"goes-on\"" : "") + lang, part));
        line.remove_prefix(part.size());
    }
}

}  // namespace

std::string text_name(const Publication& publication) {
    const auto found = std::ranges::find_if(kEndings, [&](const auto& ending) {
        return publication.text.type.starts_with(ending.first);
    });
    return "text." + std::string{found == kEndings.end() ? "bin" : found->second};
}

std::vector<std::string> paragraphs_of(const Publication& publication, const Voice& voice) {
    std::vector<std::string> out;
    if (!publication.text.type.starts_with(kPlain)) {
        return out;
    }
    const reading::Document document = reading::read(publication.text.bytes);
    const std::string_view text = document.text;
    bool titled = false;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = trimmed_line(text.substr(begin, end - begin));
        // The title stands above already.
        const bool is_title = !titled && line == publication.heading;
        titled = titled || is_title;
        if (!line.empty() && !is_title) {
            const auto at = static_cast<std::size_t>(line.data() - text.data());
            add_line(out, voice, heading_at(document, at, at + line.size()), line);
        }
        begin = end + 1;
    }
    return out;
}

}  // namespace duban::rectification
