#include "api/staffing.h"

#include <string>

#include "api/declaration_json.h"

namespace duban::api {

namespace {

using registers::Shortage;

const char* shortage_code(const Shortage& shortage) {
    switch (shortage.units.size()) {
        case 0: return "staffing.short_everywhere";
        case 1: return "staffing.short_in_unit";
        default: return "staffing.short_in_units";
    }
}

core::Texts shortage_words(
    const Services& services, const access::Directory& directory, const Shortage& shortage
) {
    const std::size_t count = shortage.units.size();
    const access::Unit* unit = count == 0 ? nullptr : directory.find_unit(shortage.units.front());
    core::Texts words;
    for (const std::string& language : services.sentences.languages()) {
        const core::Params params{
            {"register", std::string{shortage.declared->title.in(language)}},
            {"action", std::string{shortage.action->title.in(language)}},
            {"wanted", std::to_string(shortage.wanted)},
            {"there", std::to_string(shortage.there)},
            {"unit", unit == nullptr ? std::string{} : unit->name},
            {"others", std::to_string(count == 0 ? 0 : count - 1)}
        };
        words.by_tag[language] =
            services.sentences.sentence(shortage_code(shortage), params, language);
    }
    return words;
}

}  // namespace

core::JsonArray shortages_json(const Services& services, const Asker& asker) {
    core::JsonArray out;
    const auto adopted = services.registers.find_adopted();
    if (adopted == nullptr) {
        return out;
    }
    const core::OrgId org = asker.actor.org;
    const auto profile = services.registers.profile(org);
    const calendar::Date today = services.registers.today(org);
    for (const declarations::Pack& pack : adopted->model().packs()) {
        for (const Shortage& one :
             registers::shortages(pack, *profile, *asker.actor.directory, today)) {
            core::JsonArray units;
            for (const core::Id& unit : one.units) {
                units.emplace_back(unit.text());
            }
            out.push_back(core::JsonObject{
                {"register", one.declared->name},
                {"action", one.action->name},
                {"wanted", one.wanted},
                {"there", one.there},
                {"units", std::move(units)},
                {"code", shortage_code(one)},
                {"words", texts_json(shortage_words(services, *asker.actor.directory, one))}
            });
        }
    }
    return out;
}

core::JsonArray shortage_differences(
    const Services& services,
    const Asker& asker,
    const declarations::Pack& pack,
    const registers::OrgProfile& profile
) {
    const core::OrgId org = asker.actor.org;
    const access::Directory& directory = *asker.actor.directory;
    const calendar::Date today = services.registers.today(org);
    const auto adopted = services.registers.find_adopted();
    const declarations::Pack* before =
        adopted == nullptr ? nullptr : adopted->model().find_pack(pack.name);
    std::vector<Shortage> short_before;
    if (before != nullptr) {
        short_before =
            registers::shortages(*before, *services.registers.profile(org), directory, today);
    }
    core::JsonArray out;
    for (const Shortage& one :
         registers::worsened(short_before, registers::shortages(pack, profile, directory, today))) {
        out.push_back(core::JsonObject{
            {"difference", texts_json(shortage_words(services, directory, one))},
            {"code", shortage_code(one)},
            {"short", true}
        });
    }
    return out;
}

}  // namespace duban::api
