#include "declarations/internal/differ.h"

#include <algorithm>

#include "declarations/internal/faults.h"

namespace duban::declarations {

void Differ::add(std::string path, std::string_view code, core::Params params, Effect effect) {
    Difference difference;
    difference.register_name = register_name_;
    difference.path = std::move(path);
    difference.text = core::Texts{{{"en", sentence_of(code, params)}}};
    difference.loosens = effect == Effect::Loosens;
    difference.loses_data = effect == Effect::LosesData;
    difference.unmovable = effect == Effect::Unmovable;
    difference.code = std::string{code};
    difference.params = std::move(params);
    differences_.push_back(std::move(difference));
}

std::string listed(const std::vector<std::string>& items) {
    std::string all;
    for (const std::string& item : items) {
        all += (all.empty() ? "" : ", ") + item;
    }
    return all.empty() ? "–" : all;
}

std::string listed(const std::vector<Role>& roles) {
    std::vector<std::string> texts;
    for (const Role& role : roles) {
        texts.push_back(role.text());
    }
    return listed(texts);
}

std::vector<std::string> fallen(
    const std::vector<std::string>& before, const std::vector<std::string>& after
) {
    std::vector<std::string> gone;
    std::copy_if(before.begin(), before.end(), std::back_inserter(gone), [&](const auto& item) {
        return std::find(after.begin(), after.end(), item) == after.end();
    });
    return gone;
}

}  // namespace duban::declarations
