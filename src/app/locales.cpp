#include "app/locales.h"

#include <cstdlib>
#include <memory>

#include "app/embedded.h"

namespace duban::app {

namespace {

std::unique_ptr<api::LocaleSentences> read_locales() {
    auto read = std::make_unique<api::LocaleSentences>();
    constexpr std::string_view kFolder = "locales/";
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path.starts_with(kFolder)) {
            const std::string_view rest = file.path.substr(kFolder.size());
            read->add(std::string{rest.substr(0, rest.find('/'))}, std::string{file.bytes});
        }
    }
    return read;
}

std::string sentence_of(
    const core::Texts& texts,
    const std::string& code,
    const core::Params& params,
    const std::string& language
) {
    return texts.empty() ? sentences().sentence(code, params, language)
                         : api::filled(texts.in(language), params);
}

}  // namespace

const api::LocaleSentences& sentences() {
    static const std::unique_ptr<api::LocaleSentences> kRead = read_locales();
    return *kRead;
}

std::string terminal_language() {
    for (const char* name : {"DUBAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        const std::string text = value == nullptr ? "" : value;
        if (text.starts_with("en")) {
            return "en";
        }
        if (text.starts_with("zh")) {
            return "zh";
        }
    }
    return "zh";
}

std::string say(std::string_view code, const core::Params& params) {
    return sentences().sentence(code, params, terminal_language());
}

std::string explained(const core::Problem& problem, const std::string& language) {
    std::string out = sentence_of(
                          problem.texts,
                          problem.code,
                          core::told(problem.params, problem.words, language),
                          language
                      ) +
                      " [" + problem.code + "]";
    for (const core::FieldError& error : problem.errors) {
        out +=
            "\n  " + error.pointer + ": " +
            sentence_of(
                error.texts, error.code, core::told(error.params, error.words, language), language
            ) +
            " [" + error.code + "]";
    }
    return out;
}

std::string difference_text(const core::Json& kept) {
    const std::string code = core::find_string(kept, "code").value_or("");
    core::Params params;
    if (const core::Json* values = core::find_member(kept, "params")) {
        for (const auto& member : values->as_object()) {
            params[std::string{member.key()}] = std::string{member.value().as_string()};
        }
    }
    const std::string sentence = sentences().sentence(code, params, terminal_language());
    return sentence == code ? core::find_string(kept, "en").value_or(code) : sentence;
}

}  // namespace duban::app
