#include "rectification/internal/page.h"

#include <algorithm>

#include "crypto/digest.h"
#include "text/utf8.h"

namespace duban::rectification {

namespace {

/// CJK Unified Ideographs with their extension A, which hold the words of every notice.
bool has_han(std::string_view words) {
    constexpr char32_t kFirst = 0x3400;
    constexpr char32_t kLast = 0x9FFF;
    for (std::size_t at = 0; at < words.size();) {
        const char32_t c = text::next(words, at);
        if (c >= kFirst && c <= kLast) {
            return true;
        }
    }
    return false;
}

std::string language_tag(std::string_view language) {
    return language == "zh" ? "zh-CN" : std::string{language};
}

/// The page in the other language, for whoever reads that one.
Voice other_voice(const Voice& voice) {
    return {voice.look, voice.language == "zh" ? "en" : "zh"};
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&#34;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string Voice::say(std::string_view code, const core::Params& params) const {
    return escaped(look.say(code, params, language));
}

std::string Voice::page_name(const std::string& stem) const {
    return stem + (language == "zh" ? "" : "." + language) + ".html";
}

std::string lang_of(const Voice& voice, std::string_view words) {
    const bool foreign = has_han(words) != (voice.language == "zh");
    if (!foreign) {
        return {};
    }
    return has_han(words) ? R"( lang="zh-CN")" : R"( lang="en")";
}

std::string page_of(const Voice& voice, const Frame& frame, const std::string& main) {
    const Voice other = other_voice(voice);
    const std::string tag = language_tag(other.language);
    const std::string twin = other.page_name(frame.stem);
    std::string out = "<!doctype html>\n<html lang=\"" + language_tag(voice.language) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
                      escaped(frame.title) + "</title>\n<meta name=\"description\" content=\"" +
                      escaped(frame.description) + "\">\n<link rel=\"icon\" href=\"data:,\">\n" +
                      "<link rel=\"stylesheet\" href=\"" + frame.root + "style.css\">\n" +
                      "</head>\n<body>\n<a class=\"skip\" href=\"#main\">" +
                      voice.say("publication_skip") + "</a>\n<header>\n<nav aria-label=\"" +
                      voice.say("publication_nav") + "\">\n";
    if (!frame.root.empty()) {
        out += "<a href=\"" + frame.root + voice.page_name("index") + "\">" +
               voice.say("publication_all") + "</a>\n";
    }
    out += "<a class=\"twin\" lang=\"" + tag + "\" hreflang=\"" + tag + "\" href=\"" + twin +
           "\">" + other.say("publication_in_this_language") + "</a>\n</nav>\n</header>\n" +
           "<main id=\"main\">\n" + main + "</main>\n<footer>\n<p>" +
           voice.say("publication_footer") + "</p>\n</footer>\n</body>\n</html>\n";
    return out;
}

std::string file_name(std::string_view called) {
    constexpr std::size_t kLengthMax = 80;
    constexpr std::size_t kDigits = 32;
    const auto safe = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    const bool is_name =
        !called.empty() && called.size() <= kLengthMax && std::ranges::all_of(called, safe);
    return is_name ? std::string{called} : crypto::sha256(called).hex().substr(0, kDigits);
}

}  // namespace duban::rectification
