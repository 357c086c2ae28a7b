#include "api/sentences.h"

#include <yaml-cpp/yaml.h>

#include "core/problem.h"

namespace duban::api {

std::string filled(std::string_view text, const core::Params& params) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
        if (end != std::string_view::npos) {
            const auto found = params.find(std::string{text.substr(at + 1, end - at - 1)});
            if (found != params.end()) {
                out += found->second;
                at = end + 1;
                continue;
            }
        }
        out.push_back(text[at++]);
    }
    return out;
}

void LocaleSentences::add(const std::string& tag, const std::string& yaml) {
    try {
        for (const auto& member : YAML::Load(yaml)) {
            by_tag_[tag][member.first.as<std::string>()] = member.second.as<std::string>();
        }
    } catch (const YAML::Exception&) {
        throw core::Problem{core::ProblemKind::Corrupt, "locale.malformed", {{"language", tag}}};
    }
}

std::string LocaleSentences::sentence(
    std::string_view code, const core::Params& params, std::string_view language
) const {
    const std::string_view primary = language.substr(0, language.find('-'));
    for (const std::string_view tag : {language, primary, std::string_view{"en"}}) {
        const auto sentences = by_tag_.find(tag);
        if (sentences == by_tag_.end()) {
            continue;
        }
        const auto found = sentences->second.find(code);
        if (found == sentences->second.end()) {
            continue;
        }
        std::string text = filled(found->second, params);
        const auto hint = sentences->second.find("hint.nearest");
        if (code != "hint.nearest" && params.contains("nearest") &&
            hint != sentences->second.end()) {
            // A language that parts its words by blanks ends a sentence in ASCII.
            text += (static_cast<unsigned char>(text.back()) < 0x80 ? " " : "") +
                    filled(hint->second, params);
        }
        return text;
    }
    return std::string{code};
}

std::vector<std::string> LocaleSentences::languages() const {
    std::vector<std::string> out;
    if (by_tag_.contains("zh")) {
        out.emplace_back("zh");  // the user interface is Chinese first
    }
    for (const auto& [tag, sentences] : by_tag_) {
        if (tag != "zh") {
            out.push_back(tag);
        }
    }
    return out;
}

}  // namespace duban::api
